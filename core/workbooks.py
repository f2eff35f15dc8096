"""A workbook of one table, made to be read by people, by programs, and by this one again.

It keeps to the government's checklist for accessible spreadsheets: one sheet with one named table from A1 with its
header, nothing merged, filtered or frozen, its properties set. Nothing in it is a formula. Of its rows one at a time
is in memory, whatever their number; those before it stand in a temporary file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from core.values.cells import neutral

USUAL_WIDTH = 14
# A number as spreadsheets write it themselves: "007" is a name.
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
# A spreadsheet keeps a number in fifteen digits; a longer one stays text.
MOST_DIGITS = 15
# The form of a number that has none.
GENERAL = "General"


@dataclass(frozen=True)
class Sheet:
    """``name`` is the sheet's, and in letters and digits the table's; ``numbers`` are the columns of numbers, each
    with its number form.
    """

    title: str
    subject: str
    author: str
    name: str
    columns: Sequence[str]
    widths: Mapping[str, int]
    numbers: Mapping[str, str]


def workbook_of(sheet: Sheet, rows: Iterable[Sequence[object]], made_at: datetime) -> bytes:
    """The rows in the order of the columns. What no column of numbers holds is text; what is empty stays empty."""
    content = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        _set_properties(book, sheet, made_at)
        page: _TablePage = book.add_worksheet(sheet.name, worksheet_class=_TablePage)
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        forms = [
            book.add_format({"num_format": sheet.numbers[name], "valign": "top"})
            if name in sheet.numbers
            else None
            for name in sheet.columns
        ]
        for at, (name, form) in enumerate(zip(sheet.columns, forms, strict=True)):
            page.set_column(at, at, sheet.widths.get(name, USUAL_WIDTH), form or text)
        page.begin_table(re.sub(r"\W", "_", sheet.name), sheet.columns)
        page.end_table(_write(page, rows, forms, text))
    return content.getvalue()


def _is_number(written: str) -> bool:
    """Whether the text stands for the very number that a spreadsheet would keep."""
    return PLAIN.fullmatch(written) is not None and len(written.lstrip("-0.").replace(".", "")) <= MOST_DIGITS


class _TablePage(Worksheet):
    """A sheet of one table that lets go of each row when the next begins.

    The library makes tables only of sheets that it holds as a whole, because it may write into their cells. This one's
    header is a row like any other, so the table is declared first, and told how far it reached at the end.
    """

    def begin_table(self, name: str, columns: Sequence[str]) -> None:
        self.constant_memory = False
        headers = [{"header": column} for column in columns]
        self.add_table(0, 0, 1, len(columns) - 1, {"name": name, "columns": headers, "header_row": False})
        self.constant_memory = True
        for at, column in enumerate(columns):
            self.write_string(0, at, column)

    def end_table(self, last: int) -> None:
        """A table has at least one row under its header."""
        (table,) = self.tables
        table["header_row_count"] = 1
        table["range"] = xl_range(0, 0, max(last, 1), len(table["columns"]) - 1)


def _set_properties(book: xlsxwriter.Workbook, sheet: Sheet, made_at: datetime) -> None:
    book.set_properties(
        {
            "title": sheet.title,
            "subject": sheet.subject,
            "author": sheet.author,
            "company": sheet.author,
            "created": made_at.replace(tzinfo=None),
        }
    )


def _write(page: _TablePage, rows: Iterable[Sequence[object]], forms: Sequence[Any], text: Any) -> int:
    """How many rows it were."""
    down = 0
    for down, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            written = "" if value is None else str(value)
            if not written:
                continue
            if forms[at] is not None and _is_number(written):
                page.write_number(down, at, float(written), forms[at])
            else:
                page.write_string(down, at, neutral(written), text)
    return down
