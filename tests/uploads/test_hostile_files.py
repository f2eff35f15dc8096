"""Files that do harm, or would be misread, are refused in under a second, with a reason, and nothing is written."""

import io
import re
import resource
import subprocess
import sys
import time
import zipfile
from datetime import datetime

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.spreadsheets import (
    HEADER,
    SHEET,
    archive,
    broken_in,
    encrypted,
    entity_bomb,
    lying_about_its_size,
    with_part,
    workbook,
    zip_bomb,
)
from tests.uploads.opened import opened
from uploads.tables.refusal import FileRefused, Limits

MB = 1024 * 1024
LIMITS = Limits(file_bytes=20 * MB, unpacked_bytes=50 * MB, rows=1000)
ROW = ["PI1", "2019-03", 13, 20]
BOOK = workbook([ROW])
HEAD = ",".join(HEADER)


def single_quoted(part: bytes) -> bytes:
    return part.replace(b'"', b"'")


def merged() -> bytes:
    return workbook([ROW, ROW], change=lambda sheet: sheet.merge_cells("A2:A3"))


def formula(written: str) -> bytes:
    """A sheet whose cell C2 has a formula, kept as `written` by the program that saved it."""
    book = workbook([["PI1", "2019-03", "=6+7", 20]])
    saved = re.compile(rb"<f>6\+7</f><v ?/?>(?:</v>)?")
    return with_part(book, SHEET, lambda sheet: saved.sub(written.encode(), sheet))


def percentage(number_format: str = "0.0%") -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet["E2"].number_format = number_format

    return workbook([["PI1", "2019-03", None, None, 0.65]], change=change)


