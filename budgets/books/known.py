"""The day as at which pages of a book speak: what had been entered, asked and planned by its end."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budgets.models import Book
from core.values.words import day_words
from kpis.months.as_known import AsKnownOn
from kpis.months.asking import NoSuchDay, day_written


def asked_day(text: str, book: Book, today: date) -> date | None:
    """None where the address names none. NoSuchDay in plain words for what is no day, before the book, or to come."""
    if not text:
        return None
    try:
        day = day_written(text)
    except ValueError as error:
        raise NoSuchDay(str(error)) from error
    if day > today:
        raise NoSuchDay(f"{day_words(day)} is still to come, so nobody can say what will be known then.")
    if day < _earliest(book, today):
        first = day_words(_earliest(book, today))
        raise NoSuchDay(f"The book begins on {first}: nothing was entered before.")
    return day


def as_known(known: date | None, book: Book, today: date, year: int | None = None) -> AsKnownOn:
    """What the form that asks for a day shows; ``year`` goes along."""
    keep = [("year", str(year))] if year is not None else []
    return AsKnownOn(
        words=day_words(known) if known else "",
        value=known.isoformat() if known else "",
        earliest=_earliest(book, today).isoformat(),
        latest=today.isoformat(),
        range_words=f"from {day_words(_earliest(book, today))} to today",
        now_url=f"?year={year}" if year is not None else "?",
        keep=keep,
    )


def no_such_day(request: HttpRequest, refused: NoSuchDay, book: Book, today: date) -> HttpResponse:
    """The page that says why, and asks for another day."""
    context = {"refused": refused.words, "known": as_known(None, book, today)}
    return render(request, "kpis/months/no_such_day.html", context, status=404)


def known_query(known: date | None) -> str:
    """What goes along in an address."""
    return f"&known={known.isoformat()}" if known else ""


def _earliest(book: Book, today: date) -> date:
    return min(book.years[0].first.first_day, today)
