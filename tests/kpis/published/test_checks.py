"""Checks on the published tables, through HTTP."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.figures.models import FigureRevision
from tests.kpis.entering import entry, save

PAGE = "/contracts/sandwell/published-checks/"

# Section of the page: printed, numerator, denominator, recomputed, printed less recomputed. Worked out by hand.
BY_HAND = {
    ("SM1", "June 2018"): ("31", "202.29", "15.4%", "15.325%", "+0.075"),  # 3,100 / 202.29
    ("SM2", "January 2019"): ("955", "29.8", "31.30", "32.047", "−0.747"),
    ("SM3", "April 2018"): ("2,166", "101", "21.51", "21.446", "+0.064"),
    ("SM4", "December 2018"): ("422", "23", "18.34", "18.348", "−0.008"),
    ("SM5", "June 2018"): ("370", "19.2", "17.05", "19.271", "−2.221"),
}


@pytest.fixture
def page(persona, signed_in):
    return BeautifulSoup(signed_in(persona("client-officer")).get(PAGE).content, "lxml")


def cells(page):
    """The rows of the tables of cells by measure and month."""
    return {
        (section["aria-labelledby"].removeprefix("table-").upper(), row.find("th").get_text()): tuple(
            cell.get_text() for cell in row.find_all("td")
        )
        for section in page.select("section[aria-labelledby^=table-]")
        for row in section.select("tbody tr")
    }


def test_25_of_60_cells_differ(page):
    assert "25 of 60 printed monthly cells differ" in " ".join(page.find("main").get_text(" ").split())
    assert len(cells(page)) == 25


def test_each_table_says_how_many(page):
    counts = {
        row.find("a").get_text().split()[0]: [cell.get_text() for cell in row.select("td.figures__number")]
        for row in page.find("caption", id="by-table").find_parent("table").select("tbody tr")
    }

    assert counts == {
        "SM1": ["12", "2"],
        "SM2": ["12", "7"],
        "SM3": ["12", "5"],
        "SM4": ["12", "4"],
        "SM5": ["12", "7"],
    }


@pytest.mark.parametrize("cell", BY_HAND)
def test_a_cell_shows_both_numbers_and_the_difference(page, cell):
    assert cells(page)[cell][:5] == BY_HAND[cell]


def test_a_cell_says_what_would_account_for_it(page):
    found = cells(page)

    assert (
        found["SM2", "April 2018"][5]
        == "The printed denominator may itself be rounded, which would account for it."
    )
    assert found["SM5", "June 2018"][5] == "No rounding of the printed numbers accounts for the difference."
    assert [" ".join(one.get_text().split()) for one in page.select(".explanations li")] == [
        "13 The printed number is the recomputed one rounded to fewer decimals.",
        "3 The printed number is the recomputed one cut off instead of rounded.",
        "6 The printed denominator may itself be rounded, which would account for it.",
        "3 No rounding of the printed numbers accounts for the difference.",
    ]


def test_other_contradictions_lead_to_their_indicator(page):
    article = page.find("article", attrs={"aria-labelledby": "c-pi10"})

    words = " ".join(article.get_text(" ").split())
    assert "Printed 10.6 points, computed 10.5 points:" in words
    assert "March 2018 to March 2019." in words
    assert article.find("a")["href"] == "/contracts/sandwell/indicators/PI10/"
    assert "a reduction of 245 since April 2018" in page.get_text()


def test_a_remark_that_is_no_disagreement_is_no_contradiction(page):
    assert page.find("article", attrs={"aria-labelledby": "c-pi8"}) is None  # a tension in what is told
    assert page.find("article", attrs={"aria-labelledby": "c-pi14"}) is not None  # a unit


def test_a_low_that_agrees_in_value_says_which_month_is_lower(page):
    words = " ".join(page.find("article", attrs={"aria-labelledby": "c-sm3"}).get_text(" ").split())

    assert "Printed 17.7 children a worker: Lowest month of the year, care management, January 2019." in words
    assert "Agrees in value; August 2018 is lower: 17.62." in words
    assert "computed 17.69" not in words


def test_a_corrected_figure_is_no_longer_a_published_cell(demonstration, persona, signed_in):
    indicator = demonstration.indicators.get(code="SM5")
    save(demonstration, entry(indicator, "2018-06", 327, "19.2"))

    changed = BeautifulSoup(signed_in(persona("client-officer")).get(PAGE).content, "lxml")

    assert FigureRevision.objects.filter(figure__indicator=indicator, number=2).exists()
    assert ("SM5", "June 2018") not in cells(changed)
    assert len(cells(changed)) == 24


def test_without_anything_printed_it_says_what_will_be_here(contract, client_officer, signed_in):
    response = signed_in(client_officer).get(PAGE)

    assert response.status_code == 200
    assert b"There is nothing to check yet." in response.content


def test_who_may_open_it(demonstration, persona, signed_in, client, other_trust_manager):
    def status(user):
        return signed_in(user).get(PAGE).status_code

    assert status(persona("client-officer")) == 200
    assert status(persona("trust-manager")) == 200
    assert status(persona("scrutiny-member")) == 403
    assert status(persona("administrator")) == 403
    assert status(other_trust_manager) == 404
    assert client.get(PAGE).status_code == 302


def test_it_costs_seven_queries(persona, signed_in):
    client = signed_in(persona("client-officer"))

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert len(queries) == 7
