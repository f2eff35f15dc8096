"""Corrections, what is not computed yet, the same again, and what the round's table allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import FigureRevision
from kpis.review.models import Step
from kpis.rules.figures import numbers_in_words
from kpis.versions.models import FiguresVersion
from parties.services import grant_membership
from tests.cast import BY
from tests.kpis.review.pages import MARCH, REVIEW, accept, ask, figure, offered, reply, section
from tests.pages import words
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


# --- corrections


def test_a_correction_of_an_accepted_figure_waits_again_and_the_accepted_one_is_known(officer, demonstration):
    accept(officer, "PI1")
    accepted = figure("PI1").latest_id

    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n")

    corrected = figure("PI1")
    assert (corrected.state, corrected.accepted_id) == ("submitted", accepted)
    assert corrected.latest.number == FigureRevision.objects.get(pk=accepted).number + 1
    assert "PI1" in section(officer.get(f"{REVIEW}{MARCH}"), "council")


def test_every_answer_turns_the_kept_pages_over(officer, django_capture_on_commit_callbacks):
    before = FiguresVersion.objects.get().generation
    with django_capture_on_commit_callbacks(execute=True):
        accept(officer, "PI1")

    version = FiguresVersion.objects.get()
    assert version.generation > before
    assert version.computed == version.current
    page = BeautifulSoup(officer.get(f"/contracts/sandwell/indicators/PI1/{MARCH}").content, "lxml")
    assert "Submitted." not in page.find(id="m2020-03").get_text()


# --- what is not computed yet


def test_a_revision_that_is_not_computed_is_shown_as_such_and_answered_by_nobody(
    officer, demonstration, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.CELERY_ON = True
    monkeypatch.setattr("kpis.engine.waking.app.send_task", lambda *words, **more: None)
    on_target = IndicatorStatus.objects.filter(month="2020-03-01", status="on_target")
    code = on_target.filter(indicator__unit="percent")[0].indicator.code
    with django_capture_on_commit_callbacks(execute=True):
        returned(demonstration, f"{code},2020-03,1,100,,Recounted,returned\n")

    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "lxml")
    row = next(row for row in page.select(".round__figure") if row.h3.get_text().startswith(f"{code} "))
    assert "Revised, not computed yet: 1 of 100 (the tests" in " ".join(row.get_text(" ").split())
    assert not row.select("form, .status, .round__acts")
    assert str(figure(code).latest_id) not in [
        field.get("value") for field in page.find_all("input", attrs={"name": "revision"})
    ]
    assert "newer figures are being computed" in page.get_text()

    page = BeautifulSoup(officer.get(f"{REVIEW}{code}/{MARCH}").content, "lxml")
    assert "Revised, not computed yet: 1 of 100" in " ".join(page.get_text(" ").split())
    assert not page.find(id="accept") and not page.find(id="ask")
    assert "newer figures are being computed" in page.get_text()


def test_what_was_shown_is_what_is_accepted(officer, demonstration):
    shown = IndicatorStatus.objects.get(month="2020-03-01", indicator__code="PI1").revision_id
    page = BeautifulSoup(officer.get(f"{REVIEW}PI1/{MARCH}").content, "lxml")
    sent = page.find(attrs={"aria-labelledby": "accept"}).find("input", attrs={"name": "revision"})["value"]
    assert int(sent) == shown

    returned(demonstration, "PI1,2020-03,1,100,,Recounted,returned\n")

    assert officer.post(f"{REVIEW}accept/", {"revision": [sent]}).status_code == 409
    assert figure("PI1").state == "submitted"


# --- the same again, and what only looks like it


def test_the_same_query_sent_twice_is_asked_once_and_says_so(officer):
    ask(officer, "PI9")

    assert "The Trust was asked already." in words(ask(officer, "PI9", follow=True))
    assert Step.objects.count() == 1


def test_the_same_words_about_a_new_revision_are_a_new_query(officer, demonstration):
    ask(officer, "PI9")
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    assert "The Trust is asked." in words(ask(officer, "PI9", follow=True))
    assert figure("PI9").state == "queried"
    assert list(Step.objects.values_list("revision__number", flat=True)) == [1, 2]


def test_the_same_words_with_a_later_day_are_a_new_query(officer):
    ask(officer, "PI9", days=7)

    assert "The Trust is asked." in words(ask(officer, "PI9", days=30, follow=True))
    assert Step.objects.last().answer_by == clock.today() + timedelta(days=30)
    assert "Ask again" in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


def test_the_same_words_after_an_answer_are_a_new_query(officer, manager):
    for _ in range(2):
        ask(officer, "PI9")
        reply(manager, "PI9")

    assert [step.kind for step in Step.objects.all()] == ["queried", "explained"] * 2
    assert "You answered the council already." in words(reply(manager, "PI9", follow=True))


def test_the_page_offers_what_the_table_allows(officer, manager):
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, set())
    ask(officer, "PI9")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, {"reply"})
    reply(manager, "PI9", "disputes")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, set())
    accept(officer, "PI9")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"ask"}, set())
    assert offered(officer, "PI9", "2019-03") == set()


@pytest.mark.parametrize(
    ("provenance", "turn"),
    [("published", "entered as it was printed"), ("illustrative", "made up for the demonstration")],
)
def test_a_figure_outside_the_round_says_where_it_comes_from(officer, provenance, turn):
    outside = FigureRevision.objects.filter(provenance=provenance, figure__state="accepted").first().figure
    page = officer.get(f"{REVIEW}{outside.indicator.code}/?month={outside.month:%Y-%m}")

    assert f"It was {turn}, outside the round." in words(page)


def test_a_figure_outside_the_round_is_not_queried(officer):
    printed = figure("PI9", date(2019, 3, 1))
    sent = {
        "revision": printed.latest_id,
        "reason": "Why?",
        "answer_by": clock.today(),
        "reopens": "1",
    }

    answer = officer.post(f"{REVIEW}PI9/query/?month=2019-03", sent)

    assert answer.status_code == 409
    assert "outside the round" in words(answer)
    assert "Why?" in words(answer)
    assert figure("PI9", date(2019, 3, 1)).state == "accepted"


def test_an_open_query_is_not_accepted_over_unless_it_is_withdrawn(officer):
    latest = figure("PI9").latest_id
    ask(officer, "PI9")

    stale = officer.post(f"{REVIEW}accept/", {"revision": [latest]})
    assert stale.status_code == 409
    assert "was queried already" in words(stale)
    assert figure("PI9").state == "queried"

    officer.post(f"{REVIEW}accept/", {"revision": [latest], "withdraws": "1"})
    assert figure("PI9").state == "accepted"
    assert Step.objects.last().words == "The query was withdrawn without an answer."
    assert "The query was withdrawn without an answer." in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


def test_what_was_accepted_meanwhile_is_not_queried_unseen(officer):
    accept(officer, "PI9")

    answer = ask(officer, "PI9", "Typed with care")

    assert answer.status_code == 409
    assert "was accepted already" in words(answer)
    assert "Typed with care" in words(answer)
    assert figure("PI9").state == "accepted"


def test_an_accepted_figure_is_reopened_with_a_reason(officer, manager):
    accept(officer, "PI9")
    accepted = figure("PI9").accepted_id
    assert "Reopen" in section(officer.get(f"{REVIEW}PI9/{MARCH}"), "ask")
    latest, due = figure("PI9").latest_id, clock.today()
    sent = {"revision": latest, "reason": "A letter came", "answer_by": due.isoformat(), "reopens": "1"}

    answer = officer.post(f"{REVIEW}PI9/query/{MARCH}", sent, follow=True)
    officer.post(f"{REVIEW}PI9/query/{MARCH}", sent)

    assert "The Trust is asked." in words(answer)
    assert "Reopened" in section(answer, "said")
    assert (figure("PI9").state, figure("PI9").accepted_id) == ("queried", accepted)
    assert [step.kind for step in Step.objects.all()] == ["accepted", "reopened"]
    assert AuditEvent.objects.latest("sequence").action == "figure.reopened"
    assert "A letter came" in section(manager.get(f"{REVIEW}{MARCH}"), "trust")


def test_who_submitted_a_figure_is_not_offered_to_accept_it(demonstration, persona, signed_in):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n", by=both)
    IndicatorStatus.objects.filter(month="2020-03-01", indicator__code="PI1").update(
        revision=figure("PI1").latest_id, status="on_target"
    )
    client = signed_in(both)

    assert offered(client, "PI1") == {"ask"}
    assert "You submitted this figure yourself" in words(client.get(f"{REVIEW}PI1/{MARCH}"))
    page = BeautifulSoup(client.get(f"{REVIEW}{MARCH}").content, "lxml")
    revisions = [field["value"] for field in page.find_all("input", attrs={"name": "revision"})]
    assert revisions and str(figure("PI1").latest_id) not in revisions


# --- the trail


def test_the_trail_says_what_was_answered_and_its_summary_says_no_words(officer, manager):
    ask(officer, "PI9", "72 of 273 can't be right")
    asked = AuditEvent.objects.latest("sequence")
    reply(manager, "PI9", "explains", "It is 75")
    answered = AuditEvent.objects.latest("sequence")
    accept(officer, "PI9")
    accepted = AuditEvent.objects.latest("sequence")

    latest = figure("PI9").latest
    shown = {"figure": "PI9 2020-03", "revision": 1}
    due = (clock.today() + timedelta(days=7)).isoformat()
    value = numbers_in_words(latest.numerator, latest.denominator, latest.value)
    assert asked.changes == shown | {
        "value": value, "state": ["submitted", "queried"], "words": "72 of 273 can't be right", "answer_by": due
    }  # fmt: skip
    assert answered.changes == shown | {
        "value": value, "state": ["queried", "submitted"], "words": "It is 75"
    }  # fmt: skip
    assert accepted.changes == {"figures": [shown | {"value": value, "state": ["submitted", "accepted"]}]}
    assert [event.action for event in (asked, answered, accepted)] == [
        "figure.queried", "figure.explained", "figures.accepted"
    ]  # fmt: skip
    assert [event.summary for event in (asked, answered, accepted)] == [
        "PI9 2020-03 queried.", "PI9 2020-03 explained.", "PI9 2020-03 accepted."
    ]  # fmt: skip
