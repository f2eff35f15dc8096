"""A book's period as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404

from budgets.books.names import WITH_DIVISION
from budgets.models import Book, Entry, Line, LineMonth, MoneyStep
from budgets.months.standing import Stands, standing_of
from budgets.rules.periods import Period
from core import clock
from core.values.months import ContractYear
from parties.participants import Participant


def year_at(book: Book, year: int) -> ContractYear:
    """Http404 outside the book's years."""
    if not book.first_year <= year <= book.last_year:
        raise Http404("The book has no such year.")
    return ContractYear(year)


def period_at(book: Book, year: int, number: int) -> Period:
    """Http404 outside the book's years and the periods of a year."""
    try:
        return Period(year_at(book, year), number)
    except ValueError as error:
        raise Http404(str(error)) from error


def stands_of(book: Book, period: Period, known: date | None = None) -> dict[str, Stands]:
    """Every line with amounts of its own, now or as known on a day. Five queries, or seven."""
    lines = book.lines.filter(kind=Line.Kind.LINE).select_related(WITH_DIVISION)
    return standing_of(book, period, lines, known)


def steps_of(
    participant: Participant, book: Book, period: Period, known: date | None = None
) -> dict[int, list[MoneyStep]]:
    """What was asked and answered, by the key of the line's month, the oldest first. One query."""
    months = LineMonth.objects.visible_to(participant).filter(
        line__book=book, year=period.year.start, period=period.number
    )
    steps = MoneyStep.objects.filter(month__in=months).order_by("pk")
    if known is not None:
        steps = steps.filter(taken_at__lt=clock.end_of(known))
    found: dict[int, list[MoneyStep]] = {}
    for step in steps:
        found.setdefault(step.month_id, []).append(step)
    return found


def entries_seen(participant: Participant, book: Book, keys: Sequence[int]) -> list[Entry]:
    """The entries that a form names, of this book alone."""
    months = LineMonth.objects.visible_to(participant).filter(line__book=book)
    return list(Entry.objects.filter(pk__in=keys, month__in=months))
