"""Checks and submitting: what stops, what asks for a word, and what the council sees then."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import CheckAnswer, Figure, FigureRevision, Omission
from kpis.returns.models import Draft
from tests.kpis.returns.pages import APRIL, GOOD, MARCH, RETURNS, fields, figure, send
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later", "april")]


def test_a_good_figure_is_submitted_and_seen_by_the_council(
    manager, persona, signed_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(manager, GOOD, "submit", follow=True)

    assert "1 figure submitted; the council sees it now." in words(answer)
    kept = figure("PI1")
    assert (kept.state, kept.latest.numerator, kept.latest.provenance) == ("submitted", 483, "returned")
    assert (kept.latest.entered_by, kept.latest.reason) == (persona("trust-manager"), "Return of April 2020")
    assert not Draft.objects.exists()
    entry = AuditEvent.objects.latest("sequence")
    assert entry.summary == "Return of April 2020: 1 figure submitted (PI1)."
    assert "PI1 2020-04: 483 of 600" in str(entry.changes).replace(".0000", "")
    officer = signed_in(persona("client-officer"))
    assert "80.5%" in words(officer.get("/contracts/sandwell/review/?month=2020-04"))


def test_a_status_stands_beside_the_figure_while_it_is_a_draft(manager):
    page = send(manager, {"PI1-numerator": "360", "PI1-denominator": "600"}, follow=True)

    edit = " ".join(BeautifulSoup(page.content, "lxml").find(id="PI1").get_text(" ").split())
    assert "60.0%, failed (less than 65% is failure). Worse by 20.5 points on March." in edit
    assert "This is not on target. Say what happened, why, what you do next, and by when." in edit


def test_off_target_needs_words_and_nothing_is_submitted_without(manager):
    off = {"PI3-numerator": "1", "PI3-denominator": "100"}
    answer = send(manager, GOOD | off, "submit")

    page = BeautifulSoup(answer.content, "lxml")
    links = page.select(".govuk-error-summary__list a")
    assert any(link["href"] == "#id_PI3-commentary" for link in links)
    assert all(page.find(id=link["href"][1:]) for link in links)
    assert page.title.get_text().startswith("Error: ")
    assert figure("PI1") is None and figure("PI3") is None
    assert Draft.objects.count() == 2


def test_warnings_ask_for_a_word_which_is_kept(manager):
    odd = {"PI1-numerator": "199", "PI1-denominator": "200"}
    answer = send(manager, odd, "submit")

    codes = {match[1] for match in re.finditer(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())}
    assert codes == {"outside-usual-range", "denominator-jumped"}
    assert figure("PI1") is None
    explained = {f"PI1-answer-{code}": f"Because of {code}" for code in codes}

    send(manager, explained, "submit", begun=answer)

    kept = CheckAnswer.objects.filter(revision=figure("PI1").latest).order_by("code")
    assert [(one.code, one.words) for one in kept] == [
        ("denominator-jumped", "Because of denominator-jumped"),
        ("outside-usual-range", "Because of outside-usual-range"),
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"PI1-numerator": "21", "PI1-denominator": "20"}, "more than 100%"),
        ({"PI1-numerator": "13", "PI1-denominator": "20", "PI1-value": "66"}, "gives 65.0%, not 66%"),
        ({"PI1-numerator": "13"}, "The denominator is missing"),
        ({"PI1-value": "75,4"}, "has a comma"),
        ({"PI1-value": "NA"}, "not a number. Leave it empty, or state"),
        ({"PI1-value": "<5"}, "stands for “not shown”, not a number"),
        ({"PI5-value": "12%"}, "has a percent sign"),
        ({"PI1-value": "101"}, "above 100"),
        ({"PI5-value": "2.5"}, "whole number"),
        ({"PI1-commentary": "Only words"}, "There is no figure"),
        ({"PI1-standing": "provisional"} | GOOD, "Give the day on which the final figure is expected"),
        ({"PI1-standing": "provisional", "PI1-expected_on": "soon"} | GOOD, "is not a day"),
        ({"PI1-standing": "provisional", "PI1-expected_on": "2019-01-01"} | GOOD, "is over already"),
        ({"PI1-standing": "cannot_report"}, "Say why the figure can’t be reported"),
        ({"PI1-standing": "cannot_report", "PI1-reason": "Lost"} | GOOD, "Give either a figure"),
    ],
)
def test_errors_stop_and_lose_nothing(manager, typed, message):
    answer = send(manager, typed, "submit")

    assert answer.status_code == 200
    assert message in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    for link in page.select(".govuk-error-summary__list a"):
        assert page.find(id=link["href"][1:]), link
    assert not Figure.objects.filter(month="2020-04-01").exists()
    kept = fields(answer)
    assert all(kept[name] == value for name, value in typed.items())


def test_a_count_and_a_value_with_its_counts_are_submitted(manager):
    send(manager, {"PI5-value": "6", "PI5-commentary": "One fewer."} | GOOD | {"PI1-value": "80.5"}, "submit")

    assert figure("PI5").latest.value == 6
    assert figure("PI1").latest.value is None


def test_numbers_are_taken_as_the_page_prints_them_and_kept_as_typed(manager):
    typed = {
        "PI1-value": "80.5 %",
        "PI1-commentary": "Steady",
        "PI14-value": "\u200b1,019.5",
        "PI14-commentary": "More",
    }
    page = send(manager, typed, follow=True)
    assert {name: fields(page)[name] for name in typed} == typed
    warned = {
        f"{match[1]}-answer-{match[2]}": "Counted anew"
        for match in re.finditer(r'name="(PI14?)-answer-([a-z-]+)"', page.content.decode())
    }

    send(manager, warned, "submit", begun=page)

    assert figure("PI1").latest.value == Decimal("80.5")
    assert figure("PI14").latest.value == Decimal("1019.5")


def test_a_provisional_figure_says_when_the_final_one_is_expected(manager):
    day = clock.today() + timedelta(days=20)
    send(manager, GOOD | {"PI1-standing": "provisional", "PI1-expected_on": day.isoformat()}, "submit")

    assert figure("PI1").latest.final_expected_on == day


def test_what_can_not_be_reported_is_stated_with_reason_and_day(manager, persona):
    day = clock.today() + timedelta(days=20)
    stated = {
        "PI9-standing": "cannot_report",
        "PI9-reason": "The system was down.",
        "PI9-expected_on": day.strftime("%d/%m/%Y"),
    }
    answer = send(manager, stated, "submit", follow=True)

    omission = Omission.objects.get()
    assert (omission.reason, omission.expected_on) == ("The system was down.", day)
    assert omission.stated_by == persona("trust-manager")
    assert "1 can’t be reported" in words(answer)
    assert "1 figure can't be reported (PI9)" in AuditEvent.objects.latest("sequence").summary
    send(manager, stated | {"PI9-expected_on": day.isoformat()}, "submit")
    assert Omission.objects.count() == 1


def test_it_is_reported_after_all(manager):
    day = (clock.today() + timedelta(days=20)).isoformat()
    send(
        manager,
        {"PI9-standing": "cannot_report", "PI9-reason": "Down.", "PI9-expected_on": day},
        "submit",
    )
    answer = send(
        manager,
        {
            "PI9-standing": "final", "PI9-reason": "", "PI9-expected_on": "", "PI9-numerator": "50",
            "PI9-denominator": "60", "PI9-commentary": "Found again.",
        },
        "submit:PI9",
    )  # fmt: skip
    if answer.status_code == 200:
        codes = re.findall(r'name="PI9-answer-([a-z-]+)"', answer.content.decode())
        send(manager, {f"PI9-answer-{code}": "Yes" for code in codes}, "submit:PI9", begun=answer)

    assert figure("PI9").latest.numerator == 50


def test_a_return_is_complete_when_every_indicator_has_a_figure_or_a_statement(manager):
    day = (clock.today() + timedelta(days=20)).isoformat()
    stated = {}
    for number in range(1, 16):
        stated |= {
            f"PI{number}-standing": "cannot_report",
            f"PI{number}-reason": "Down.",
            f"PI{number}-expected_on": day,
        }
    answer = send(manager, stated, "submit", follow=True)

    assert "0 of 15 indicators have a figure, 15 can’t be reported. The return is complete." in words(answer)
    complete = BeautifulSoup(manager.get(RETURNS).content, "lxml").find(
        "section", attrs={"aria-labelledby": "complete"}
    )
    assert "April 2020" in complete.get_text()


def test_a_correction_needs_a_reason_and_is_a_revision(manager):
    before = figure("PI1", date(2020, 3, 1))
    changed = {"PI1-numerator": "450", "PI1-denominator": "600"}
    answer = send(manager, changed, "submit:PI1", page=MARCH)

    assert "Say why the figure changes" in words(answer)
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    said = {f"PI1-answer-{code}": "Recounted" for code in codes} | {
        "PI1-change_reason": "One team was counted twice.",
        "PI1-commentary": "Fewer were counted.",
    }
    send(manager, said, "submit:PI1", page=MARCH, begun=answer)

    now = figure("PI1", date(2020, 3, 1))
    assert (now.latest.number, now.latest.reason) == (2, "One team was counted twice.")
    assert (now.state, now.latest.replaces_id, now.accepted_id) == ("submitted", None, None)
    assert now.latest_id != before.latest_id


def test_a_correction_of_an_accepted_figure_names_what_it_replaces(manager):
    accepted = figure("PI1", date(2020, 2, 1)).accepted_id
    page = f"{RETURNS}2020-02/"
    answer = send(
        manager,
        {"PI1-numerator": "470", "PI1-denominator": "590", "PI1-change_reason": "Recounted."},
        "submit:PI1",
        page=page,
    )
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    if codes:
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit:PI1", page=page, begun=answer)

    now = figure("PI1", date(2020, 2, 1))
    assert (now.state, now.accepted_id, now.latest.replaces_id) == ("submitted", accepted, accepted)


def test_a_figure_and_a_statement_are_said_in_one_sentence(manager):
    expected = (clock.today() + timedelta(days=20)).isoformat()
    stated = {"PI9-standing": "cannot_report", "PI9-reason": "Records are lost", "PI9-expected_on": expected}

    answer = send(manager, GOOD | stated, "submit", follow=True)

    assert (
        "1 figure and 1 statement that a figure can’t be reported submitted; the council sees them now."
        in words(answer)
    )


def test_submitting_twice_has_one_effect(manager):
    begun = manager.get(APRIL)
    send(manager, GOOD, "submit", begun=begun)
    revisions, entries = FigureRevision.objects.count(), AuditEvent.objects.count()

    answer = send(manager, GOOD, "submit", begun=begun, follow=True)

    assert "nothing new to submit" in words(answer)
    assert (FigureRevision.objects.count(), AuditEvent.objects.count()) == (revisions, entries)


def test_fifteen_figures_are_saved_and_submitted_in_few_queries(manager, django_assert_max_num_queries):
    typed = {f"PI{number}-commentary": "Typed" for number in range(1, 16)}
    sent = fields(manager.get(APRIL)) | typed | {"act": "save"}

    with django_assert_max_num_queries(20):
        manager.post(APRIL, sent)
    assert Draft.objects.count() == 15


def test_fifteen_figures_are_refused_in_few_queries(manager, django_assert_max_num_queries):
    typed = {f"PI{number}-value": "7,500" for number in range(1, 16)}
    sent = fields(manager.get(APRIL)) | typed | {"act": "submit"}

    with django_assert_max_num_queries(25):
        answer = manager.post(APRIL, sent)
    assert "Nothing was submitted yet" in words(answer)
    assert Draft.objects.count() == 15


def test_the_judgement_while_typing_is_the_servers_own_and_keeps_nothing(manager):
    sent = {name: value for name, value in fields(manager.get(APRIL)).items() if name.startswith("PI1-")}

    answer = manager.post(f"{APRIL}judged/", sent | {"PI1-numerator": "360", "PI1-denominator": "600"})

    assert list(answer.json()) == ["PI1"]
    assert "60.0%, failed" in answer.json()["PI1"]
    assert not Draft.objects.exists()


def test_the_dashboard_shows_what_was_submitted(manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(manager, GOOD, "submit")

    assert IndicatorStatus.objects.get(indicator__code="PI1", month="2020-04-01").status == "on_target"
    assert "80.5%" in words(manager.get("/contracts/sandwell/?month=2020-04"))


def test_a_query_is_answered_by_another_figure(manager, persona, signed_in):
    officer = signed_in(persona("client-officer"))
    asked = {"revision": figure("PI1", date(2020, 3, 1)).latest_id, "reason": "Which team?"}
    asked["answer_by"] = (clock.today() + timedelta(days=5)).isoformat()
    officer.post("/contracts/sandwell/review/PI1/query/?month=2020-03", asked)

    page = manager.get(MARCH)

    edit = BeautifulSoup(page.content, "lxml").find(id="PI1")
    assert "The council asks: Which team?" in " ".join(edit.get_text(" ").split())
    answer = send(
        manager,
        {"PI1-numerator": "480", "PI1-denominator": "600", "PI1-change_reason": "Recounted."},
        "submit:PI1",
        page=MARCH,
    )
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    if codes:
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit:PI1", page=MARCH, begun=answer)
    assert figure("PI1", date(2020, 3, 1)).state == "submitted"
