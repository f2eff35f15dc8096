"""A file is opened by a program of its own: what ends that program is said in words; and what only a few files are."""

import io
import signal
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from tests.spreadsheets import SHEET, archive, with_part, workbook, zip_bomb
from tests.uploads.corpus.books import naming_their_style, two_percentages
from tests.uploads.hostile_files import WORKBOOKS
from tests.uploads.opened import opened, opened_here
from uploads.tables import opening
from uploads.tables.child import PANIC, TOO_MUCH_TEXT
from uploads.tables.refusal import FileAsks, FileRefused, Limits

MB = 1024 * 1024
LIMITS = Limits(file_bytes=20 * MB, unpacked_bytes=200 * MB, rows=1000)
ROW = ["PI1", "2019-03", 13, 20]
BOOK = workbook([ROW])
RELATIONS = "xl/_rels/workbook.xml.rels"


def test_a_file_that_takes_too_long_is_refused():
    limits = Limits(LIMITS.file_bytes, LIMITS.unpacked_bytes, LIMITS.rows, seconds=1)

    with pytest.raises(FileRefused, match="takes more than 1 second to open") as refused:
        opened(WORKBOOKS["everything merged, many times"](), limits)

    assert "save the sheet as CSV UTF-8" in str(refused.value)


def test_a_file_that_takes_too_much_memory_is_refused():
    limits = Limits(LIMITS.file_bytes, LIMITS.unpacked_bytes, LIMITS.rows, memory_bytes=100 * MB)

    with pytest.raises(FileRefused, match="takes more than 100 MB of memory to open"):
        opened(zip_bomb(BOOK, 150 * MB), limits)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-signal.SIGXCPU, "more than 10 seconds"),
        (-signal.SIGABRT, "more than 512 MB of memory"),
        (TOO_MUCH_TEXT, "more than 100 MB of text"),
        (PANIC, "came to no end"),
    ],
)
def test_each_end_is_told_as_what_it_was(code, words):
    assert words in opening._end_words(code, LIMITS)


def test_pasted_rows_are_called_no_file():
    with pytest.raises(FileRefused, match="Nothing was pasted"):
        opened(b" \r\n\t ", LIMITS, pasted=True)
    _, [row] = opened(b"indicator,month\nPI1,2020-03,1", LIMITS, pasted=True)

    [beside] = row.surplus.values()
    assert "file" not in beside.lower()
    assert "file" not in opening._end_words(-signal.SIGXCPU, LIMITS).lower()


def test_a_fault_of_our_own_is_none_of_the_file(monkeypatch):
    monkeypatch.setattr(opening, "PROGRAM", "uploads.tables.no_such_program")

    with pytest.raises(opening.ReaderFailed, match="no_such_program"):
        opened(b"indicator,month\n", LIMITS)


def compressed_otherwise() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_LZMA) as new:
        for member in old.infolist():
            new.writestr(member.filename, old.read(member))
    return kept.getvalue()


