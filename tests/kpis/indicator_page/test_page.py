"""The page of one indicator through HTTP: what it says, draws and keeps apart."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from kpis.definitions.models import PublishedStatistic
from kpis.published.statistic_words import STATISTIC_WORDS
from tests.kpis.entering import entry, save
from tests.kpis.indicator_page.pages import address
from tests.pages import words as text


def test_the_month_in_view_is_told_in_one_sentence(officer):
    page = text(officer.get(address("PI9") + "?month=2019-03"))

    assert "PI9 Return interviews within 72 hours" in page
    assert "In March 2019 it was 48.3% (29 of 60 returns)." in page
    assert "R Failed . Month 4 in succession off target." in page
    assert "More than 70% is on target; less than 50% is failure; anything else is within tolerance." in page


def test_without_a_month_the_latest_is_in_view(officer):
    page = text(officer.get(address("PI9")))

    assert "In March 2020 it was 74.2% (46 of 62 returns)." in page
    assert "on target. Better by 1.0 point on February. Better by 25.9 points than in March 2019." in page


def test_the_tiles_name_change_average_run_and_missing_months(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    tiles = [" ".join(tile.get_text(" ").split()) for tile in page.select(".tile")]

    assert tiles == [
        "74.2% March 2020",
        "▲ 1.0 point since February: better",
        "71.8% 12-month average (11 of 12 months; pooled 71.8%)",
        "5 months in succession on target",
        "1 month not reported since April 2018: October 2019",
    ]


def test_the_change_on_the_month_stands_before_that_on_the_year(officer):
    page = text(officer.get(address("PI10") + "?month=2019-03"))

    assert "Worse by 2.1 points on February (illustrative). Better by 10.5 points than in March 2018." in page


def test_the_first_month_of_the_contract_has_nothing_to_compare_with(officer):
    page = text(officer.get(address("PI9") + "?month=2018-04"))

    assert "– first month of the contract: nothing to compare with" in page
    assert "0 months not reported since April 2018" in page


def test_a_month_after_a_gap_says_which_month_is_missing(officer):
    page = text(officer.get(address("PI9") + "?month=2019-11"))

    assert "No figure for October." in page


def test_the_legend_tells_gaps_by_their_letter_alone(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    key = page.find("ul", attrs={"aria-label": "What the points mean"})
    assert "N gap: not reported" in " ".join(key.get_text(" ").split())
    assert not key.select(".status--not_reported")


def test_a_measure_with_printed_values_says_how_many_differ(officer):
    page = BeautifulSoup(officer.get(address("SM4")).content, "lxml")

    link = page.find("a", string="4 of the 12 printed values differ")
    assert link["href"] == "/contracts/sandwell/published-checks/#table-sm4"
    assert "worked out from the printed counts" not in text(officer.get(address("PI9")))


def test_a_month_that_is_not_reported_says_when_it_was_due_and_what_the_last_figure_was(officer):
    page = text(officer.get(address("PI12") + "?month=2020-03"))

    assert "In March 2020: N Not reported . It was due on 16 April 2020." in page
    assert "The last month with a figure is February 2020: 81.3%, on target." in page
    assert "– months off target not known: this month is not reported" in page


def test_a_rate_and_a_count_are_told_in_their_units(officer):
    assert "it was 72.00 per 10,000 (584 children; printed as 72)" in text(
        officer.get(address("PI2") + "?month=2019-03")
    )
    assert "it was 3 children" in text(officer.get(address("PI5") + "?month=2019-03"))


def test_the_chart_says_its_message_and_carries_a_description(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    assert page.find(id="chart").get_text() == (
        "On target in 9 of the 11 months reported in 2019/20, against 2 of 12 in 2018/19"
    )
    described = page.find("desc", id="chart-words-wide").get_text()
    assert "24 months from April 2018 to March 2020" in described
    assert "1 month without a figure, shown as a gap" in described
    assert [node.get_text() for node in page.select(".chart__drawing--wide tspan") if node.get_text()][
        :2
    ] == ["not", "reported"]
    assert len(page.select(".chart__drawing--wide .point")) == 23


def test_the_chart_library_gets_strict_json_and_only_where_there_is_a_chart(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    figure = json.loads(page.find("script", id="chart-figure").get_text(), parse_constant=pytest.fail)

    assert figure["data"][0]["y"][18] is None
    assert "bdata" not in json.dumps(figure)
    assert page.find("link", id="plotly.js-style-global")["class"] == ["no-inline-styles"]


def test_the_table_holds_the_charts_numbers_with_who_entered_them(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    row = " ".join(page.find(id="m2019-03").get_text(" ").split())

    assert row.startswith("March 2019 illustrative 29 60 48.3% R Failed Worse by 15.6 points Example: ")
    assert "Revision 1, loaded with the demonstration" in row
    assert "Not reported" in page.find(id="m2019-10").get_text()


def test_why_how_and_contradictions_stand_before_the_months(officer):
    page = text(officer.get(address("PI2") + "?month=2019-03"))

    order = [
        "In March 2019 it was 72.00",
        "Why it matters The rate shows how much",
        "How it is counted Children who are the subject of a child protection plan on the last day of the month."
        " Divided by: children who live in the borough, as estimated for the month.",
        "The documents disagree about 3 points here: see below .",
        "On target in 9 of the 12 months",
        "Every month’s figure",
        "The definition in full Why it matters",
        "Where the documents disagree",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("code", "month", "words"),
    [
        (
            "PI2",
            "2019-03",
            "After the Annual Review 2018/19, in other words The number of children with a plan",
        ),
        ("PI9", "2019-03", "Example of a commentary The provider missed the deadline"),
    ],
)
def test_whose_words_stand_beside_a_figure_is_said(officer, code, month, words):
    page = text(officer.get(address(code) + f"?month={month}"))

    assert words in page
    assert "March 2019, revision 1, loaded with the demonstration," in page
    assert "The Trust says" not in page
    assert "command" not in page


def test_what_the_trust_returned_is_its_own_word(demonstration, officer):
    indicator = demonstration.indicators.get(code="PI9")
    save(demonstration, entry(indicator, "2019-03", 30, 60, commentary="One interview was found."))

    assert "The Trust says One interview was found." in text(officer.get(address("PI9") + "?month=2019-03"))


def test_a_comparison_with_an_invented_month_says_so(officer):
    page = text(officer.get(address("PI2") + "?month=2019-03"))

    assert "Worse by 0.27 on February (illustrative)." in page
    assert "▲ 0.27 since February (illustrative): worse" in page


def test_a_rate_that_is_worked_out_from_printed_counts_is_derived(officer):
    response = officer.get(address("PI13") + "?month=2019-03")

    page = BeautifulSoup(response.content, "lxml")
    assert page.select_one(".lede .mark").get_text() == "derived"
    assert "a value worked out from two of them is derived" in text(response)
    assert "is derived" not in text(officer.get(address("PI9")))


def test_earlier_revisions_stay_listed_beside_the_latest(demonstration, officer):
    indicator = demonstration.indicators.get(code="PI9")
    save(demonstration, entry(indicator, "2019-03", 30, 60, commentary="One interview was found."))

    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    row = " ".join(page.find(id="m2019-03").get_text(" ").split())
    assert "30 60 50.0% A Within tolerance" in row
    assert "One interview was found." in row
    assert "Revision 2, the tests" in row
    assert "Earlier revisions of March 2019 (1) Revision 1: 29 of 60" in row


def test_comparators_stand_with_their_own_year(officer):
    page = text(officer.get(address("PI2")))

    assert "Statistical neighbour average 2017/18 60 per 10,000" in page
    assert "England average 2017/18 45.3 per 10,000" in page


def test_printed_statistics_stand_beside_the_computed_ones(officer):
    pi10, pi6 = text(officer.get(address("PI10"))), text(officer.get(address("PI6")))

    assert "Change from the year end before, March 2018 to March 2019 10.6 points 10.5 points" in pi10
    assert "12-month average, April 2018 to March 2019 68.3% 68.3% Agrees Mean of the 12 months." in pi10
    assert "– Can’t be computed March 2018 is not reported here." in pi6


def test_contradictions_are_shown_with_both_values(officer):
    page = text(officer.get(address("PI2")))

    assert "The documents disagree: From 798 children to 584 is a fall of 214, yet a reduction of 245" in page
    assert "“since April 2018” 245 children – Can’t be computed The end of the period is not printed." in page
    assert "The period is not printed" not in page


def test_remarks_that_are_no_disagreement_stand_apart(officer):
    page = text(officer.get(address("PI8")))

    assert "About the documents Both printed lows, 36% and 44%, are failures" in page
    assert "disagree" not in page


def test_every_printed_statistic_has_a_written_name(demonstration):
    keys = set(PublishedStatistic.objects.values_list("statistic", flat=True))

    assert keys <= set(STATISTIC_WORDS)


def test_the_definition_stands_below(officer):
    page = BeautifulSoup(officer.get(address("PI14")).content, "lxml")

    words = " ".join(page.find("dl", class_="definition").get_text(" ").split())

    assert "Why it matters" in words
    assert "Lower is better. A change of less than 0.01 is no real change." in words
    assert page.select_one(".bands tbody th").get_text() == "From April 2018"
    assert page.find("a", string="PI14 in How we measure")["href"].endswith("/how-we-measure/#pi14")


def test_neighbours_lead_on_in_the_same_month(officer):
    page = BeautifulSoup(officer.get(address("PI15") + "?month=2019-03").content, "lxml")

    assert page.select_one(".neighbours [rel=prev]")["href"] == address("PI14") + "?month=2019-03"
    assert page.select_one(".neighbours [rel=next]")["href"] == address("SM1") + "?month=2019-03"
