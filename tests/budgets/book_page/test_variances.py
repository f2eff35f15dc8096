"""A book's year as pictures: over and under, and the way from the budget to the outturn."""

import pytest
from bs4 import BeautifulSoup

from budgets.models import LineMonth
from tests.pages import text, words

pytestmark = pytest.mark.django_db
BOOK = "/contracts/sandwell/money/books/trust/"


def soup_of(client, **query):
    return BeautifulSoup(client.get(BOOK, query).content, "lxml")


def test_a_printed_year_is_drawn_with_what_had_no_budget(signed_in, board_reader, books):
    soup = soup_of(signed_in(board_reader))

    assert (
        text(soup.find(id="variances"))
        == "5 lines over by £6.38 million, 1 without a variance: spent in 2018/19"
    )
    assert text(soup.find(id="way")) == "From £23.99 million to £31.72 million: £7.72 million more"
    wide, narrow = soup.select("section[aria-labelledby=way] svg")
    assert "+£1,339,966, no budget" in text(wide) and "+£1,339,966, no budget" in text(narrow)
    bars = soup.select_one("section[aria-labelledby=variances] svg").select("rect.money-bars__bar")
    assert [bar["class"][1].rpartition("--")[2] for bar in bars] == ["far-over"] * 4 + ["over"]


def test_the_table_holds_what_is_drawn_and_of_what_the_per_cent_is(signed_in, board_reader, books):
    rows = soup_of(signed_in(board_reader)).select("#outcome tbody tr")

    assert text(rows[0]) == (
        "External Foster Care £8,230,100 £11,085,089 £2.85 million over 34.7% of the gross budget R Far over"
    )
    assert "Leaving Care Rents – £1,339,966" in text(rows[-1])


def test_the_year_that_runs_is_shown_by_its_forecast(signed_in, board_reader, lived):
    client = signed_in(board_reader)
    page = words(client.get(BOOK))

    assert "4 lines over by £1.63 million, 2 under by £160,100: forecast for 2019/20 illustrative" in page
    assert "The axis begins at £30m, so the solid bars are cut." in page
    assert "Forecast by March 2020" in page
    assert "spent in 2018/19" in words(client.get(BOOK, {"year": "2018"}))


def test_a_line_that_is_not_entered_is_left_out_and_said(signed_in, board_reader, lived):
    months = LineMonth.objects.filter(line__book=lived, year=2019, line__code="secure_units")
    months.update(state=LineMonth.State.SUBMITTED, latest=None, accepted=None)

    page = words(signed_in(board_reader).get(BOOK))

    assert "1 line with £909,000 of budget left out: what became of it isn’t known." in page


@pytest.mark.parametrize("year", ["2017", "2019", "x", "20180"])
def test_a_year_of_which_nothing_is_known_is_not_found(signed_in, board_reader, books, year):
    assert signed_in(board_reader).get(BOOK, {"year": year}).status_code == 404


def test_a_book_of_budgets_alone_has_no_picture(signed_in, board_reader, books):
    page = signed_in(board_reader).get("/contracts/sandwell/money/books/directorate/")

    assert b"money-bars" not in page.content


def test_the_pictures_cost_three_queries_at_the_most(
    signed_in, board_reader, lived, django_assert_max_num_queries
):
    client = signed_in(board_reader)
    client.get(BOOK)
    with django_assert_max_num_queries(11):
        client.get(BOOK)
