"""What the overview reads of the books: plain pence by line, in as many queries for a large book as for a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from budgets.models import Amount, Book, Entry, Line, LineMonth
from budgets.rules.periods import Period
from core.values.months import ContractYear
from parties.participants import Participant

# A year and its period as one number that the database can compare.
YEAR = 100


class Entered(NamedTuple):
    """What was entered last of a line's period, and what the forecast was in the period before; None: not entered."""

    forecast: int
    before: int | None
    illustrative: bool


@dataclass(frozen=True)
class BookMoney:
    """A book's money by the keys of its lines, in pence; ``income`` are those that take in.

    ``entered`` is of ``period``, the latest of which something is entered, ``spent_year`` the latest of which something
    is printed as spent. ``made_up`` are years whose budget is illustrative.
    """

    book: Book
    lines: int
    period: Period | None
    spent_year: int | None
    income: Set[int]
    entered: Mapping[int, Entered]
    budgets: Mapping[int, Mapping[int, int | None]]
    actuals: Mapping[int, int | None]
    made_up: Set[int]

    def net_budget(self, year: int) -> int:
        """Expenditure less income of the lines that have a budget; nil where none has."""
        budgets = self.budgets.get(year, {})
        return sum(
            -pence if line in self.income else pence for line, pence in budgets.items() if pence is not None
        )


@dataclass
class _Reading:
    """What is gathered of one book while rows come in."""

    income: set[int] = field(default_factory=set)
    months: dict[int, dict[int, tuple[int, bool]]] = field(default_factory=lambda: defaultdict(dict))
    budgets: dict[int, dict[int, int | None]] = field(default_factory=lambda: defaultdict(dict))
    actuals: dict[int, int | None] = field(default_factory=dict)
    made_up: set[int] = field(default_factory=set)


def money_of(participant: Participant) -> list[BookMoney]:
    """Every book that the person reads, in the order in which they were loaded. Three queries."""
    books = list(_books_with_ends(participant))
    readings = {book.pk: _Reading() for book in books}
    _read_amounts(books, readings)
    _read_months(books, readings)
    return [_together(book, readings[book.pk]) for book in books]


def lines_named(keys: Iterable[int]) -> dict[int, Line]:
    """By key. One query."""
    return Line.objects.in_bulk(list(keys))


def entries_of(lines: Mapping[Period, Sequence[int]]) -> dict[int, Entry]:
    """What was entered last of lines in their period, by the key of the line. One query, or none."""
    asked = [Q(line__in=keys, year=period.year.start, period=period.number) for period, keys in lines.items()]
    if not asked:
        return {}
    rows = LineMonth.objects.filter(reduce(or_, asked)).select_related("latest")
    return {row.line_id: row.latest for row in rows if row.latest}


def _books_with_ends(participant: Participant) -> Iterable[Book]:
    """Each with how many lines it has, and its latest period and year of which something is known."""
    leaves = Line.objects.filter(book=OuterRef("pk"), kind=Line.Kind.LINE).order_by().values("book")
    month = LineMonth.objects.filter(line=OuterRef("pk"), latest__isnull=False).order_by("-year", "-period")
    spent = Amount.objects.filter(line=OuterRef("pk"), figure=Amount.Figure.ACTUAL).order_by("-year")
    # One value a book: the greatest over its lines, each of which is found by its index.
    latest = leaves.annotate(most=Max(Subquery(month.values(at=F("year") * YEAR + F("period"))[:1])))
    printed = leaves.annotate(most=Max(Subquery(spent.values("year")[:1])))
    return Book.objects.visible_to(participant).annotate(
        line_count=Subquery(leaves.annotate(number=Count("pk")).values("number")),
        last_period=Subquery(latest.values("most")),
        spent_year=Subquery(printed.values("most")),
    )


def _period(book: Any) -> Period | None:
    if book.last_period is None:
        return None
    year, number = divmod(book.last_period, YEAR)
    return Period(ContractYear(year), number)


def _read_amounts(books: Sequence[Any], readings: Mapping[int, _Reading]) -> None:
    """The budgets that hold in the years that the page speaks of, and what is printed as spent. One query."""
    asked = [
        Q(line__book=book, figure=Amount.Figure.BUDGET, year__in=_years(book))
        | Q(line__book=book, figure=Amount.Figure.ACTUAL, year=book.spent_year or 0)
        for book in books
    ]
    if not asked:
        return
    rows = Amount.objects.filter(reduce(or_, asked)).order_by("version__number")
    for book, figure, year, line, side, hundredths, illustrative in rows.values_list(
        "line__book", "figure", "year", "line", "line__side", "hundredths", "version__illustrative"
    ):
        reading = readings[book]
        if side == Line.Side.INCOME:
            reading.income.add(line)
        if illustrative:
            reading.made_up.add(year)
        if figure == Amount.Figure.BUDGET:
            reading.budgets[year][line] = hundredths
        else:
            reading.actuals[line] = hundredths


def _years(book: Any) -> set[int]:
    years = {book.first_year, book.last_year}
    period = _period(book)
    if period:
        years.add(period.year.start)
    if book.spent_year:
        years.add(book.spent_year)
    return years


def _read_months(books: Sequence[Any], readings: Mapping[int, _Reading]) -> None:
    """The latest period of which something is entered, and the one before it. One query, or none."""
    asked = [
        Q(line__book=book, year=period.year.start, period__in=[period.number - 1, period.number])
        for book in books
        if (period := _period(book))
    ]
    if not asked:
        return
    rows = LineMonth.objects.filter(reduce(or_, asked), latest__isnull=False).order_by()
    for book, number, line, side, forecast, provenance in rows.values_list(
        "line__book", "period", "line", "line__side", "latest__forecast", "latest__provenance"
    ):
        reading = readings[book]
        reading.months[number][line] = forecast, provenance == Entry.Provenance.ILLUSTRATIVE
        if side == Line.Side.INCOME:
            reading.income.add(line)


def _together(book: Any, reading: _Reading) -> BookMoney:
    period = _period(book)
    now, before = ({}, {}) if period is None else (reading.months[period.number - shift] for shift in (0, 1))
    return BookMoney(
        book=book,
        lines=book.line_count or 0,
        period=period,
        spent_year=book.spent_year,
        income=reading.income,
        entered={
            line: Entered(forecast, before[line][0] if line in before else None, illustrative)
            for line, (forecast, illustrative) in now.items()
        },
        budgets=reading.budgets,
        actuals=reading.actuals,
        made_up=reading.made_up,
    )
