"""Where each line of the Trust's books stands in the latest period of which something is entered, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from budgets.models import Amount, Book, ClosedPeriod, Entry, Line, LineMonth
from budgets.rules.periods import Period
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


class LineStands(NamedTuple):
    """What was entered last of a line, in pence; ``before`` is the forecast of the period before, None without one."""

    name: str
    side: str
    at: tuple[int, int]  # year and number of the period
    budget: int | None
    forecast: int
    before: int | None
    made_up: bool

    @property
    def sign(self) -> int:
        return -1 if self.side == Line.Side.INCOME else 1

    @property
    def costs(self) -> int:
        """By how much it is over its budget, or short of it; nil where it has none."""
        return 0 if self.budget is None else self.sign * (self.forecast - self.budget)


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
    together = (_together(list(rows), over) for _, rows in groupby(lines, key=itemgetter(0)))
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


def _together(rows: Sequence[tuple[Any, ...]], over: Period) -> BookStands | None:
    """Of the rows of one book."""
    book = Book(**dict(zip(OF_BOOK.values(), rows[0], strict=False)))
    entered = [_stands(*row[-4:-1]) for row in rows if row[-2]]
    if not entered:
        return None
    year, number = max(line.at for line in entered)
    lines = tuple(line for line in entered if line.at == (year, number))
    closed = rows[0][-1]
    is_expected = not closed and over.year in book.years
    done = sum(line.at >= (over.year.start, over.number) for line in entered)
    return BookStands(
        book=book,
        period=Period(ContractYear(year), number),
        lines=lines,
        not_entered=len(rows) - len(lines),
        missing=len(rows) - done if is_expected else 0,
    )


def _stands(name: str, side: str, said: Mapping[str, Any]) -> LineStands:
    return LineStands(
        name=name,
        side=side,
        at=(said["year"], said["period"]),
        budget=said["budget"],
        forecast=said["forecast"],
        before=said["before"],
        made_up=said["provenance"] == Entry.Provenance.ILLUSTRATIVE,
    )
