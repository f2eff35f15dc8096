"""The page of one indicator through HTTP: what it says, draws, keeps apart, and what it costs."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.values.months import Month
from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic
from kpis.engine.recompute import recompute
from kpis.figures.importing import as_it_comes, check_file, import_figures
from kpis.figures.models import Figure, FigureRevision
from kpis.figures.services import Entry, save_figures
from kpis.published.statistic_words import STATISTIC_WORDS
from parties.models import Contract
from tests.cast import BY

TODAY = date(2020, 5, 1)


def address(code, suffix=""):
    return f"/contracts/sandwell/indicators/{code}/{suffix}"


def text(response):
    """The words of the page, without mark-up and with single spaces."""
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(page.find("main").get_text(" ").split())


def entry(
    indicator, month, numerator=None, denominator=None, value=None, commentary="", provenance="returned"
):
    exact = [None if number is None else Decimal(number) for number in (numerator, denominator, value)]
    return Entry(indicator, Month.parse(month).first_day, *exact, commentary, provenance)


def save(contract, *entries):
    save_figures(
        by=BY,
        contract=contract,
        entries=entries,
        state_of=as_it_comes,
        reason="Corrected count",
        action="figures.imported",
    )
    recompute(trigger="command", contract_ids=[contract.pk])


# --- what it says


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


# --- measures without bands, few months, none


def test_a_supporting_measure_has_its_local_aim_and_no_status(officer):
    response = officer.get(address("SM3"))
    page = text(response)

    assert "In March 2019 it was 19.07 children a worker (1,957 across 102.6)." in page
    assert "No band of the contract judges it. The local aim: an average of 18 children a worker." in page
    assert "Local aim: 18" in page
    assert "No contract band" in page
    assert "Between 17.62 (August 2018) and 22.37 (June 2018), and 19.07 in March 2019" in page
    assert b"status--not_applicable" not in response.content


def test_an_indicator_without_figures_says_what_will_be_here(defined, client_officer, signed_in):
    response = signed_in(client_officer).get(address("PI1"))

    page = text(response)
    assert response.status_code == 200
    assert "No figure of PI1 has been entered yet." in page
    assert "Each month will have a row here" in page
    assert "How it is counted" in page
    assert b"chart-figure" not in response.content


def test_months_without_any_figure_are_listed_and_not_drawn(defined, client_officer, signed_in):
    recompute(trigger="command", contract_ids=[defined.pk])

    response = signed_in(client_officer).get(address("PI1") + "?month=2019-03")

    page = BeautifulSoup(response.content, "lxml")
    assert "No month of PI1 has a value yet, so there is nothing to draw." in text(response)
    assert "In March 2019: N Not reported . It was due on 12 April 2019." in text(response)
    assert len(page.select(".history .status--not_reported")) == 24
    assert not page.select("svg[role=img]")


def test_one_month_alone_has_a_point_and_no_line(defined, client_officer, signed_in):
    save(defined, entry(defined.indicators.get(code="PI1"), "2020-03", 80, 100))

    response = signed_in(client_officer).get(address("PI1"))

    page = BeautifulSoup(response.content, "lxml")
    assert page.find(id="chart").get_text() == "On target in the one month reported in 2019/20"
    assert len(page.select(".chart__drawing--wide .point")) == 1
    assert not page.select(".chart__line")
    assert "23 months not reported since April 2018" in text(response)


def test_an_indicator_without_bands_has_no_status(defined, client_officer, signed_in):
    bare = Indicator.objects.get(contract=defined, code="PI1")
    bare.pk, bare.code, bare.position, bare.short_name = None, "PI99", 99, "Something new"
    bare.save()
    save(defined, entry(bare, "2020-02", 80, 100), entry(bare, "2020-03", 82, 100))

    page = text(signed_in(client_officer).get(address("PI99")))

    assert "In March 2020 it was 82.0%" in page
    assert "No band of the contract judges it." in page
    assert "No band of the contract is loaded for this indicator" in page
    assert "Between 80.0% (February 2020) and 82.0% (March 2020), and 82.0% in March 2020" in page


def test_a_new_band_steps_the_limits_and_judges_only_its_own_months(defined, client_officer, signed_in):
    indicator = defined.indicators.get(code="PI9")
    old = indicator.bands.get()
    BandVersion.objects.filter(pk=old.pk).update(valid_to=date(2019, 3, 1))
    BandVersion.objects.create(
        indicator=indicator,
        valid_from=date(2019, 4, 1),
        target_operator=">",
        target_value=80,
        tolerance_operator=">",
        tolerance_value=60,
        failure_operator="<",
        failure_value=60,
        target_text="> 80%",
        tolerance_text="> 60%",
        failure_text="< 60%",
        change_reference="Change 1",
    )
    save(
        defined, *(entry(indicator, month, 75, 100) for month in ("2019-02", "2019-03", "2019-04", "2019-05"))
    )

    page = BeautifulSoup(signed_in(client_officer).get(address("PI9")).content, "lxml")

    assert "On target" in page.find(id="m2019-03").get_text()
    assert "Within tolerance" in page.find(id="m2019-04").get_text()
    assert len(page.select(".chart__drawing--wide .chart__target")) == 2
    assert "more than 70% until Mar 2019" in page.find("svg", role="img").get_text()
    assert [row.get_text() for row in page.select(".bands tbody th")] == [
        "April 2018 to March 2019",
        "From April 2019",
    ]


def test_a_month_outside_the_indicators_own_months_is_said(officer):
    page = text(officer.get(address("PI11") + "?month=2018-04"))
    outside = text(officer.get(address("SM3") + "?month=2020-03"))

    assert "In April 2018 it was" in page
    assert "In March 2020 there is no figure; its months run from April 2018 to March 2019." in outside


@pytest.mark.parametrize("query", ["?month=2031-01", "?month=March", "?month=2019-13"])
def test_a_month_that_there_is_not_gets_a_plain_answer(officer, query):
    assert officer.get(address("PI9") + query).status_code == 404


def test_an_indicator_that_there_is_not_is_not_found(officer):
    assert officer.get(address("PI16")).status_code == 404
    assert officer.get(address("PI16", "figures.csv")).status_code == 404


# --- who may see it


@pytest.mark.parametrize("suffix", ["", "figures.csv", "values.csv"])
def test_who_may_open_it(demonstration, persona, signed_in, client, suffix):
    def status(username):
        return signed_in(persona(username)).get(address("PI9", suffix)).status_code

    assert status("client-officer") == 200
    assert status("trust-manager") == 200
    assert status("scrutiny-member") == 403
    assert status("administrator") == 403
    assert client.get(address("PI9", suffix)).status_code == 302


@pytest.mark.parametrize("suffix", ["", "figures.csv", "values.csv"])
def test_another_contracts_people_do_not_find_it(demonstration, other_trust_manager, signed_in, suffix):
    assert signed_in(other_trust_manager).get(address("PI9", suffix)).status_code == 404


# --- the file


@pytest.mark.parametrize("code", ["PI2", "PI5", "PI9", "PI10", "PI13", "SM3"])
def test_the_file_imports_again_without_a_change(demonstration, officer, code):
    response = officer.get(address(code, "figures.csv"))

    checked = check_file(content=response.content, contract=demonstration, today=TODAY)
    saved = import_figures(by=BY, contract=demonstration, checked=checked, file_name="again.csv")

    assert checked.problems == []
    assert (saved.created, saved.revised) == (0, 0)
    assert (
        saved.unchanged
        == Figure.objects.filter(indicator__contract=demonstration, indicator__code=code).count()
    )


def test_the_file_has_exact_numbers_and_empties_for_what_is_missing(officer):
    response = officer.get(address("PI2", "figures.csv"))

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="sandwell-PI2.csv"' in response["Content-Disposition"]
    assert list(rows[0]) == [
        "indicator",
        "month",
        "numerator",
        "denominator",
        "value",
        "commentary",
        "provenance",
    ]
    assert [
        rows[0][name] for name in ("indicator", "month", "numerator", "denominator", "value", "provenance")
    ] == [
        "PI2",
        "2018-04",
        "798",
        "",
        "99.93",
        "published",
    ]
    assert "2019-10" not in [
        row["month"]
        for row in csv.DictReader(io.StringIO(officer.get(address("PI9", "figures.csv")).content.decode()))
    ]


@pytest.mark.parametrize(
    "commentary", ["=1+1", "+44 121", "-3 posts", "@SUM(A1)", "'=kept", "''-x", "'quoted'", 'a, "b"\nc']
)
def test_commentary_is_no_formula_and_comes_back_unchanged(demonstration, officer, commentary):
    indicator = demonstration.indicators.get(code="PI5")
    save(demonstration, entry(indicator, "2020-03", value=9, commentary=commentary))

    content = officer.get(address("PI5", "figures.csv")).content
    cell = list(csv.DictReader(io.StringIO(content.decode(), newline="")))[-1]["commentary"]
    checked = check_file(content=content, contract=demonstration, today=TODAY)
    saved = import_figures(by=BY, contract=demonstration, checked=checked, file_name="again.csv")

    assert not cell.startswith(("=", "+", "-", "@"))
    assert (saved.created, saved.revised) == (0, 0)


def test_the_other_file_has_what_was_computed(officer):
    response = officer.get(address("PI13", "values.csv"))

    rows = {row["month"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8")))}

    assert 'filename="sandwell-PI13-values.csv"' in response["Content-Disposition"]
    assert len(rows) == 24
    march = rows["2019-03"]
    assert {name: march[name] for name in ("numerator", "denominator", "value", "display", "status")} == {
        "numerator": "63.31",
        "denominator": "220",
        "value": "28.77727273",
        "display": "28.8%",
        "status": "on_target",
    }
    assert (march["target"], march["failure_limit"], march["months_off_target"]) == ("32", "37", "0")
    assert (march["provenance"], march["value_provenance"]) == ("published", "derived")


def test_both_files_are_named_for_what_they_hold(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    links = {link.get_text(): link["href"] for link in page.select("section[aria-labelledby=figures] p a")}
    assert links == {
        "values and statuses as computed (CSV)": address("PI9", "values.csv"),
        "the figures as entered (CSV)": address("PI9", "figures.csv"),
    }


# --- what it costs


def _months(contract, count):
    """So many months of one indicator, all that the contract has."""
    last = Month(2020, 3)
    Contract.objects.filter(pk=contract.pk).update(starts_on=last.previous(count - 1).first_day)
    contract.refresh_from_db()
    indicator = contract.indicators.get(code="PI9")
    save(
        contract,
        *(
            entry(indicator, str(last.previous(back)), 70 + back % 9, 100, commentary="Said.")
            for back in range(count)
        ),
    )


@pytest.mark.parametrize("count", [1, 12, 120])
def test_at_most_ten_queries_whatever_the_number_of_months(defined, client_officer, signed_in, count):
    _months(defined, count)
    client = signed_in(client_officer)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address("PI9"))

    assert len(BeautifulSoup(response.content, "lxml").select(".history tbody tr")) == count
    assert len(queries) == 10


def test_a_kept_page_costs_what_the_reader_costs(officer):
    first = officer.get(address("PI9"))

    with CaptureQueriesContext(connection) as queries:
        again = officer.get(address("PI9"))
        unchanged = officer.get(address("PI9"), headers={"If-None-Match": first["ETag"]})

    assert again.content == first.content
    assert unchanged.status_code == 304
    assert len(queries) == 8


def test_a_new_figure_turns_the_page(demonstration, officer):
    before = officer.get(address("PI9"))
    save(demonstration, entry(demonstration.indicators.get(code="PI9"), "2020-03", 50, 62))

    after = officer.get(address("PI9"))

    assert after["ETag"] != before["ETag"]
    assert "80.6%" in text(after)


def test_what_people_write_is_shown_as_text(demonstration, officer):
    save(
        demonstration,
        entry(demonstration.indicators.get(code="PI9"), "2020-03", 46, 62, commentary="<b>bold</b> & more"),
    )

    response = officer.get(address("PI9"))

    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in response.content.decode()
    assert FigureRevision.objects.filter(commentary="<b>bold</b> & more").count() == 1
    assert not re.search(r"<b>bold", response.content.decode())
