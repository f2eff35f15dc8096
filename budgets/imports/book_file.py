"""A book as a file: every row from the top down, with its budget and what was spent in each year, where it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    """A figure of a year; ``heading`` says where it is illustrative."""

    heading: str
    figure: str
    year: int


def columns_of(book: Book, amounts: Amounts) -> list[Column]:
    """Those of which anything is known."""
    return [
        Column(f"{figure} {year.label}{made_up}", figure, year.start)
        for year in book.years
        for figure in FIGURES
        if (figure, year.start) in amounts.sums
        for made_up in (" (illustrative)" if (figure, year.start) in amounts.made_up else "",)
    ]


def book_rows(amounts: Amounts, columns: Sequence[Column]) -> Iterator[list[str]]:
    """Amounts in pounds: a line's own, and of what adds up its expenditure less its income. No query."""
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
        numbers=dict.fromkeys(headings, MONEY),
    )
    return workbook_of(sheet, book_rows(amounts, columns), made_at)


def _with_header(columns: Sequence[Column], amounts: Amounts) -> Iterator[list[str]]:
    yield [*TELLS, *(column.heading for column in columns)]
    yield from book_rows(amounts, columns)


def _cell(amounts: Amounts, line: Line, column: Column) -> str:
    """Empty where nothing is known: a line without its amount, or a sum of lines none of which has one."""
    sums = amounts.of(column.figure, column.year, line.code)
    if sums is None or (sums.missing and (line.kind == Line.Kind.LINE or not (sums.gross or sums.income))):
        return ""
    if line.side:
        return for_file(sums.income if line.is_income else sums.gross)
    return for_file(sums.net)
