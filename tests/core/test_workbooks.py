"""One table in one sheet, row by row: numbers where they are the very numbers, text else, and never a formula."""

import io
import tracemalloc
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.values.cells import original
from core.workbooks import GENERAL, MOST_DIGITS, Sheet, workbook_of

MADE_AT = datetime(2020, 4, 20, 9, 30, tzinfo=UTC)
SHEET = Sheet(
    title="Title",
    subject="Subject",
    author="Author",
    name="Return 2020-03",
    columns=("code", "amount"),
    widths={"code": 30},
    numbers={"amount": GENERAL},
)


def opened(rows):
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(SHEET, rows, MADE_AT)))
    (page,) = book.worksheets
    return book, page


def test_the_table_reaches_from_its_header_to_the_last_row():
    _, page = opened([("a", "1"), ("b", ""), ("c", None)])

    (table,) = page.tables.values()
    assert page.title == "Return 2020-03"
    assert (table.displayName, table.ref, table.headerRowCount) == ("Return_2020_03", "A1:B4", 1)
    assert [column.name for column in table.tableColumns] == ["code", "amount"]
    assert table.autoFilter is None
    assert list(page.values) == [("code", "amount"), ("a", 1), ("b", None), ("c", None)]


def test_a_table_without_rows_has_room_for_one():
    book, page = opened([])

    assert [table.ref for table in page.tables.values()] == ["A1:B2"]
    assert (book.properties.title, book.properties.creator) == ("Title", "Author")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("0.00123456789012345", 0.00123456789012345),
        ("-9999999999999.99", -9999999999999.99),
        ("007", "007"),
        ("1e5", "1e5"),
        ("=1+1", "'=1+1"),
        ("-1 place", "'-1 place"),
        ("soon", "soon"),
    ],
)
def test_a_number_is_one_only_where_a_spreadsheet_keeps_it(written, kept):
    _, page = opened([("=1+1", written)])

    code, amount = page[2]
    assert (code.value, code.data_type) == ("'=1+1", "s")
    assert (amount.value, amount.data_type) == (kept, "s" if isinstance(kept, str) else "n")


@settings(max_examples=30, deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**14), max_value=10**14))
def test_what_is_a_number_has_fifteen_digits_at_the_most(number):
    written = f"{number:f}"

    _, page = opened([("a", written)])

    kept = len(number.as_tuple().digits) <= MOST_DIGITS
    assert page["B2"].data_type == ("n" if kept else "s")
    assert Decimal(f"{page['B2'].value:.15g}" if kept else original(page["B2"].value)) == number


def test_memory_doesnt_grow_with_the_rows():
    def peak(rows):
        tracemalloc.start()
        content = workbook_of(SHEET, ((f"line {at}", at) for at in range(rows)), MADE_AT)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most - len(content)

    assert peak(6000) < peak(300) + 200_000
