"""A line and its months, for whoever may read the book."""

from __future__ import annotations

from django.http import Http404

from budgets.models import Book, Entry, Line, LineMonth, MoneyStep
from parties.participants import Participant


def line_named(book: Book, code: str) -> Line:
    """Http404 where the book has no such line, or one that only adds up others."""
    line = book.lines.filter(code=code, kind=Line.Kind.LINE).first()
    if line is None:
        raise Http404("The book has no such line.")
    return line


def months_of_line(participant: Participant, line: Line) -> list[LineMonth]:
    """Every period of every year, the oldest first, with its latest entry. One query."""
    months = LineMonth.objects.visible_to(participant).filter(line=line).select_related("latest")
    return list(months.order_by("year", "period"))


def replaced_entries(months: list[LineMonth]) -> dict[int, list[Entry]]:
    """By the key of the month, what stood there before its latest entry, the latest first. One query."""
    found: dict[int, list[Entry]] = {}
    latest = [month.latest_id for month in months if month.latest_id]
    for entry in Entry.objects.filter(month__in=months).exclude(pk__in=latest).order_by("-number"):
        found.setdefault(entry.month_id, []).append(entry)
    return found


def steps_of_line(months: list[LineMonth]) -> dict[int, list[MoneyStep]]:
    """By the key of the month, what was asked and answered, the oldest first. One query."""
    found: dict[int, list[MoneyStep]] = {}
    for step in MoneyStep.objects.filter(month__in=months).order_by("pk"):
        found.setdefault(step.month_id, []).append(step)
    return found
