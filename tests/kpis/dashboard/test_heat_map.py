"""The heat map: letters for the eye, and a table with every word and value underneath."""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.pages import ADDRESS, page, text

HEAT_MAP = f"{ADDRESS}heat-map/"


def cells(soup: BeautifulSoup, code: str) -> list[str]:
    for row in soup.select("table.heat tbody tr"):
        if text(row.th).split()[0] == code:
            return [text(cell) for cell in row.find_all("td")]
    raise AssertionError(f"{code} has no row")


def test_fifteen_indicators_by_twenty_four_months(officer: Client) -> None:
    soup = page(officer, "?month=2020-03", HEAT_MAP)

    rows = soup.select("table.heat tbody tr")

    assert (len(rows), {len(row.find_all("td")) for row in rows}) == (15, {24})
    assert text(soup.select_one(".lede")) == (
        "April 2018 to March 2020: of 360 monthly results 212 were on target, 131 within tolerance, 15 failed and"
        " 2 not reported."
    )


def test_the_sentence_counts_the_letters_below_it(officer: Client) -> None:
    soup = page(officer, "?month=2020-03", HEAT_MAP)

    letters = Counter(text(cell).split()[0] for cell in soup.select("td.heat__cell"))

    assert letters == {"G": 212, "A": 131, "R": 15, "N": 2}


def test_a_cell_says_letter_word_and_value(officer: Client) -> None:
    soup = page(officer, "?month=2019-10", HEAT_MAP)

    assert cells(soup, "PI4")[11] == "R failed, illustrative 74.1"
    assert cells(soup, "PI2")[0] == "R failed 99.93"
    assert cells(soup, "PI9")[18] == "N not reported"


def test_months_are_named_by_year_and_lead_to_their_dashboard(officer: Client) -> None:
    soup = page(officer, "?month=2019-12", HEAT_MAP)

    years = [(text(head), head["colspan"]) for head in soup.select("th[scope=colgroup]")]
    months = soup.select("thead th[scope=col] a")

    assert years == [("2018/19", "12"), ("2019/20", "9")]
    assert (text(months[0]), months[0]["href"]) == ("Apr 2018", f"{ADDRESS}?month=2018-04")
    assert [text(one) for one in months if one.get("aria-current")] == ["Dec 2019"]


def test_the_foot_counts_what_is_on_target(officer: Client) -> None:
    soup = page(officer, "?month=2019-03", HEAT_MAP)

    assert [text(cell) for cell in soup.select("tfoot td")][-1] == "7"


def test_values_can_be_shown_and_the_choice_is_kept(officer: Client) -> None:
    letters = page(officer, "?month=2019-03", HEAT_MAP)
    link = letters.find("a", string="Show values too")
    assert isinstance(link, Tag)

    values = page(officer, str(link["href"]), HEAT_MAP)

    assert letters.select_one("table.heat--values") is None
    assert values.select_one("table.heat--values") is not None
    back = values.find("a", rel="prev")
    assert isinstance(back, Tag)
    assert back["href"] == "?month=2019-02&show=values"


def test_illustrative_figures_are_counted(officer: Client) -> None:
    assert "of the 358 figures here are illustrative" in text(page(officer, "?month=2020-03", HEAT_MAP).main)


def test_a_month_that_there_is_not(officer: Client) -> None:
    assert officer.get(f"{HEAT_MAP}?month=2031-01").status_code == 404


def test_a_browser_that_has_the_map_is_told_so(officer: Client) -> None:
    first = officer.get(HEAT_MAP)

    assert officer.get(HEAT_MAP, headers={"If-None-Match": first["ETag"]}).status_code == 304
