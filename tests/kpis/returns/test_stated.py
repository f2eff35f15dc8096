"""A figure that the Trust can't report yet: what every page says of it instead of overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from core.values.words import day_words
from kpis.definitions.models import Indicator
from kpis.figures.models import Omission
from kpis.figures.services import Entry, save_figures
from kpis.rules.round import SUBMITTED
from kpis.versions.models import FiguresVersion
from parties.models import Contract

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


@pytest.fixture(autouse=True)
def years_later(settings, demonstration):
    """Long after the last month that is reported."""
    settings.DEMONSTRATION_DAY = date(2026, 11, 24)
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=date(2020, 3, 1))


DASHBOARD = "/contracts/sandwell/?month=2020-03"
INDICATOR = "/contracts/sandwell/indicators/PI12/?month=2020-03"
REVIEW = "/contracts/sandwell/review/"
MARCH = date(2020, 3, 1)
SOON = date(2026, 12, 24)


@pytest.fixture
def state(demonstration, persona):
    def written(reason: str = "The system was down.", expected_on: date = SOON, **more) -> Omission:
        return Omission.objects.create(
            indicator=Indicator.objects.get(code="PI12"),
            month=MARCH,
            reason=reason,
            expected_on=expected_on,
            stated_by=persona("trust-manager"),
            stated_as="A manager",
            **more,
        )

    return written


def words(client, address: str) -> str:
    page = BeautifulSoup(client.get(address).content, "lxml")
    return " ".join(page.find("main").get_text(" ").split())


def test_dashboard_and_indicator_say_what_the_trust_stated(officer, state):
    state()
    stated = f"he Trust can’t report it: The system was down; expected on {day_words(SOON)}"

    for address in (DASHBOARD, INDICATOR):
        page = words(officer, address)
        assert stated in page
        assert "overdue" not in page
        assert "due on 16 April 2020" not in page


def test_it_is_overdue_again_when_the_day_given_is_over(officer, state):
    state(expected_on=date(2020, 5, 12))

    assert (
        "the Trust can’t report it: The system was down; it was expected on 12 May 2020, overdue"
        in words(officer, DASHBOARD)
    )  # fmt: skip


def test_the_latest_statement_counts(officer, state):
    state("An older word")
    state("A newer word")

    page = words(officer, INDICATOR)

    assert "A newer word" in page
    assert "An older word" not in page


def test_a_figure_settles_what_was_stated(
    officer, state, demonstration, persona, django_capture_on_commit_callbacks
):
    state()
    entry = Entry(Indicator.objects.get(code="PI12"), MARCH, 90, 100, None, "", "returned")
    with django_capture_on_commit_callbacks(execute=True):
        save_figures(
            by=persona("trust-manager"),
            contract=demonstration,
            entries=[entry],
            state_of=lambda entry: SUBMITTED,
            reason="Came late",
            action="figure.entered",
        )

    for address in (DASHBOARD, INDICATOR):
        assert "can’t report it" not in words(officer, address)


def test_what_was_known_on_a_day_knows_the_statements_made_by_then(officer, state):
    state(expected_on=date(2020, 12, 15), stated_at=datetime(2020, 6, 10, 12, tzinfo=UTC))
    stated = "he Trust can’t report it: The system was down; expected on 15 December 2020"

    for address in (DASHBOARD, INDICATOR):
        assert "can’t report it" not in words(officer, f"{address}&known=2020-06-09")
        assert stated in words(officer, f"{address}&known=2020-06-10")


def test_statements_cost_the_dashboard_no_query(officer, state, django_assert_max_num_queries):
    state()

    with django_assert_max_num_queries(6):
        assert officer.get(DASHBOARD).status_code == 200


def test_submitting_a_statement_turns_the_kept_pages_over(
    officer, manager, django_capture_on_commit_callbacks
):
    kept, before = officer.get(DASHBOARD), FiguresVersion.objects.get().generation
    address = "/contracts/sandwell/returns/2020-03/"
    form = BeautifulSoup(manager.get(address).content, "lxml").find("form", class_="sheets")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    sent |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
    for field in form.select("select[name]"):
        sent[field["name"]] = (field.select_one("option[selected]") or field.select_one("option"))["value"]
    sent |= {"PI12-standing": "cannot_report", "PI12-reason": "Lost.", "PI12-expected_on": SOON.isoformat()}
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(address, sent | {"act": "submit"})

    assert Omission.objects.get().reason == "Lost."
    assert FiguresVersion.objects.get().generation > before
    turned = officer.get(DASHBOARD)
    assert turned["ETag"] != kept["ETag"]
    assert "can’t report it: Lost;" in turned.content.decode()


def test_the_statement_has_a_page_that_the_review_leads_to(officer, manager, state):
    state()
    review = BeautifulSoup(officer.get(f"{REVIEW}?month=2020-03").content, "lxml")
    address = review.find("ul", class_="round--missing").find("a")["href"]
    assert address == f"{REVIEW}PI12/?month=2020-03"

    page = words(officer, address)

    assert "Not reported It was due on" in page
    assert f"The system was down. It is expected on {day_words(SOON)}. A manager," in page
    answer = BeautifulSoup(officer.get(address).content, "lxml")
    assert not answer.find("main").find("form")
    assert "Return the figure" not in page
    assert "Return the figure" in words(manager, address)


def test_a_missing_figure_of_which_nothing_was_said_has_none(officer):
    assert officer.get(f"{REVIEW}PI12/?month=2020-03").status_code == 404


def test_nothing_is_asked_about_a_statement(officer, state):
    state()

    sent = {"reason": "Why?", "answer_by": SOON.isoformat()}
    assert officer.post(f"{REVIEW}PI12/query/?month=2020-03", sent).status_code == 404
