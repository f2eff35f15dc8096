"""A book as a file: what its page shows, to the penny."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from budgets.demonstration.months import live_on
from budgets.models import Amount, Book, Line
from tests.budgets.imports.conftest import content_of, rows_of

pytestmark = pytest.mark.django_db
DIRECTORATE = "/contracts/sandwell/money/books/directorate/"


def test_the_printed_budgets_stand_in_both_files(books, signed_in, board_reader):
    client = signed_in(board_reader)
    rows = rows_of(content_of(client.get(f"{DIRECTORATE}book.csv")))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(client.get(f"{DIRECTORATE}book.xlsx").content)).worksheets
    header, *cells = sheet.iter_rows(values_only=True)

    assert header[:6] == ("code", "name", "kind", "side", "under", "budget 2017/18")
    assert len(rows) == len(cells) == Line.objects.filter(book__code="directorate").count()
    kept = Amount.objects.filter(line__book__code="directorate", figure="budget").order_by("version__number")
    pence = {
        (code, year): amount for code, year, amount in kept.values_list("line__code", "year", "hundredths")
    }
    seen = 0
    for row, written in zip(rows, cells, strict=True):
        for name, cell in zip(header, written, strict=True):
            assert (f"{Decimal(row[name]):f}" if isinstance(cell, int | float) else row[name]) == (
                f"{Decimal(str(cell)):.2f}" if isinstance(cell, int | float) else cell or ""
            )
        for year in range(2017, 2021):
            if (amount := pence.get((row["code"], year))) is not None:
                assert Decimal(row[f"budget {year}/{year % 100 + 1}"]) * 100 == amount
                seen += 1
    assert seen == sum(amount is not None for amount in pence.values()) > 100


def test_a_cell_that_nobody_knows_stays_empty_and_what_is_made_up_says_so(books, signed_in, trust_manager):

    live_on(Book.objects.get(code="trust"), date(2020, 4, 20))

    rows = rows_of(content_of(signed_in(trust_manager).get("/contracts/sandwell/money/books/trust/book.csv")))

    cells = {row["code"]: row for row in rows}
    assert cells["leaving_care_rents"]["budget 2018/19"] == ""
    assert cells["placements"]["budget 2018/19"] == "23992599.00"
    assert cells["placements"]["budget 2018/19, sum of"] == "5 of 6 lines"
    assert cells["external_foster_care"]["budget 2018/19, sum of"] == ""
    assert "actual 2018/19, sum of" not in rows[0]
    assert "budget 2019/20 (illustrative)" in rows[0]
