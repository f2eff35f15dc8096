"""A month as the council reviews it: what stands first, what stands beside a figure, and whose name."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import CheckAnswer, FigureRevision, Omission
from kpis.returns.models import Draft
from kpis.review.models import Step
from tests.kpis.review.pages import MARCH, REVIEW, accept, ask, figure, reply, section
from tests.pages import words
from uploads.models import Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


# --- the month


def test_the_month_that_waits_is_shown_first_with_the_failed_ones_on_top(officer):
    page = officer.get(REVIEW)

    assert "Review of March 2020" in words(page)
    statuses = IndicatorStatus.objects.filter(month="2020-03-01", revision__isnull=False)
    waiting = statuses.count()
    failed = statuses.filter(status="failure").count()
    assert (
        f"{waiting} figures wait for the council, {failed} of them failed; 0 accepted; 1 not reported."
        in words(page)
    )
    first = BeautifulSoup(page.content, "lxml").select(".round__figure")[:failed]
    assert all("Failed" in row.get_text() for row in first)


def test_a_month_that_is_settled_says_so(officer):
    page = officer.get(f"{REVIEW}?month=2019-03")

    assert "Nothing waits for the council in March 2019." in section(page, "council")
    assert "PI1" in section(page, "accepted")
    assert "Other months with open figures: March 2020" in words(page)


@pytest.mark.parametrize("month", ["2031-01", "soon"])
def test_a_month_that_is_not_there(officer, month):
    assert officer.get(f"{REVIEW}?month={month}").status_code == 404
    assert officer.get(f"{REVIEW}PI1/?month={month}").status_code == 404


def test_queries_stay_few_whatever_was_said(officer, manager, django_assert_max_num_queries):
    for code in ("PI1", "PI2", "PI3"):
        ask(officer, code)
        reply(manager, code)

    for address in (f"{REVIEW}{MARCH}", f"{REVIEW}PI1/{MARCH}"):
        with django_assert_max_num_queries(15):
            assert officer.get(address).status_code == 200


# --- what stands beside a figure


def test_checks_that_warned_stand_with_what_was_answered(officer):
    CheckAnswer.objects.create(
        revision=figure("PI9").latest,
        code="same-as-before",
        message="As in February.",
        words="Counted twice.",
    )

    for address in (f"{REVIEW}{MARCH}", f"{REVIEW}PI9/{MARCH}"):
        page = words(officer.get(address))
        assert "Check: As in February." in page
        assert "Counted twice." in page


def test_a_missing_figure_stands_with_the_trusts_statement(officer, persona):
    for reason in ("An older word", "The system was down."):
        Omission.objects.create(
            indicator=Indicator.objects.get(code="PI12"),
            month=date(2020, 3, 1),
            reason=reason,
            expected_on=date(2020, 5, 12),
            stated_by=persona("trust-manager"),
            stated_as="A manager",
        )

    page = section(officer.get(f"{REVIEW}{MARCH}"), "trust")

    assert "Not reported" in page
    assert "the Trust can’t report it. The system was down; expected on 12 May 2020." in page
    assert "An older word" not in page


def test_a_missing_figure_without_a_word_says_so(officer):
    assert "the Trust has said nothing about it yet" in section(officer.get(f"{REVIEW}{MARCH}"), "trust")


def test_the_last_months_stand_beside_the_figure(officer):
    page = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "lxml")

    months = [" ".join(one.get_text(" ").split()) for one in page.select(".past li")]
    assert len(months) == 6
    assert months[0].startswith("October 2019 ")
    assert months[-1].startswith("March 2020 ")
    assert [one.get_text() for one in page.select(".thread__sides h3")] == ["The Trust", "The council"]


# --- names


def test_a_name_of_any_length_answers(demonstration, persona, signed_in):
    person = persona("client-officer")
    person.first_name, person.last_name = "A" * 150, "B" * 150
    person.save()
    longest = len(person.display_name)

    accept(signed_in(person), "PI1")

    assert len(Step.objects.get().taken_as) == longest == 301
    named = [(FigureRevision, "entered_as"), (Step, "taken_as"), (Omission, "stated_as")]
    for model, field in [*named, (Draft, "changed_as"), (Upload, "uploaded_as")]:
        assert model._meta.get_field(field).max_length == longest
