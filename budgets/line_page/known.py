"""The day as at which a line is told: what had been entered, asked and planned by its end."""

from __future__ import annotations

from datetime import date

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
    if day < _earliest(book):
        raise NoSuchDay(f"The book begins on {day_words(_earliest(book))}: nothing was entered before.")
    return day


def as_known(known: date | None, book: Book, today: date, year: int | None) -> AsKnownOn:
    """What the form that asks for a day shows; ``year`` goes along."""
    keep = [("year", str(year))] if year is not None else []
    return AsKnownOn(
        words=day_words(known) if known else "",
        value=known.isoformat() if known else "",
        earliest=_earliest(book).isoformat(),
        latest=today.isoformat(),
        range_words=f"from {day_words(_earliest(book))} to today",
        now_url=f"?year={year}" if year is not None else "?",
        keep=keep,
    )


def known_query(known: date | None) -> str:
    """What goes along in an address."""
    return f"&known={known.isoformat()}" if known else ""


def _earliest(book: Book) -> date:
    return book.years[0].first.first_day
