"""A book's month or year as a file: a row for each line and period, to be read, or changed and handed in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from budgets.imports.columns import AMOUNTS, WRITTEN
from budgets.imports.kept import KeptBook
from budgets.models import Line
from budgets.rules.money import for_file
from budgets.rules.periods import Period
from core.values.cells import csv_lines
from core.workbooks import Sheet, workbook_of

WIDTHS = {"code": 28, "name": 34, "period": 8, "moved": 44, "words": 44, "reason": 44, "stands": 22}
MONEY = "#,##0.00"


def month_rows(kept: KeptBook, periods: Sequence[Period]) -> Iterator[list[object]]:
    """Line by line, and of each its periods; amounts in pounds, empty where nothing is kept."""
    for piece in kept.pieces():
        for line in piece.lines:
            for period in periods:
                yield _row(piece, line, period)


def months_csv(kept: KeptBook, periods: Sequence[Period]) -> Iterator[str]:
    return csv_lines(_with_header(month_rows(kept, periods)))


def months_xlsx(kept: KeptBook, periods: Sequence[Period], author: str, made_at: datetime) -> bytes:
    label = periods[0].label if len(periods) == 1 else periods[0].year.label
    sheet = Sheet(
        title=f"{kept.book.name}, {label}",
        subject="What was spent and what the year is to come to, in pounds, to be changed and handed in again",
        author=author,
        name="Months",
        columns=WRITTEN,
        widths=WIDTHS,
        numbers={"period": "0", "budget": MONEY} | dict.fromkeys(AMOUNTS, MONEY),
    )
    return workbook_of(sheet, month_rows(kept, periods), made_at)


def _with_header(rows: Iterable[list[object]]) -> Iterator[Iterable[object]]:
    yield WRITTEN
    yield from rows


def _row(kept: KeptBook, line: Line, period: Period) -> list[object]:
    year = kept.year(period.year.start)
    budget = year.budgets.get(line.pk)
    values: dict[str, object] = {
        "code": line.code,
        "name": line.name,
        "month": period.label,
        "year": period.year.label,
        "period": period.number,
        "budget": "" if budget is None else for_file(budget),
        "stands": year.stands(line.pk, period.number),
        **year.texts(line.pk, period.number),
    }
    return [values.get(name, "") for name in WRITTEN]