def without(name: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
    return kept.getvalue()


def named_twice() -> bytes:
    """One name in the way of this system, one in the way of another."""
    return with_part(BOOK, SHEET.replace("/", "\\"), b"<worksheet/>")


def wide_and_long() -> bytes:
    cells = b'<row r="50000"><c r="GR50000"><v>1</v></c></row>'
    return with_part(BOOK, SHEET, lambda sheet: sheet.replace(b"</sheetData>", cells + b"</sheetData>"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (compressed_otherwise(), "packed in a way that no spreadsheet program packs one"),
        (without(SHEET), "names a part that is not in it"),
        (without(RELATIONS), "The workbook is damaged"),
        (named_twice(), "The workbook is damaged"),
        (
            archive(**{f"p{n}": b"" for n in range(10_001)}, xl__workbook_xml=b"x"),
            "has more than 10,000 parts",
        ),
        (b"PK\x03\x04 and no more", "The workbook is damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML spreadsheet of Excel 2003",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n", "a web page saved as one file"),
    ],
)
def test_refused_for_what_it_is(content, reason):
    with pytest.raises(FileRefused, match=reason):
        opened_here(content, LIMITS)


def test_a_far_cell_is_named_where_the_sheet_would_be_too_large():
    limits = Limits(LIMITS.file_bytes, LIMITS.unpacked_bytes, rows=60_000)

    with pytest.raises(FileRefused, match="Cell GR50000 makes the sheet 50,000 rows by 200 columns"):
        opened_here(wide_and_long(), limits)


def test_an_answer_that_fits_nothing_is_refused():
    with pytest.raises(FileRefused, match="no sheet “April”"):
        opened_here(BOOK, LIMITS, answers={"sheet": "April"})
    with pytest.raises(FileRefused, match="none of the ways"):
        opened_here(b"indicator,month\nPI1,\x9c5", LIMITS, answers={"encoding": "utf-7"})


def test_sheets_of_which_none_has_a_header_are_asked_about_too():
    book = Workbook()
    for name in ("One", "Two"):
        book.create_sheet(name).append([name, 1])
    kept = io.BytesIO()
    book.save(kept)

    with pytest.raises(FileAsks) as asked:
        opened_here(kept.getvalue(), LIMITS)

    assert [(choice.value, choice.sample) for choice in asked.value.choices] == [
        ("One", "One | 1"),
        ("Two", "Two | 1"),
    ]


def test_a_chart_is_no_sheet():
    more = (
        b'<Relationship Id="rId77" Type="http://x/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>'
    )
    book = with_part(
        BOOK, RELATIONS, lambda one: one.replace(b"</Relationships>", more + b"</Relationships>")
    )
    chart = b'<sheet name="Chart" sheetId="7" r:id="rId77" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    book = with_part(book, "xl/workbook.xml", lambda one: one.replace(b"</sheets>", chart + b"</sheets>"))
    book = with_part(book, "xl/chartsheets/sheet1.xml", b"<chartsheet/>")

    table = opened_here(book, LIMITS)

    assert [row.cells["numerator"] for row in table.rows] == ["13"]


def test_a_range_of_merged_cells_that_is_none_is_passed_over():
    ranges = b'<mergeCells><mergeCell ref="A1"/></mergeCells>'
    book = with_part(BOOK, SHEET, lambda one: one.replace(b"</sheetData>", b"</sheetData>" + ranges))

    assert [dict(row.unread) for row in opened_here(book, LIMITS).rows] == [{}]


def test_cells_without_a_name_stand_behind_the_one_before():
    cells = '<row r="3"><c r="A3" t="inlineStr"><is><t>PI2</t></is></c><c/><c t="e"><v>#N/A</v></c></row>'
    book = with_part(BOOK, SHEET, lambda one: one.replace(b"</sheetData>", cells.encode() + b"</sheetData>"))

    _, row = opened_here(book, LIMITS).rows

    assert (row.cells["indicator"], row.cells["numerator"]) == ("PI2", "#N/A")


@pytest.mark.parametrize("named", [False, True])
def test_percentages_of_two_forms_stand_beside_numbers_without_a_style(named):
    book = two_percentages()
    content = with_part(book, SHEET, naming_their_style) if named else book

    _, rows = opened(content, LIMITS)

    assert [row.cells["value"] for row in rows] == ["65%", "65.4%", ""]
    assert [row.cells["numerator"] for row in rows] == ["", "", "13"]


def test_a_style_that_is_none_shows_no_percentage():
    book = with_part(two_percentages(), SHEET, lambda one: one.replace(b's="1"', b's="1|2"'))

    _, rows = opened(book, LIMITS)

    assert [row.cells["value"] for row in rows] == ["0.65", "65.4%", ""]


def test_a_percentage_that_is_no_number_stays_what_it_is():
    def change(sheet):
        sheet["E2"].number_format = "0%"

    book = workbook([["PI1", "2019-03", None, None, 0.5]], change=change)
    book = with_part(book, SHEET, lambda one: one.replace(b"<v>0.5</v>", b"<v>many</v>"))

    with pytest.raises(FileRefused, match="damaged"):
        list(opened_here(book, LIMITS).rows)


def test_blank_rows_and_a_moment_that_is_midnight():
    book = Workbook()
    notes = book.create_sheet("Notes")
    notes["A1"] = "What we did"
    sheet = book.active
    for row in (["indicator", "month"], [], ["PI1", datetime(2019, 3, 1)]):  # noqa: DTZ001 - a spreadsheet knows none
        sheet.append(row)
    sheet["B3"].number_format = "yyyy-mm-dd hh:mm"
    kept = io.BytesIO()
    book.save(kept)

    table = opened_here(kept.getvalue(), LIMITS)

    assert list(table.head.notes) == ["Read from the sheet “Sheet”. Not read: “Notes”."]
    assert [(row.number, row.cells["month"]) for row in table.rows] == [(3, "2019-03-01")]


def test_blank_lines_between_pasted_rows_and_a_cell_that_may_hold_the_next_one():
    rows = 'indicator\tmonth\tcommentary\n\nPI1\t2019-03\t"sick\nPI3\t2019-03\tfine"\n'

    first, second = opened_here(rows.encode(), LIMITS, pasted=True).rows

    assert (first.number, list(first.unread), second.cells["commentary"]) == (3, ["commentary"], 'fine"')


def test_two_columns_of_one_name_keep_the_first():
    (row,) = opened_here(b"indicator,month,value,Value\nPI1,2019-03,1,2\n", LIMITS).rows

    assert row.cells["value"] == "1"


def test_pasted_rows_that_are_separated_otherwise_are_read_as_a_file_is():
    table = opened_here(b'indicator,month,commentary\nPI1,2019-03,"one, two"\n', LIMITS, pasted=True)

    assert [row.cells["commentary"] for row in table.rows] == ["one, two"]


def test_a_mark_that_comes_from_a_pasted_cell_with_a_tab():
    table = opened_here(b'indicator\tmonth\tcommentary\nPI1\t2019-03\t"one\ttwo"\n', LIMITS, pasted=True)

    assert [row.cells["commentary"] for row in table.rows] == ["one\ttwo"]
