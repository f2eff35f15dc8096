"""A sum of a book where some of its lines have no amount: told as what it is, and never as the whole."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from budgets.models import Amount
from tests.append_only import lifted
from tests.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells(signed_in, board_reader, books):
    """By the first cell of each row of a book's table, its cells under their headings."""

    def cells(code):
        page = signed_in(board_reader).get(f"/contracts/sandwell/money/books/{code}/")
        rows = BeautifulSoup(page.content, "lxml").select(".book-table tbody tr, .book-table tfoot tr")
        return {text(row.th): {td["data-label"]: text(td) for td in row.find_all("td")} for row in rows}

    return cells


def test_a_sum_says_of_how_many_of_its_lines_it_is(cells):
    whole = cells("trust")["Costs associated with placements"]

    assert whole["2018/19 budget"] == "£23,992,599 5 of 6 lines"
    assert whole["2018/19 spent"] == "£31,715,177"


def test_what_is_known_of_no_line_is_no_sum_of_nil(cells):
    rents = Amount.objects.filter(
        line__book__code="directorate", line__side="income", figure="budget", year=2020
    )
    with lifted(connection):
        assert rents.update(hundredths=None) > 1

    found = cells("directorate")

    assert found["Income"]["2020/21 budget"] == "–"
    assert found["Net budget"]["2020/21 budget"].endswith(" lines")
    assert "lines" not in found["Gross expenditure"]["2019/20 budget"]
