"""A handed-in CSV or XLSX file as rows of text, or a plain reason why it can't be read.

Text first: nothing is turned into a number or a date here, so nothing is guessed. Hostile files (bombs, macros,
documents that pretend) are refused before a parser sees them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from kpis.imports.archive import refuse_hostile
from kpis.imports.refusal import FileRefused, Limits

__all__ = ["FileRefused", "Limits", "Row", "read_rows"]


@dataclass(frozen=True)
class Row:
    """One line under the header. ``number`` counts as a spreadsheet does: the header is row 1."""

    number: int
    cells: dict[str, str]
    surplus: int


def read_rows(content: bytes, limits: Limits) -> tuple[list[str], list[Row]]:
    """The header's names (lower case, trimmed) and the rows below it; blank rows are passed over."""
    if len(content) > limits.file_bytes:
        raise FileRefused(f"The file is larger than {limits.file_bytes // 1_048_576} MB. Split it by month.")
    if not content.strip():
        raise FileRefused("The file is empty. It needs a header row and at least one figure.")
    if content.startswith(b"PK\x03\x04"):
        lines = _xlsx_lines(content, limits)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            "This is an old Excel file or has a password. Save it as .xlsx or .csv without one."
        )
    else:
        lines = _csv_lines(content, limits)
    return _rows(lines, limits)


def _rows(lines: list[list[str]], limits: Limits) -> tuple[list[str], list[Row]]:
    if len(lines) - 1 > limits.rows:
        raise FileRefused(f"The file has more than {limits.rows:,} rows. Split it.")
    header = [name.strip().lower() for name in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in line]
        if any(cells):
            surplus = sum(1 for cell in cells[len(header) :] if cell)
            rows.append(Row(number, dict(zip(header, cells, strict=False)), surplus))
    return header, rows


def _csv_lines(content: bytes, limits: Limits) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileRefused("This is not a text file. Save the sheet as CSV UTF-8 or as .xlsx.")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[list[str]] = []
    try:
        for line in reader:
            lines.append(line)
            if len(lines) > limits.rows + 1:
                break
    except csv.Error as error:
        raise FileRefused(f"Line {reader.line_num} can't be read as CSV: {error}.") from error
    return lines


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
