"""Where each line of the Trust's books stands in the latest period of which something is entered, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from budgets.models import Amount, Book, ClosedPeriod, Entry, Line, LineMonth
from budgets.rules.month_entry import Beside, Said, outturn_variance
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import Variance
from core.values.months import ContractYear
from kpis.terms import months_over
from parties.participants import PROVIDER, Participant

# What is read of a book beside each of its lines, by the book's own field.
OF_BOOK = {
    "book": "pk",
    "book__code": "code",
    "book__name": "name",
    "book__first_year": "first_year",
    "book__last_year": "last_year",
}


@dataclass(frozen=True)
class LineStands:
    """What was entered last of a line, in pence; ``before`` is the forecast of the period before, None without one."""

    name: str
    side: Side
    period: Period
    budget: int | None
    forecast: int
    before: int | None
    made_up: bool

    @property
    def sign(self) -> int:
        return -1 if self.side is Side.INCOME else 1

    @property
    def variance(self) -> Variance | None:
        beside = Beside(self.budget, self.before, self.side, closed=False)
        return outturn_variance(Said(0, self.forecast), beside)


@dataclass(frozen=True)
class BookStands:
    """``lines`` of the book stand in ``period``, the latest of which something is entered; the others do not.

    ``missing`` are those that are not entered in the month that is over, where it isn't closed.
    """

    book: Book
    period: Period
    lines: tuple[LineStands, ...]
    not_entered: int
    missing: int


@dataclass(frozen=True)
class OpenLines:
    """So many lines of a book's period in one state that isn't settled."""

    book: int
    period: Period
    state: str
    number: int


def books_stand(participant: Participant, today: date) -> list[BookStands]:
    """The Trust's books of which something is entered, by their keys. One query, however many lines and months."""
    over = Period.of(months_over(participant.contract, today)[1])
    is_closed = ClosedPeriod.objects.filter(book=OuterRef("book"), year=over.year.start, period=over.number)
    lines = (
        Line.objects.filter(
            kind=Line.Kind.LINE, book__in=Book.objects.visible_to(participant).filter(kept_by=PROVIDER)
        )
        .annotate(said=Subquery(_entered_last()), closed=Exists(is_closed))
        .order_by("book_id", "position")
        .values_list(*OF_BOOK, "name", "side", "said", "closed")
    )
    found: dict[int, tuple[Book, bool, list[LineStands | None]]] = {}
    for *of_book, line, side, said, closed in lines:
        book = Book(**dict(zip(OF_BOOK.values(), of_book, strict=True)))
        stands = found.setdefault(book.pk, (book, closed, []))[2]
        stands.append(_stands(line, Side(side), said) if said else None)
    together = (_together(*one, over) for one in found.values())
    return [one for one in together if one is not None]


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


def _entered_last() -> QuerySet[Any]:
    """Of an outer line the latest period as one value: budget and forecasts beside each other."""
    budget = Amount.objects.filter(
        line=OuterRef("line"), figure=Amount.Figure.BUDGET, year=OuterRef("year")
    ).order_by("-version__number")
    before = LineMonth.objects.filter(
        line=OuterRef("line"), year=OuterRef("year"), period=OuterRef("period") - 1
    )
    return (
        LineMonth.objects.filter(line=OuterRef("pk"), latest__isnull=False)
        .order_by("-year", "-period")
        .values(
            said=JSONObject(
                year="year",
                period="period",
                forecast="latest__forecast",
                provenance="latest__provenance",
                budget=Subquery(budget.values("hundredths")[:1]),
                before=Subquery(before.values("latest__forecast")[:1]),
            )
        )[:1]
    )


def _stands(name: str, side: Side, said: Mapping[str, Any]) -> LineStands:
    return LineStands(
        name=name,
        side=side,
        period=Period(ContractYear(said["year"]), said["period"]),
        budget=said["budget"],
        forecast=said["forecast"],
        before=said["before"],
        made_up=said["provenance"] == Entry.Provenance.ILLUSTRATIVE,
    )


def _together(book: Book, closed: bool, lines: list[LineStands | None], over: Period) -> BookStands | None:
    entered = [line for line in lines if line is not None]
    if not entered:
        return None
    period = max(line.period for line in entered)
    latest = tuple(line for line in entered if line.period == period)
    expected = not closed and over.year in book.years
    missing = len(lines) - sum(line.period >= over for line in entered) if expected else 0
    return BookStands(book, period, latest, len(lines) - len(latest), missing)
