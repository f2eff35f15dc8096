"""The months that the Trust returns: what comes first, what is missing, and what stood before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure
from kpis.figures.services import Entry, save_figures
from kpis.returns.models import Ownership
from kpis.returns.selectors import validation_contexts
from parties.participants import participant_for
from tests.cast import BY
from tests.kpis.returns.pages import APRIL, GOOD, MARCH, RETURNS, figure, send
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later", "april")]


# --- the months


def test_returns_say_what_comes_first_and_what_is_missing(manager):
    page = manager.get(RETURNS)

    assert "October 2019 comes first: 14 accepted, 1 missing. 3 returns are overdue." in words(page)
    assert "Due on 15 May 2020" in words(page)
    october = BeautifulSoup(page.content, "lxml").find("section", attrs={"aria-labelledby": "m2019-10"})
    first = october.find("tbody").find("tr")
    assert "PI9" in first.get_text() and "Missing" in first.get_text()
    assert "Head of Exploitation and Missing" in first.get_text()


def test_mine_come_first(manager, persona):
    manager.post(f"{RETURNS}yours/", {"indicator": ["PI15", "PI2", "PI99"]})

    assert set(Ownership.objects.values_list("indicator__code", "user__username")) == {
        ("PI15", "trust-manager"),
        ("PI2", "trust-manager"),
    }
    assert AuditEvent.objects.latest("sequence").summary == "Trust manager looks after PI15, PI2."
    page = BeautifulSoup(manager.get(APRIL).content, "lxml")
    assert [edit["id"] for edit in page.select(".sheet")][:3] == ["PI2", "PI15", "PI1"]
    entries = AuditEvent.objects.count()
    manager.post(f"{RETURNS}yours/", {"indicator": ["PI2", "PI15"]})
    assert AuditEvent.objects.count() == entries


@pytest.mark.parametrize("month", ["2018-03", "2020-05", "2031-01", "2020-13", "soon"])
def test_a_month_that_is_not_returned(manager, month):
    assert manager.get(f"{RETURNS}{month}/").status_code == 404


def test_queries_are_few_whatever_the_history(manager, django_assert_max_num_queries):
    send(manager, GOOD)

    for page in (APRIL, MARCH):
        with django_assert_max_num_queries(12):
            manager.get(page)
    with django_assert_max_num_queries(12):
        manager.get(RETURNS)


def test_the_month_before_is_read_from_what_was_entered_not_from_what_was_computed(april, manager, persona):
    """Three seconds after a correction the statuses are still those of the figure before it."""
    was = figure("PI1", date(2020, 3, 1)).latest
    indicator = Indicator.objects.get(code="PI1")
    numbers = (was.numerator, was.denominator)
    save_figures(
        by=BY,
        contract=april,
        entries=[Entry(indicator, date(2020, 3, 1), Decimal(1), Decimal(600), None, "", "returned")],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Recounted",
        action="figures.corrected",
    )
    row = IndicatorStatus.objects.get(indicator=indicator, month="2020-03-01")
    assert (row.numerator, row.denominator) == numbers

    participant = participant_for(persona("trust-manager"), "sandwell")
    indicators = Indicator.objects.visible_to(participant).prefetch_related("bands")
    known = validation_contexts(participant, Month(2020, 4), indicators)["PI1"]

    assert (known.before.numerator, known.before.denominator) == (1, 600)
    assert known.earlier[-1] == Fraction(1, 6)
    assert (known.last.status, known.last.counts_text) == ("failure", "1 of 600")
    assert "March: 1 of 600" in words(manager.get(APRIL))


def test_a_month_without_a_figure_is_a_gap_in_the_months_before(april, persona):
    participant = participant_for(persona("trust-manager"), "sandwell")
    indicators = Indicator.objects.visible_to(participant).prefetch_related("bands")

    earlier = validation_contexts(participant, Month(2020, 4), indicators)["PI9"].earlier

    assert len(earlier) == 24
    assert [Month(2018, 4).next(at) for at, value in enumerate(earlier) if value is None] == [Month(2019, 10)]


# --- a draft beside what stands


def test_a_draft_correction_leaves_a_complete_month_complete(manager):
    page = f"{RETURNS}2018-05/"
    answer = send(manager, {"PI1-commentary": "Half a correction"}, page=page, follow=True)

    assert "The return is complete." in words(answer) and "It was due" not in words(answer)
    assert "correction drafted" in words(answer)
    assert "May 2018 comes first" not in words(manager.get(RETURNS))


def test_the_entry_page_says_once_that_a_figure_is_provisional(manager):
    day = clock.today() + timedelta(days=20)
    send(manager, GOOD | {"PI1-standing": "provisional", "PI1-expected_on": day.isoformat()}, "submit")

    edit = BeautifulSoup(manager.get(APRIL).content, "lxml").find(id="PI1")
    sentence = edit.select_one(".sheet__sentence").get_text()
    assert sentence.count("final expected") == 1
