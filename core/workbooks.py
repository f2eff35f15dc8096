"""A workbook of one table, made to be read by people, by programs, and by this one again.

It keeps to the government's checklist for accessible spreadsheets: one sheet with one named table from A1 with its
header, nothing merged, filtered or frozen, its properties set. Nothing in it is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from core.values.cells import NUMBER, neutral

USUAL_WIDTH = 14


@dataclass(frozen=True)
class Sheet:
    """``name`` is the sheet's and the table's; ``numbers`` are the columns of numbers, each with its number form."""

    title: str
    subject: str
    author: str
    name: str
    columns: Sequence[str]
    widths: Mapping[str, int]
    numbers: Mapping[str, str]


def workbook_of(sheet: Sheet, rows: Iterable[Sequence[object]], made_at: datetime) -> bytes:
    """The rows in the order of the columns. What no column of numbers holds is text; what is empty stays empty.

    A number has at the most the fifteen digits that a spreadsheet keeps.
    """
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        _set_properties(book, sheet, made_at)
        page = book.add_worksheet(sheet.name)
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        forms = [
            book.add_format({"num_format": sheet.numbers[name], "valign": "top"})
            if name in sheet.numbers
            else None
            for name in sheet.columns
        ]
        for at, (name, form) in enumerate(zip(sheet.columns, forms, strict=True)):
            page.set_column(at, at, sheet.widths.get(name, USUAL_WIDTH), form or text)
        last = _write(page, rows, forms, text)
        headers = [{"header": name} for name in sheet.columns]
        table = {"name": sheet.name, "columns": headers, "autofilter": False}
        page.add_table(0, 0, max(last, 1), len(sheet.columns) - 1, table)
    return content.getvalue()


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


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    rows: Iterable[Sequence[object]],
    forms: Sequence[object],
    text: object,
) -> int:
    """How many rows it were."""
    down = 0
    for down, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            written = "" if value is None else str(value)
            if not written:
                continue
            if forms[at] is not None and NUMBER.fullmatch(written):
                page.write_number(down, at, float(written), forms[at])
            else:
                page.write_string(down, at, neutral(written), text)
    return down
