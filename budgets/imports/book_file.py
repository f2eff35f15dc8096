"""A book as a file: every row from the top down, with its budget and what was spent in each year, where it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from budgets.books.amounts import Amounts
from budgets.models import Book, Line
from budgets.rules.money import for_file
from core.values.cells import csv_lines
from core.workbooks import Sheet, workbook_of

TELLS = ("code", "name", "kind", "side", "under")
WIDTHS = {"code": 30, "name": 40, "under": 30}
MONEY = "#,##0.00"
FIGURES = ("budget", "actual")


@dataclass(frozen=True)
class Column:
    """A figure of a year; ``heading`` says where it is illustrative.

    ``counted``: its cells say of how many lines a sum is, where some of them have none.
    """

    heading: str
    figure: str
    year: int
    counted: bool = False


def columns_of(book: Book, amounts: Amounts) -> list[Column]:
    """Those of which anything is known, each before the one that says which of its sums are of some lines alone."""
    found = [
        Column(f"{figure} {year.label}{made_up}", figure, year.start)
        for year in book.years
        for figure in FIGURES
        if (figure, year.start) in amounts.sums
        for made_up in (" (illustrative)" if (figure, year.start) in amounts.made_up else "",)
    ]
    return [
        told
        for column in found
        for told in (column, replace(column, heading=f"{column.heading}, sum of", counted=True))
        if not told.counted or any(_cell(amounts, line, told) for line in amounts.lines)
    ]


def book_rows(amounts: Amounts, columns: Sequence[Column]) -> Iterator[list[str]]:
    """Amounts in pounds: a line's own, and a sum of its side, or else of expenditure less income. No query."""
    for line in amounts.lines:
        yield [
            line.code,
            line.name,
            line.kind,
            line.side,
            line.parent.code if line.parent else "",
            *(_cell(amounts, line, column) for column in columns),
        ]


def book_csv(book: Book, amounts: Amounts) -> Iterator[str]:
    columns = columns_of(book, amounts)
    return csv_lines(_with_header(columns, amounts))


def book_xlsx(book: Book, amounts: Amounts, made_at: datetime) -> bytes:
    columns = columns_of(book, amounts)
    headings = [column.heading for column in columns]
    sheet = Sheet(
        title=book.name,
        subject="Budget and spending by line and year, in pounds",
        author=book.organisation,
        name="Book",
        columns=[*TELLS, *headings],
        widths=WIDTHS | dict.fromkeys(headings, 18),
        numbers={column.heading: MONEY for column in columns if not column.counted},
    )
    return workbook_of(sheet, book_rows(amounts, columns), made_at)


def _with_header(columns: Sequence[Column], amounts: Amounts) -> Iterator[list[str]]:
    yield [*TELLS, *(column.heading for column in columns)]
    yield from book_rows(amounts, columns)


def _cell(amounts: Amounts, line: Line, column: Column) -> str:
    """Empty where nothing is known, and where a sum is that of all its lines."""
    if column.counted:
        return amounts.partial(column.figure, column.year, line)
    pence = amounts.pence(column.figure, column.year, line)
    return "" if pence is None else for_file(pence)
