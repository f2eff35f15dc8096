"""A book's lines from the top down, with their budgets by year, what was spent, and sums where lines add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from budgets.book_page.outcomes import outcome_years, year_outcome
from budgets.book_page.selectors import forecasts_of, periods_entered
from budgets.book_page.variances import Variances, variances_shown
from budgets.books.amounts import Amounts, amounts_of, lines_counted
from budgets.books.keeping import keeps
from budgets.books.places import above
from budgets.books.selectors import staffing_of
from budgets.models import Amount, Book, Line
from budgets.rules.money import written
from budgets.rules.tree import Side
from core.values.months import ContractYear
from parties.participants import Participant

STAFF = {Amount.Figure.HEADCOUNT.value: "People", Amount.Figure.FTE.value: "Full-time equivalents"}


# Notes on how a book is read; why a year came to what it did stands on the first page of the money.
READINGS = ("reading", "gap")


@dataclass(frozen=True)
class Column:
    heading: str
    figure: str
    year: ContractYear


@dataclass(frozen=True)
class Cell:
    """``partial`` is of how many of its lines a sum is, where some have none: "5 of 6 lines"."""

    heading: str
    amount: str
    partial: str = ""


@dataclass(frozen=True)
class LineRow:
    name: str
    depth: int
    adds_up: bool
    cells: Sequence[Cell]
    owner: str
    note: str


@dataclass(frozen=True)
class SumRow:
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class StaffRow:
    name: str
    figure: str
    cells: Sequence[tuple[str, str]]  # year, as printed


@dataclass(frozen=True)
class BookPage:
    book: Book
    parents: Sequence[tuple[str, str]]
    source: str
    columns: Sequence[str]
    rows: Sequence[LineRow]
    sums: Sequence[SumRow]
    years: Sequence[str]
    staffing: Sequence[StaffRow]
    readings: Sequence[str]
    variances: Variances | None
    enters: bool  # whether the reader's party hands in its months


def book_page(participant: Participant, book: Book, asked: ContractYear | None) -> BookPage:
    """Five queries at the most. Http404 for a year of which nothing was spent and nothing is forecast."""
    amounts = amounts_of([book])[book.pk]
    columns = _columns(book, amounts)
    depths = _depths(amounts.lines)
    return BookPage(
        book=book,
        parents=above(participant),
        source=", ".join(part for part in (book.document, book.place) if part),
        columns=[column.heading for column in columns],
        rows=[_row(line, depths[line.pk], amounts, columns) for line in amounts.lines],
        sums=_sums(amounts, columns),
        years=[year.label for year in book.years],
        staffing=_staffing(book),
        readings=[note["words"] for note in book.about.get("notes", []) if note["kind"] in READINGS],
        variances=_variances(participant, book, amounts, asked),
        enters=keeps(participant, book),
    )


def _variances(
    participant: Participant, book: Book, amounts: Amounts, asked: ContractYear | None
) -> Variances | None:
    """Of the year that is asked for, else the last; None where nothing was spent or is forecast of any."""
    entered = periods_entered(participant, book)
    years = outcome_years(amounts, entered)
    if asked and asked.start not in years:
        raise Http404("Nothing was spent and nothing is forecast of this year.")
    if not years:
        return None
    year = asked or ContractYear(years[-1])
    latest = entered.get(year.start)
    forecasts = forecasts_of(participant, book, year.start) if latest else {}
    return variances_shown(participant, book, year_outcome(amounts, year, latest, forecasts), years)


def _columns(book: Book, amounts: Amounts) -> list[Column]:
    """What became of a budget is called spent where nothing is taken in."""
    came = "actual" if any(line.side == Line.Side.INCOME for line in amounts.lines) else "spent"
    found = []
    for year in book.years:
        for figure, name in (("budget", "budget"), ("actual", came)):
            if (figure, year.start) in amounts.sums:
                made_up = " (illustrative)" if (figure, year.start) in amounts.made_up else ""
                found.append(Column(f"{year} {name}{made_up}", figure, year))
    return found


def _depths(lines: Sequence[Line]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for line in lines:
        depths[line.pk] = depths[line.parent_id] + 1 if line.parent_id in depths else 0
    return depths


def _row(line: Line, depth: int, amounts: Amounts, columns: Sequence[Column]) -> LineRow:
    adds_up = line.kind != Line.Kind.LINE
    return LineRow(
        name=line.name,
        depth=depth,
        adds_up=adds_up,
        cells=[_cell(line, amounts, column) for column in columns],
        owner=line.owner,
        note=line.note,
    )


def _cell(line: Line, amounts: Amounts, column: Column) -> Cell:
    pence = amounts.pence(column.figure, column.year.start, line)
    partial = amounts.partial(column.figure, column.year.start, line)
    return Cell(column.heading, "" if pence is None else written(pence), partial)


def _sums(amounts: Amounts, columns: Sequence[Column]) -> list[SumRow]:
    """Gross, income and net of the whole book, where it has both sides."""
    if not any(line.is_income for line in amounts.lines):
        return []
    return [
        SumRow(name, [_together(amounts, column, signs) for column in columns])
        for name, signs in (
            ("Gross expenditure", {Side.EXPENDITURE: 1}),
            ("Income", {Side.INCOME: 1}),
            ("Net budget", {Side.EXPENDITURE: 1, Side.INCOME: -1}),
        )
    ]


def _together(amounts: Amounts, column: Column, signs: Mapping[Side, int]) -> Cell:
    """Of the lines of those sides."""
    lines = [line for line in amounts.lines if line.kind == Line.Kind.LINE and line.tree_side in signs]
    told = [(signs[line.tree_side], amounts.pence(column.figure, column.year.start, line)) for line in lines]
    known = [sign * pence for sign, pence in told if pence is not None]
    amount = written(sum(known)) if known else ""
    return Cell(column.heading, amount, lines_counted(len(known), len(lines)))


def _staffing(book: Book) -> list[StaffRow]:
    """Heads and posts of each line that has any, in the order of the book. One query."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for amount in staffing_of(book):
        found.setdefault((amount.line.name, amount.figure), {})[amount.year] = amount.printed
    return [
        StaffRow(name, STAFF[figure], [(year.label, cells.get(year.start, "")) for year in book.years])
        for (name, figure), cells in found.items()
    ]