def sheet_with(more: bytes) -> bytes:
    return with_part(BOOK, SHEET, lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>"))


def broken_in_the_middle() -> bytes:
    middle = len(BOOK) // 3
    return BOOK[:middle] + b"\x00" * 50 + BOOK[middle + 50 :]


REFUSED = {
    "nothing": (b"", "The file is empty."),
    "blanks": (b" \r\n\t ", "The file is empty."),
    "too large": (b"x" * (20 * MB + 1), "The file is larger than 20 MB."),
    "too many lines": (f"{HEAD}\n".encode() + b"PI1,2019-03,13,20,,,\n" * 1001, "more than 1,000 rows"),
    "too many rows": (workbook([ROW] * 1001), "more than 1,000 rows"),
    "far too many rows": (workbook([ROW] * 1500), "more than 1,000 rows"),
    "NUL bytes": (b"indicator,month,value\nPI1,2019-03,\x006\n", "This is not a text file."),
    "utf-32": ("indicator,month".encode("utf-32"), "This is not a text file."),
    "half a character of utf-16": (b"\xff\xfei\x00n", "The text of the file is damaged"),
    "an open quote": (f'{HEAD}\nPI1,2019-03,13,20,,"never closed\n'.encode(), "Row 2, which begins in line 2 of"),
    "an endless field": (f'{HEAD}\nPI1,2019-03,13,20,,"'.encode() + b"x" * 200_000, "more than 131,072 characters"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "an old Excel file"),
    "a password on the parts": (encrypted(BOOK), "has a password"),
    "cut off": (BOOK[: len(BOOK) // 2], "damaged"),
    "broken in the sheet": (broken_in(BOOK, SHEET), "damaged"),
    "a bomb": (zip_bomb(BOOK, 60 * MB), "unpacks to more than 50 MB"),
    "a bomb that says it is small": (lying_about_its_size(BOOK, 60 * MB), "damaged"),
    "a thousand parts": (archive(**{f"p{n}": b"" for n in range(1001)}, xl__workbook_xml=b"x"), "not an .xlsx"),
    "entities": (entity_bomb(BOOK), "XML entities"),
    "entities behind a long comment": (
        with_part(BOOK, SHEET, lambda sheet: b"<!--" + b"x" * 9000 + b'--><!DOCTYPE a SYSTEM "http://x/">' + sheet),
        "XML entities",
    ),
    "macros": (with_part(BOOK, "xl/vbaProject.bin", b"\xcc\x61"), "The workbook has macros."),
    "a cell far to the right": (
        sheet_with(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'), "Cell XFD3 holds something far beyond the table"
    ),
    "a cell far below": (sheet_with(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "more than 1,000 rows"),
    "another kind of workbook": (archive(content_xml=b"<x/>"), "This is an OpenDocument file"),
    "two kinds at once": (with_part(BOOK, "content.xml", b"<x/>"), "This is an OpenDocument file"),
    "an archive of something else": (archive(readme=b"hello"), "This is not an .xlsx workbook."),
    "a workbook of nonsense": (with_part(BOOK, "xl/workbook.xml", b"<workbook"), "damaged"),
    "half open tags": (sheet_with(b"<c " * 300_000), "damaged"),
    "half open tags with errors": (sheet_with(b"<c" + b' t="e"' * 200_000), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_at_once_with_a_reason(content, reason):
    began = time.process_time()

    with pytest.raises(FileRefused) as refused:
        opened(content, LIMITS)

    assert reason in str(refused.value)
    assert time.process_time() - began < 1


NEVER = "C2 holds a formula that was never worked out. Open the file in Excel and save it again."
CELLS = {
    "merged": (merged(), 1, "indicator", "", "A3 is one of the merged cells A2:A3."),
    "a formula without its value": (formula("<f>6+7</f><v></v>"), 0, "numerator", "", NEVER),
    "a formula with nothing else": (formula("<f>6+7</f>"), 0, "numerator", "", NEVER),
    "a shared formula": (formula('<f t="shared" si="0"/>'), 0, "numerator", "", NEVER),
    "an error": (workbook([["PI1", "2019-03", "#N/A", 20]]), 0, "numerator", "#N/A", ""),
    "an error between single quotes": (
        with_part(workbook([["PI1", "2019-03", "#N/A", 20]]), SHEET, single_quoted), 0, "numerator", "#N/A", ""
    ),
    "a percentage": (percentage(), 0, "value", "65%", ""),
    "a plain percentage": (percentage("0%"), 0, "value", "65%", ""),
    "a percentage with words beside it": (percentage('"about "0.0%'), 0, "value", "65%", ""),
    "a percentage in words": (percentage('0.0"%"'), 0, "value", "0.65", ""),
    "a percent sign behind a backslash": (percentage("0.0\\%"), 0, "value", "0.65", ""),
    "a percentage without a name": (
        with_part(percentage(), SHEET, lambda sheet: re.sub(rb'r="[A-Z]2" ', b"", sheet)), 0, "numerator", "65%", ""
    ),
    "a percentage between single quotes": (with_part(percentage(), SHEET, single_quoted), 0, "value", "65%", ""),
    "a percentage written with blanks": (
        with_part(percentage(), SHEET, lambda sheet: sheet.replace(b's="1"', b's\t= "1"')), 0, "value", "65%", ""
    ),
    "a percentage whose style is between single quotes": (
        with_part(percentage(), "xl/styles.xml", single_quoted), 0, "value", "65%", ""
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "at", "column", "text", "unread"), CELLS.values(), ids=CELLS)
def test_what_the_parser_does_not_tell_of_a_cell_is_looked_at(content, at, column, text, unread):
    _, rows = opened(content, LIMITS)

    assert rows[at].cells[column] == text
    assert rows[at].unread.get(column, "").startswith(unread)
    assert bool(unread) == bool(rows[at].unread)


def test_a_formula_with_its_value_is_read():
    _, rows = opened(formula("<f>6+7</f><v>13</v>"), LIMITS)

    assert rows[0].cells["numerator"] == "13"


def test_a_dimension_that_lies_hides_nothing():
    book = workbook([ROW] * 300)
    lying = with_part(book, SHEET, lambda sheet: sheet.replace(b'ref="A1:G301"', b'ref="A1:A1"'))
    assert lying != book

    _, rows = opened(lying, LIMITS)

    assert len(rows) == 300


@pytest.mark.parametrize(
    "content",
    [
        workbook([["PI1", datetime(2019, 3, 1, 12)]]),  # noqa: DTZ001 - a spreadsheet knows no time zone
        percentage("0.0"),
        workbook([["PI1", "2019-03", "13", "20", None, "75% of them t=&e"]]),
    ],
)
def test_what_only_looks_odd_is_read(content):
    _, rows = opened(content, LIMITS)

    assert rows[0].cells["indicator"] == "PI1"


def test_a_workbook_without_styles_is_read():
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w") as new:
        for member in old.infolist():
            if member.filename != "xl/styles.xml":
                new.writestr(member, old.read(member))

    _, rows = opened(kept.getvalue(), LIMITS)

    assert rows[0].cells["numerator"] == "13"


def test_a_percent_format_of_text_or_of_nothing_changes_nothing():
    def change(sheet: Worksheet) -> None:
        sheet["A2"].number_format = sheet["G2"].number_format = "0%"

    _, rows = opened(workbook([ROW], change=change), LIMITS)

    assert rows[0].cells["numerator"] == "13"


def test_the_parser_alone_would_have_died(tmp_path):
    """Why such sheets are refused before: the parser makes room for every empty cell, and takes the program along."""
    path = tmp_path / "far.xlsx"
    path.write_bytes(sheet_with(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    script = (
        "import sys, python_calamine as c; c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)"
    )

    died = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)),
    )

    assert died.returncode < 0
    assert path.stat().st_size < 10_000
