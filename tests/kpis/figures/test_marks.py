"""A figure that corrects an accepted one says so wherever it is shown, and a provisional one until when."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from kpis.definitions.models import Indicator
from kpis.figures.models import Figure, FigureRevision
from kpis.figures.services import Entry, save_figures
from tests.pages import ADDRESS, page, row_of, text
from tests.shell import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

MARCH = date(2020, 3, 1)
REVISED = "revised, was 78.7%"


@pytest.fixture
def enter(demonstration, persona, django_capture_on_commit_callbacks):
    """Enters a figure of March 2020 as the Trust manager does, and has the statuses computed."""

    def enter(code: str, numerator: str, denominator: str, **other):
        indicator = Indicator.objects.get(contract=demonstration, code=code)
        numbers = (Decimal(numerator), Decimal(denominator), None)
        entry = Entry(indicator, MARCH, *numbers, other.pop("commentary", ""), "returned", **other)
        with django_capture_on_commit_callbacks(execute=True):
            save_figures(
                by=persona("trust-manager"),
                contract=demonstration,
                entries=[entry],
                state_of=lambda entry: Figure.State.SUBMITTED,
                reason="Counted again",
                action="figures.entered",
            )

    return enter


@pytest.fixture
def accept(officer, django_capture_on_commit_callbacks):
    def accept(code: str):
        figure = Figure.objects.get(indicator__code=code, month=MARCH)
        with django_capture_on_commit_callbacks(execute=True):
            officer.post(f"{ADDRESS}review/accept/", {"revision": [figure.latest_id]})
        figure.refresh_from_db()
        assert figure.state == Figure.State.ACCEPTED
        return figure

    return accept


def name_of(officer, code: str, query: str = "?month=2020-03") -> str:
    return row_of(page(officer, query), code)["name"]


# --- what a correction is


def test_a_figure_that_nobody_accepted_is_revised_without_a_mark(officer, enter):
    enter("PI4", "350", "417")

    latest = Figure.objects.get(indicator__code="PI4", month=MARCH).latest
    assert (latest.number, latest.replaces) == (2, None)
    assert "revised" not in name_of(officer, "PI4")


def test_a_correction_of_an_accepted_figure_says_what_it_was_before_and_after_it_is_accepted(
    officer, enter, accept
):
    accepted = accept("PI4")
    enter("PI4", "350", "417")

    latest = Figure.objects.get(indicator__code="PI4", month=MARCH).latest
    assert latest.replaces == accepted.latest
    # 348 of 417 are 83.45…%, 350 are 83.93…%.
    assert name_of(officer, "PI4").endswith("revised, was 83.5%")
    accept("PI4")
    assert name_of(officer, "PI4").endswith("revised, was 83.5%")


def test_two_corrections_before_the_answer_replace_the_same_accepted_figure(officer, enter, accept):
    accept("PI4")
    enter("PI4", "350", "417")
    enter("PI4", "352", "417")

    assert name_of(officer, "PI4").endswith("revised, was 83.5%")


def test_a_correction_taken_back_is_marked_against_what_was_accepted_last(officer, enter, accept):
    accept("PI4")
    enter("PI4", "350", "417")
    accept("PI4")
    enter("PI4", "348", "417")

    assert name_of(officer, "PI4").endswith("revised, was 83.9%")


@pytest.mark.parametrize(("numerator", "denominator"), [("348", "417"), ("696", "834")])
def test_other_words_or_the_same_value_are_no_correction(officer, enter, accept, numerator, denominator):
    accept("PI4")
    enter("PI4", numerator, denominator, commentary="Only the words are new.")

    assert Figure.objects.get(indicator__code="PI4", month=MARCH).latest.replaces is not None
    assert "revised" not in name_of(officer, "PI4")


def test_values_that_read_alike_get_as_many_decimals_as_tell_them_apart(officer, enter, accept):
    accept("PI4")
    enter("PI4", "3481", "4170")

    # 83.4532…% before, 83.4772…% after: both are 83.5% to one decimal.
    row = row_of(page(officer, "?month=2020-03"), "PI4")
    assert (row["value"], row["name"].partition("revised")[2]) == ("83.5%", ", was 83.45%")


def test_what_had_no_value_was_not_applicable(officer, enter, accept):
    enter("PI4", "0", "0")
    accept("PI4")
    enter("PI4", "348", "417")

    assert name_of(officer, "PI4").endswith("revised, was not applicable")


# --- wherever it is shown: PI4 of January 2020 was 355 of 451 until 2 March 2020, and is 335 of 451


def test_the_dashboards_row_and_sentence(officer):
    soup = page(officer, "?month=2020-01")

    assert row_of(soup, "PI4")["name"].endswith(REVISED)
    assert sum(REVISED in row_of(soup, f"PI{number}")["name"] for number in range(1, 16)) == 1
    (card,) = [text(card) for card in soup.select("article") if "PI4" in text(card)]
    assert "74.3%, failed (less than 75% is failure). Revised, was 78.7%. First month off target." in card


def test_the_indicators_sentence_table_and_earlier_revision(officer):
    soup = page(officer, "?month=2020-01", f"{ADDRESS}indicators/PI4/")

    assert f"(335 of 451 assessments). illustrative {REVISED} R Failed" in text(soup.select_one(".lede"))
    assert REVISED in text(soup.select_one("#m2020-01 th"))
    assert "revised" not in text(soup.select_one("#m2019-12"))
    assert "Revision 1: 355 of 451" in text(soup.select_one("#m2020-01 details"))
    assert REVISED in json.dumps(json.loads(soup.select_one("#chart-figure").string), ensure_ascii=False)


@pytest.mark.parametrize("show", ["", "&show=values"])
def test_the_heat_maps_cell_and_key(officer, show):
    soup = page(officer, f"?month=2020-01{show}", f"{ADDRESS}heat-map/")
    cells = {text(row.th): text(row.select("td")[-1]) for row in soup.select("tbody tr")}

    assert cells["PI4 Assessments within 45 working days"].startswith("R r failed; revised, was 78.7%")
    assert "r: revised after it was accepted" in text(soup.select_one(".heat-legend"))
    assert sum("revised" in words for words in cells.values()) == 1


def test_the_heat_map_without_a_correction_has_no_key(officer):
    assert "r: revised" not in text(page(officer, "?month=2019-03", f"{ADDRESS}heat-map/").main)


def test_the_review(officer, enter, accept):
    accept("PI4")
    enter("PI4", "350", "417")

    waiting = BeautifulSoup(officer.get(f"{ADDRESS}review/?month=2020-03").content, "lxml")
    figure = BeautifulSoup(officer.get(f"{ADDRESS}review/PI4/?month=2020-03").content, "lxml")
    assert "Revised, was 83.5%." in text(waiting.select_one("section"))
    assert "Revised, was 83.5%." in text(figure.select_one(".lede"))
    accept("PI4")
    settled = BeautifulSoup(officer.get(f"{ADDRESS}review/?month=2020-03").content, "lxml")
    assert "revised, was 83.5%" in text(settled.select("section")[2])


def test_file_api_and_command_have_the_exact_old_value(officer):
    answer = officer.get(f"{ADDRESS}dashboard.csv?month=2020-01").content.decode("utf-8-sig")
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(answer))}
    served = officer.get("/api/v1/contracts/sandwell/statuses/?month=2020-01").json()["results"]
    printed = json.loads(run("statuses", month="2020-01", format="json").out)

    # 355 of 451 in percent.
    assert rows["PI4"]["revised_from"] == "78.71396896"
    assert (rows["PI1"]["revised_from"], rows["PI4"]["provisional_until"]) == ("", "")
    assert [one["revised_from"] for one in served if one["revised_from"]] == ["78.71396896"]
    assert [one["revised_from"] for one in printed if one["revised_from"]] == ["78.71396896"]


# --- provisional figures


def test_a_provisional_figure_says_until_when_wherever_it_is_shown(officer, enter):
    enter("PI4", "348", "417", final_expected_on=date(2020, 5, 12))
    words = "provisional, final expected 12 May 2020"

    assert name_of(officer, "PI4").endswith(words)
    assert words in text(page(officer, "?month=2020-03", f"{ADDRESS}indicators/PI4/").select_one(".lede"))
    heat = page(officer, "?month=2020-03", f"{ADDRESS}heat-map/")
    assert f"within tolerance; {words}" in text(heat.select("tbody tr")[3].select("td")[-1])
    assert "p: provisional" in text(heat.select_one(".heat-legend"))
    assert "Provisional, final expected 12 May 2020." in text(
        BeautifulSoup(officer.get(f"{ADDRESS}review/?month=2020-03").content, "lxml").main
    )
    served = officer.get("/api/v1/contracts/sandwell/statuses/?month=2020-03").json()["results"]
    assert [one["provisional_until"] for one in served if one["provisional_until"]] == ["2020-05-12"]


def test_the_same_number_returned_as_final_is_a_revision_and_the_mark_goes(officer, enter):
    enter("PI4", "348", "417", final_expected_on=date(2020, 5, 12))
    enter("PI4", "348", "417")

    assert FigureRevision.objects.filter(figure__indicator__code="PI4", figure__month=MARCH).count() == 3
    assert "provisional" not in name_of(officer, "PI4")
