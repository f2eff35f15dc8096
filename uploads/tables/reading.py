"""A handed-in CSV or XLSX file as rows of text, or a plain reason why it can't be read.

Text first: nothing is turned into a number or a date here, so nothing is guessed. Hostile files (bombs, macros,
documents that pretend) are refused before a parser sees them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from python_calamine import CalamineError, CalamineWorkbook

from uploads.tables.archive import refuse_hostile
from uploads.tables.refusal import FileRefused, Limits

__all__ = ["FileRefused", "Limits", "Row", "open_rows", "read_rows"]

# More cells than a line of any table that is meant here; without it, one line could hold ten million.
MOST_CELLS = 200
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True)
class Row:
    """One line under the header. ``number`` counts as a spreadsheet does: the header is row 1."""

    number: int
    cells: dict[str, str]
    surplus: int


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def read_rows(
    content: bytes, limits: Limits, orders: Sequence[Sequence[str]] = ()
) -> tuple[list[str], list[Row]]:
    """All rows at once; see open_rows."""
    header, rows = open_rows(content, limits, orders)
    return header, list(rows)


def open_rows(
    content: bytes, limits: Limits, orders: Sequence[Sequence[str]] = ()
) -> tuple[list[str], Iterator[Row]]:
    """The header's names (lower case, trimmed) and the rows below it, one by one; blank rows are passed over.

    ``orders`` are the columns that rows without a header may stand in: one of them is taken where the first line has
    its month in that order's place. The first row is number 1 then. FileRefused comes at once or while rows are read.
    """
    if len(content) > limits.file_bytes:
        raise FileRefused(f"The file is larger than {limits.file_bytes // 1_048_576} MB. Split it by month.")
    if not content.strip():
        raise FileRefused("The file is empty. It needs a header row and at least one figure.")
    if is_workbook(content):
        lines = iter(_xlsx_lines(content, limits))
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            "This is an old Excel file or has a password. Save it as .xlsx or .csv without one."
        )
    else:
        lines = _csv_lines(content)
    first = next(lines, [])
    trimmed = [name.strip() for name in first]
    if order := _order_without_header(trimmed, orders):
        return order, _rows(order, chain([first], lines), limits, start=1)
    header = [name.lower() for name in trimmed]
    while header and not header[-1]:
        header.pop()
    return header, _rows(header, lines, limits, start=2)


def _order_without_header(first: list[str], orders: Sequence[Sequence[str]]) -> list[str]:
    for order in orders:
        at = order.index("month")
        if len(first) > at and MONTH.fullmatch(first[at]):
            return list(order)
    return []


def _rows(header: list[str], lines: Iterable[list[str]], limits: Limits, *, start: int) -> Iterator[Row]:
    for number, line in enumerate(lines, start=start):
        if number > limits.rows + 1:
            raise FileRefused(f"The file has more than {limits.rows:,} rows. Split it.")
        cells = [cell.strip() for cell in line]
        if any(cells):
            surplus = sum(1 for cell in cells[len(header) :] if cell)
            yield Row(number, dict(zip(header, cells, strict=False)), surplus)


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileRefused("This is not a text file. Save the sheet as CSV UTF-8 or as .xlsx.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for line in reader:
            if len(line) > MOST_CELLS:
                raise FileRefused(
                    f"Line {reader.line_num} has more than {MOST_CELLS} cells. Keep only the columns of the template."
                )
            yield line
    except csv.Error as error:
        raise FileRefused(f"Line {reader.line_num} can't be read as CSV: {error}.") from error


def _delimiter(text: str) -> str:
    """What stands first between two cells: no column's name and no indicator's code has one of these signs in it."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    found = [(first.index(sign), sign) for sign in ",;\t" if sign in first]
    return min(found)[1] if found else ","


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("The text is in an unknown encoding. Save the file as CSV UTF-8.")


def _xlsx_lines(content: bytes, limits: Limits) -> list[list[str]]:
    refuse_hostile(content, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(workbook.sheet_names) != 1:
            raise FileRefused(
                f"The workbook has {len(workbook.sheet_names)} sheets."
                " Keep the one with the figures and remove the rest."
            )
        sheet = workbook.get_sheet_by_index(0)
        if sheet.merged_cell_ranges:
            raise FileRefused(
                "The sheet has merged cells. Unmerge them, so that every figure has its own cell."
            )
        if sheet.total_height > limits.rows + 1:
            raise FileRefused(f"The file has more than {limits.rows:,} rows. Split it.")
        return [[_cell_text(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise FileRefused("The workbook is damaged. Open it in Excel, save it again and retry.") from error


def _cell_text(cell: object) -> str:
    """A spreadsheet's cell as its text: 75.0 is "75", a date that stands for a month is "2019-03"."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet shows of a number; =1.1*3 is kept as 3.3000000000000003.
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell.day == 1:
        return f"{cell:%Y-%m}"
    return str(cell)
