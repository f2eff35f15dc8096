"""What the overview reads of the books: plain pence by line, in as many queries for a large book as for a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery

from budgets.models import Amount, Book, Entry, Line, LineMonth
from parties.participants import Participant


@dataclass(frozen=True)
class BookMoney:
    """A book's money by the keys of its lines, in pence; ``income`` are those that take in.

    ``spent_year`` is the latest of which something is printed as spent. ``made_up`` are years whose budget is
    illustrative.
    """

    book: Book
    lines: int
    spent_year: int | None
    income: Set[int]
    budgets: Mapping[int, Mapping[int, int | None]]
    actuals: Mapping[int, int | None]
    made_up: Set[int]

    def budgeted(self, year: int) -> int:
        """How many lines have a budget."""
        return sum(pence is not None for pence in self.budgets.get(year, {}).values())

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
    budgets: dict[int, dict[int, int | None]] = field(default_factory=lambda: defaultdict(dict))
    actuals: dict[int, int | None] = field(default_factory=dict)
    made_up: set[int] = field(default_factory=set)


def money_of(participant: Participant) -> list[BookMoney]:
    """Every book that the person reads, in the order in which they were loaded. Two queries."""
    books = list(_books_with_ends(participant))
    readings = {book.pk: _Reading() for book in books}
    _read_amounts(books, readings)
    return [_together(book, readings[book.pk]) for book in books]


def lines_named(keys: Iterable[int]) -> dict[int, Line]:
    """By key. One query."""
    return Line.objects.in_bulk(list(keys))


def entries_of(lines: Mapping[tuple[int, int], Sequence[int]]) -> dict[int, Entry]:
    """What was entered of lines in the year and period that they stand under, by the line's key. One query, or none."""
    asked = [Q(line__in=keys, year=year, period=period) for (year, period), keys in lines.items()]
    if not asked:
        return {}
    rows = LineMonth.objects.filter(reduce(or_, asked)).select_related("latest")
    return {row.line_id: row.latest for row in rows if row.latest}


def _books_with_ends(participant: Participant) -> Iterable[Book]:
    """Each with how many lines it has, and the latest year of which something is printed as spent."""
    leaves = Line.objects.filter(book=OuterRef("pk"), kind=Line.Kind.LINE).order_by().values("book")
    spent = Amount.objects.filter(line=OuterRef("pk"), figure=Amount.Figure.ACTUAL).order_by("-year")
    # The greatest over the lines, each of which is found by its index.
    printed = leaves.annotate(most=Max(Subquery(spent.values("year")[:1])))
    return Book.objects.visible_to(participant).annotate(
        line_count=Subquery(leaves.annotate(number=Count("pk")).values("number")),
        spent_year=Subquery(printed.values("most")),
    )


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
    return {book.first_year, book.last_year, book.spent_year or book.first_year}


def _together(book: Any, reading: _Reading) -> BookMoney:
    return BookMoney(
        book=book,
        lines=book.line_count or 0,
        spent_year=book.spent_year,
        income=reading.income,
        budgets=reading.budgets,
        actuals=reading.actuals,
        made_up=reading.made_up,
    )
