"""The Trust types a month and keeps it as a draft, to the letter, for itself alone."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from kpis.figures.models import Figure, Omission
from kpis.returns.models import Draft
from parties.models import User
from tests.kpis.returns.pages import APRIL, GOOD, MARCH, RETURNS, fields, figure, send
from tests.pages import sent_by, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later", "april")]


# --- drafts


def test_whatever_is_typed_is_kept_as_it_was_typed(manager, persona):
    answer = send(
        manager, {"PI1-numerator": "12%", "PI1-commentary": "Half a thought\nof two lines"}, follow=True
    )

    assert "Draft saved: 1 indicator changed." in words(answer)
    draft = Draft.objects.get()
    assert (draft.numerator, draft.commentary) == ("12%", "Half a thought\nof two lines")
    assert (draft.changed_by, draft.month) == (persona("trust-manager"), date(2020, 4, 1))
    edit = BeautifulSoup(answer.content, "lxml").find(id="PI1")
    assert "has a percent sign" in edit.get_text()
    assert edit.find(id="id_PI1-numerator")["value"] == "12%"
    assert "Half a thought\nof two lines" in edit.find("textarea").get_text()
    assert figure("PI1") is None


def test_one_row_in_the_trail_for_each_save_and_no_figure_in_it(manager):
    before = AuditEvent.objects.count()
    send(manager, {"PI1-numerator": "1234", "PI3-numerator": "777"})

    assert AuditEvent.objects.count() == before + 1
    entry = AuditEvent.objects.latest("sequence")
    assert entry.summary == "Draft of April 2020 saved: PI1, PI3."
    assert "1234" not in str(entry.changes) and "777" not in str(entry.changes)


def test_the_same_form_sent_twice_has_one_effect(manager):
    begun = manager.get(APRIL)
    send(manager, GOOD, begun=begun)
    before = AuditEvent.objects.count()

    answer = send(manager, GOOD, begun=begun, follow=True)

    assert "Everything was saved already." in words(answer)
    assert AuditEvent.objects.count() == before


def test_a_draft_that_is_emptied_goes(manager):
    send(manager, GOOD)
    send(manager, {"PI1-numerator": "", "PI1-denominator": ""})

    assert not Draft.objects.exists()


def test_a_draft_that_says_again_what_was_submitted_goes(manager):
    begun = manager.get(MARCH)
    kept = fields(begun)
    send(manager, {"PI1-commentary": "Another word"}, page=MARCH)
    assert Draft.objects.count() == 1

    send(manager, {"PI1-commentary": kept["PI1-commentary"]}, page=MARCH)

    assert not Draft.objects.exists()


def test_drafts_are_seen_by_the_trust_only(manager, persona, signed_in):
    send(manager, {"PI1-numerator": "98765", "PI1-denominator": "99999"})

    for who in ("client-officer", "scrutiny-member", "administrator"):
        client = signed_in(persona(who))
        assert client.get(APRIL).status_code == 403
        assert client.get(RETURNS).status_code == 403
        for page in ("", "?month=2020-04", "review/?month=2020-04", "indicators/PI1/?month=2020-04"):
            assert "98765" not in client.get(f"/contracts/sandwell/{page}").content.decode()


@pytest.mark.parametrize(
    ("field", "most"),
    [("PI1-numerator", 40), ("PI1-commentary", 5000), ("PI1-reason", 500), ("PI1-expected_on", 20)],
)
def test_more_than_can_be_kept_is_refused_with_the_text_still_there(manager, field, most):
    answer = send(manager, {field: "x" * (most + 1), "PI3-numerator": "5"})

    assert answer.status_code == 200
    assert f"at most {most} characters" in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    assert "x" * (most + 1) in str(page.find(id=f"id_{field}"))
    assert page.find(id="id_PI3-numerator")["value"] == "5"
    assert not Draft.objects.exists()


# --- a session that ended


def test_what_was_typed_when_the_session_had_ended_is_kept_through_the_sign_in(april, client, colleague):
    person = User.objects.get(username="colleague")
    person.set_password("a long walk by the canal")
    person.save()
    colleague.force_login(person)
    sent = fields(colleague.get(APRIL)) | {"PI1-numerator": "4321", "PI1-commentary": "Two\nlines"}
    colleague.session.flush()

    away = colleague.post(APRIL, sent | {"act": "submit"})
    assert away.status_code == 307
    page = colleague.post(away["Location"], sent | {"act": "submit"})
    assert "What you typed is kept on this page" in words(page)
    form = BeautifulSoup(page.content, "lxml").find("form", action="/sign-in/")
    kept = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
    back = colleague.post(
        "/sign-in/", kept | {"username": "colleague", "password": "a long walk by the canal"}
    )
    assert "What you typed is still here" in words(back)
    assert "“return, April 2020”" in words(back) and "PI1 Numerator 4321" in words(back)
    colleague.post(APRIL, sent_by(back, APRIL))

    draft = Draft.objects.get()
    assert (draft.numerator, draft.commentary) == ("4321", "Two\nlines")
    assert not Figure.objects.filter(month="2020-04-01").exists()


# --- explanations

ODD = {"PI1-numerator": "199", "PI1-denominator": "200"}
SAID = {
    "PI1-answer-denominator-jumped": "One office was closed.",
    "PI1-answer-outside-usual-range": "It was.",
}


@pytest.mark.parametrize(
    "slip",
    [{"PI1-numerator": "8x"}, {"PI3-commentary": "x" * 5001}, {"PI1-numerator": "400"}],
    ids=["unreadable", "another-too-long", "no-warning-now"],
)
def test_an_explanation_stays_whatever_happens_to_the_numbers(manager, slip):
    page = send(manager, ODD, "submit")
    kept = send(manager, SAID | slip, "submit", begun=page)

    assert {name: fields(kept)[name] for name in SAID} == SAID
    again = send(manager, {"PI1-numerator": "199", "PI3-commentary": ""}, begun=kept, follow=True)
    assert {name: fields(again)[name] for name in SAID} == SAID


def test_an_explanation_stays_on_the_page_of_a_conflict(manager, colleague):
    begun = colleague.get(APRIL)
    send(manager, {"PI1-numerator": "5"})

    answer = send(colleague, ODD | SAID, begun=begun)

    assert answer.status_code == 409
    assert {name: fields(answer)[name] for name in SAID} == SAID


def test_the_same_form_with_explanations_sent_twice_is_no_conflict(manager):
    sent = fields(send(manager, ODD, "submit")) | SAID | {"act": "submit"}
    manager.post(APRIL, sent)
    entries = AuditEvent.objects.count()

    answer = manager.post(APRIL, sent, follow=True)

    assert "nothing new to submit" in words(answer)
    assert AuditEvent.objects.count() == entries
    assert figure("PI1").latest.number == 1


@pytest.mark.parametrize("text", ["a\0b", "a\x07b"])
def test_control_characters_are_refused_in_words(manager, text):
    assert manager.post(f"{RETURNS}yours/", {"indicator": [text]}).status_code == 302
    answer = send(manager, ODD | {"PI1-answer-denominator-jumped": text})
    assert "control characters" in words(answer)
    stated = {"PI9-standing": "cannot_report", "PI9-reason": "a\x07b", "PI9-expected_on": "2031-01-01"}
    assert "control characters" in words(send(manager, stated, "submit"))
    assert not Omission.objects.exists()


def test_answers_to_checks_that_there_are_not_are_not_kept(manager):
    send(manager, GOOD | {"PI1-answer-made-up": "Words"})

    assert Draft.objects.get().answers == {}


def test_line_breaks_are_changes_and_count_as_one_character(manager):
    send(manager, {"PI1-commentary": "One two"})
    send(manager, {"PI1-commentary": "One\r\n\r\ntwo"})
    assert Draft.objects.get().commentary == "One\n\ntwo"

    send(manager, {"PI1-commentary": "\r\n".join(["x" * 99] * 50)})
    assert len(Draft.objects.get().commentary) == 50 * 99 + 49
