"""Measures without bands, few months, none, and a band that changes."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.recompute import recompute
from tests.kpis.entering import entry, save
from tests.kpis.indicator_page.pages import address
from tests.pages import words as text


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
