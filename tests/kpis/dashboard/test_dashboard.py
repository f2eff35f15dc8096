"""What the dashboard of a month says, filters and orders, as the two parties see it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.pages import ADDRESS, codes, links, page, row_of, text


def test_march_2019_in_one_sentence(officer: Client) -> None:
    soup = page(officer)

    assert text(soup.select_one(".lede")) == (
        "7 of 15 on target, 6 within tolerance, 2 failed, 0 not reported; 6 better and 8 worse than February,"
        " 1 with no real change."
        " PI2, PI4 and PI14 have missed their targets for 12 months in succession."
    )


def test_tiles_count_what_the_table_holds(officer: Client) -> None:
    soup = page(officer)

    tiles = [text(tile) for tile in soup.select(".tile")]

    assert tiles == [
        "7 G On target",
        "6 A Within tolerance",
        "2 R Failed",
        "0 N Not reported",
        "6 better than February",
        "8 worse than February",
    ]
    statuses = [row_of(soup, code)["status"] for code in codes(soup)]
    assert [statuses.count(one) for one in ("G On target", "A Within tolerance", "R Failed")] == [7, 6, 2]


def test_each_tile_leads_to_as_many_rows_as_it_says(officer: Client) -> None:
    for tile in page(officer, "?month=2020-03").select(".tile"):
        link, number = tile.find("a"), text(tile.select_one(".tile__number"))
        assert isinstance(link, Tag) is (number != "0")
        if isinstance(link, Tag):
            assert len(codes(page(officer, str(link["href"]).partition("#")[0]))) == int(number)


def test_exceptions_failed_first_then_longest_run_then_worsening(officer: Client) -> None:
    march_2019 = [text(card).split()[0] for card in page(officer).select("article h3")]
    march_2020 = [text(card).split()[0] for card in page(officer, "?month=2020-03").select("article h3")]

    assert march_2019 == ["PI4", "PI9", "PI2", "PI14", "PI7", "PI12"]
    assert march_2020 == ["PI8", "PI2", "PI4", "PI14", "PI6"]


def test_an_exception_says_the_shared_sentence_and_leads_to_its_indicator(officer: Client) -> None:
    card = page(officer).select_one("article")

    assert text(card) == (
        "PI4 Assessments within 45 working days illustrative 74.1%, failed (less than 75% is failure)."
        " Month 12 in succession off target. Worse by 2.4 points on February."
        " Example of a commentary: Many update assessments were opened on the same days."
    )
    assert card is not None
    link = card.find("a")
    assert isinstance(link, Tag)
    assert link["href"] == "/contracts/sandwell/indicators/PI4/?month=2019-03"
    assert officer.get(str(link["href"])).status_code == 200


def test_a_published_figure_is_summed_up_and_compared_with_an_invented_month_openly(officer: Client) -> None:
    card = page(officer).select("article")[2]

    assert text(card) == (
        "PI2 Protection plan rate per 10,000 72.00, within tolerance (target less than 65)."
        " Month 12 in succession off target. Worse by 0.27 on February (illustrative)."
        " After the Annual Review 2018/19: The number of children with a plan has been steadier since November."
    )
    assert row_of(page(officer), "PI2")["change"] == "↑ Worse by 0.27 illustrative"


def test_what_is_not_shown_among_the_exceptions_is_one_link_away(officer: Client) -> None:
    soup = page(officer)

    rule = soup.find("a", string="2 more off target")

    assert isinstance(rule, Tag)
    off_target = codes(page(officer, str(rule["href"]).partition("#")[0]))
    assert off_target == ["PI4", "PI9", "PI2", "PI14", "PI7", "PI12", "PI6", "PI3"]


def test_not_reported_is_named_with_its_due_date_and_never_as_zero(officer: Client) -> None:
    soup = page(officer, "?month=2020-03")

    missing = text(soup.select_one(".discuss__missing"))
    row = row_of(soup, "PI12")

    assert missing == "Not reported: PI12 Children in care reviews on time (due on 16 April 2020, overdue)."
    assert (row["value"], row["status"], row["change"], row["run"]) == ("–", "N Not reported", "–", "–")
    assert row["average"] == "81.5% 11 of 12 months"


def test_a_row_says_everything_in_words(officer: Client) -> None:
    row = row_of(page(officer), "PI9")

    assert row == {
        "code": "PI9",
        "name": "Return interviews within 72 hours illustrative",
        "value": "48.3%",
        "status": "R Failed",
        "change": "↓ Worse by 15.6 points",
        "target": "more than 70%",
        "average": "65.1%",
        "run": "4",
    }


def test_published_figures_bear_no_mark_and_illustrative_ones_do(officer: Client) -> None:
    soup = page(officer)

    marked = [code for code in codes(soup) if row_of(soup, code)["name"].endswith("illustrative")]

    assert sorted(set(codes(soup)) - set(marked)) == ["PI10", "PI13", "PI2"]
    assert "12 of the 15 figures here are illustrative" in text(soup.select_one("#indicators"))
    # Its two counts are printed, its rate is not.
    assert row_of(soup, "PI13")["name"] == "Permanent social worker vacancies derived"


def test_nobody_says_of_a_wholly_invented_year_that_printed_numbers_come_out(officer: Client) -> None:
    for address in (ADDRESS, f"{ADDRESS}heat-map/"):
        soup = page(officer, "?month=2020-03", address)
        assert "come out" not in text(soup.main)
        link = soup.find("a", string="How they were made")
        assert isinstance(link, Tag)
        assert link["href"] == "/contracts/sandwell/how-we-measure/#provenance"


@pytest.mark.parametrize(
    ("month", "words"),
    [("2019-03", "all 15 figures accepted"), ("2020-03", "14 of 14 figures wait for acceptance")],
)
def test_how_many_figures_the_council_accepted(officer: Client, month: str, words: str) -> None:
    link = page(officer, f"?month={month}").select_one(".computed a")

    assert isinstance(link, Tag)
    assert (text(link), link["href"]) == (words, f"/contracts/sandwell/review/?month={month}")
    assert officer.get(str(link["href"])).status_code == 200


def test_the_head_of_the_table_says_how_many_it_shows(officer: Client) -> None:
    assert text(page(officer).select_one("#all")) == "All 15 indicators"
    assert text(page(officer, "?month=2019-03&status=failure").select_one("#all")) == "2 of 15 indicators"


def test_supporting_measures_stand_below_in_months_that_have_them(officer: Client) -> None:
    assert "SM1 Newly qualified share" in text(
        page(officer).find("section", attrs={"aria-labelledby": "supporting"})
    )
    later = page(officer, "?month=2020-03")
    assert later.find(id="supporting") is None
    assert "No supporting measure has a figure in March 2020. How we measure lists them" in text(later.main)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=failure", ["PI4", "PI9"]),
        ("status=on_target", ["PI1", "PI5", "PI8", "PI10", "PI11", "PI13", "PI15"]),
        ("status=off_target", ["PI2", "PI3", "PI4", "PI6", "PI7", "PI9", "PI12", "PI14"]),
        ("status=better", ["PI1", "PI5", "PI8", "PI11", "PI12", "PI14"]),
        ("theme=in_care", ["PI11", "PI12"]),
        ("theme=front_door&status=worse", ["PI4"]),
        ("status=failure&sort=name", ["PI4", "PI9"]),
        ("status=off_target&sort=run", ["PI2", "PI4", "PI14", "PI7", "PI9", "PI12", "PI6", "PI3"]),
        ("theme=front_door&sort=worst", ["PI4", "PI1", "PI5"]),
        # In widths of the tolerance band: -0.78, -0.24, -0.18, -0.15, -0.021, -0.018, +0.06, +0.19.
        ("status=off_target&sort=change", ["PI9", "PI4", "PI7", "PI3", "PI6", "PI2", "PI14", "PI12"]),
        ("theme=workforce&sort=name", ["PI14", "PI13"]),
    ],
)
def test_filters_and_order(officer: Client, query: str, expected: list[str]) -> None:
    assert codes(page(officer, f"?month=2019-03&{query}")) == expected


def test_links_keep_what_was_chosen_and_mark_it(officer: Client) -> None:
    soup = page(officer, "?month=2019-03&status=off_target&theme=protection&sort=run")

    assert links(soup, "Theme")["in care"] == (
        "?month=2019-03&status=off_target&theme=in_care&sort=run#indicators"
    )
    assert links(soup, "Status")["all"] == "?month=2019-03&theme=protection&sort=run#indicators"
    assert [text(one) for one in soup.select(".table-choices [aria-current]")] == [
        "off target",
        "protection",
        "longest off target first",
    ]
    assert text(soup.select_one("th[aria-sort]")) == "Months off target"
    april = soup.find("a", attrs={"rel": "next"})
    assert isinstance(april, Tag)
    assert april["href"] == "?month=2019-04&status=off_target&theme=protection&sort=run"
    kept = {str(one["name"]): one["value"] for one in soup.select(".month-picker input[type=hidden]")}
    assert kept == {"status": "off_target", "theme": "protection", "sort": "run"}


def test_an_empty_result_says_so_and_leads_to_all(officer: Client) -> None:
    soup = page(officer, "?month=2019-07&status=failure&theme=workforce")

    empty = soup.select_one(".empty")

    assert text(empty) == "In July 2019 no indicator is in this selection: failed, workforce. Show all 15 ."
    assert soup.select_one("table.indicators") is None


def test_an_unknown_filter_is_left_out_and_said_so(officer: Client) -> None:
    soup = page(officer, "?month=2019-03&status=purple")

    assert len(codes(soup)) == 15
    assert "names a filter or an order that there is not" in text(soup.select_one("#indicators"))


def test_month_picker_ends_with_what_there_is(officer: Client) -> None:
    first, last = page(officer, "?month=2018-04"), page(officer, "?month=2020-03")

    assert (first.find("a", rel="prev"), last.find("a", rel="next")) == (None, None)
    assert text(first.find("a", rel="next")) == "Next month: May ▶"
    assert text(page(officer, "?month=2019-01").find("a", rel="prev")) == "◀ Previous month: December 2018"
    options = [str(one["value"]) for one in first.select("#month option")]
    assert (len(options), options[0], options[-1]) == (24, "2020-03", "2018-04")


def test_without_a_month_the_latest_reported_one_is_shown(officer: Client) -> None:
    assert text(page(officer, "").h1) == "March 2020"


@pytest.mark.parametrize("month", ["2019-13", "March", "2018-03", "2020-04", "9" * 5000])
def test_a_month_that_there_is_not_names_those_there_are(officer: Client, month: str) -> None:
    response = officer.get(f"{ADDRESS}?month={month}")

    soup = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 404
    assert "There are figures from April 2018 to March 2020." in text(soup.select_one(".lede"))
    assert len(soup.select(".month-list a")) == 24
    assert len(response.content) < 20_000


def test_the_strip_says_the_series_in_words(officer: Client) -> None:
    strips = {svg["aria-label"] for svg in page(officer, "?month=2019-10").select("svg.strip")}

    assert (
        "19 months to October 2019: from 76.0% to 75.0%, lowest 48.3%, highest 77.8%, 1 without a figure"
        in strips
    )


def test_no_run_of_the_first_month_is_uncertain_for_want_of_a_band_before_it(officer: Client) -> None:
    soup = page(officer, "?month=2018-04")

    assert row_of(soup, "PI10")["run"] == "1"
    assert "at least" not in text(soup.main)


def test_averages_are_announced_before_they_begin(officer: Client) -> None:
    assert "An average needs 12 months: most begin in March 2019." in text(
        page(officer, "?month=2019-02").main
    )
    assert "An average needs" not in text(page(officer).main)
