"""What of the Trust's books is open: lines that wait, and those that the month that is over lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from budgets.models import Book, ClosedPeriod, LineMonth
from budgets.rules.periods import Period
from core.values.months import ContractYear
from parties.participants import PROVIDER, Participant


@dataclass(frozen=True)
class ReturnedBook:
    """A book of the Trust's, and whether the month that is over is closed in it."""

    book: Book
    closed: bool


@dataclass(frozen=True)
class OpenLines:
    """So many lines of a book's period in one state that isn't settled."""

    book: int
    period: Period
    state: str
    number: int


def returned_books(participant: Participant, over: Period) -> list[ReturnedBook]:
    """One query."""
    is_closed = ClosedPeriod.objects.filter(book=OuterRef("pk"), year=over.year.start, period=over.number)
    books = Book.objects.visible_to(participant).filter(kept_by=PROVIDER)
    return [ReturnedBook(book, book.closed_then) for book in books.annotate(closed_then=Exists(is_closed))]


def open_lines(participant: Participant, books: Iterable[Book]) -> list[OpenLines]:
    """What of these books isn't accepted, by period and state, the oldest first. One query."""
    months = LineMonth.objects.visible_to(participant).filter(line__book__in=[book.pk for book in books])
    rows = (
        months.exclude(state=LineMonth.State.ACCEPTED)
        .order_by("year", "period")
        .values_list("line__book", "year", "period", "state")
        .annotate(number=Count("pk"))
    )
    return [
        OpenLines(book, Period(ContractYear(year), number), state, lines)
        for book, year, number, state, lines in rows
    ]
