"""What the form of an update offers at first, and what is written of what was sent."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.models import Action, Event
from tests.improvement.sending import BASE, send
from tests.pages import words

pytestmark = pytest.mark.django_db
OWN = f"{BASE}/actions/"
NURSE = f"{BASE}/plans/small/actions/OR2/2/"  # nothing is recorded of it, and it has no date


def written(code="OR2", number=2):
    """What was said of an action, as kind, phase and status."""
    rows = Event.objects.filter(
        action__recommendation__code=code, action__number=number, provenance="returned"
    )
    return list(rows.values_list("kind", "phase", "now"))


@pytest.mark.parametrize("page", [OWN, NURSE])
def test_a_phase_of_which_nothing_is_recorded_is_left_so(signed_in, trust_manager, plan, page):
    client = signed_in(trust_manager)
    form = BeautifulSoup(client.get(page).content, "lxml").find(
        "form", action=lambda address: address and address.endswith("OR2/2/update/")
    )
    for phase in ("phase1", "phase2"):
        assert form.select_one(f"[name={phase}] [selected]").text == "Leave as it is"

    send(client, "OR2/2/update", page=page, phase1="on_track", words="Two are asked")

    assert written() == [("status", 1, "on_track")]


def test_a_phase_that_is_left_as_it_is_can_be_left_by_choice(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    send(client, "update", phase1="", phase2="on_track", words="Leaders say so")
    send(client, "update", phase1="", words="They still do")

    assert written("OR1", 1) == [("status", 2, "on_track"), ("status", 2, "on_track")]


def test_words_that_stand_by_no_phase_are_not_lost(signed_in, trust_manager, plan):
    answer = send(signed_in(trust_manager), "update", page=NURSE, words="Nobody applied", target="2020-06")

    assert "sent as a comment" in words(answer)
    assert BeautifulSoup(answer.content, "lxml").find(id="update-phase1-error")
    assert "Nobody applied" in answer.content.decode()
    assert written() == []


def test_an_update_in_which_everything_is_left_says_so(signed_in, trust_manager, plan):
    assert "Say what happened" in words(send(signed_in(trust_manager), "update", page=NURSE))
    assert written() == []


@pytest.mark.parametrize(("month", "taken"), [("2020-01", False), ("2020-03", False), ("2020-04", True)])
def test_a_target_is_this_month_or_later(signed_in, trust_manager, plan, month, taken):
    move = {"target": month, "moved_because": "Staff are ill", "agreed_by": "Client officer"}
    answer = send(signed_in(trust_manager), "update", words="Not done yet", **move)

    assert ("is over: a target is this month or a later one" in words(answer)) is not taken
    assert bool(BeautifulSoup(answer.content, "lxml").find(id="update-target-error")) is not taken
    assert [kind for kind, _, _ in written("OR1", 1)] == (["moved", "status"] if taken else [])


def test_a_first_target_is_set_without_a_reason(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    form = BeautifulSoup(client.get(NURSE).content, "lxml").find(id="update")
    assert "It has none yet" in form.text
    assert not form.find(attrs={"name": "moved_because"})

    refused = send(client, "update", page=NURSE, target="2020-06")
    assert BeautifulSoup(refused.content, "lxml").find(id="update-agreed_by-error")
    page = words(send(client, "update", page=NURSE, target="2020-06", agreed_by="Client officer"))

    assert "Target set to June 2020" in page
    assert Action.objects.get(recommendation__code="OR2", number=2).first_target == date(2020, 6, 1)
    assert "Why it moves" in words(client.get(NURSE))


def test_what_is_overdue_is_asked_for_what_is_needed_alone(signed_in, trust_manager, plan):
    answer = send(signed_in(trust_manager), "update", words="")

    said = BeautifulSoup(answer.content, "lxml").find(id="update-words-error").text
    assert said.strip().endswith("is past. Say why it isn’t done yet.")


@pytest.mark.parametrize("phases", [{"phase1": "", "phase2": "on_track"}, {"phase1": "on_track"}])
def test_what_is_past_its_target_gets_a_word_whichever_phase_is_said(signed_in, trust_manager, plan, phases):
    client = signed_in(trust_manager)

    refused = send(client, "update", **phases)

    assert BeautifulSoup(refused.content, "lxml").find(id="update-words-error")
    assert written("OR1", 1) == []
    send(client, "update", **phases, words="The trainer is ill")
    assert len(written("OR1", 1)) == 1


def test_what_is_done_is_not_done_anew_by_a_word_about_its_impact(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    send(client, "update", phase1="completed", words="All are trained")
    send(client, "update", phase2="on_track", words="Teams say so")
    send(client, "update", words="They still do")

    assert written("OR1", 1) == [
        ("status", 1, "completed"),
        ("status", 2, "on_track"),
        ("status", 2, "on_track"),
    ]


@pytest.mark.parametrize(
    ("phases", "field"), [({"phase1": "", "phase2": ""}, "phase1"), ({"phase1": "on_track"}, "risk")]
)
def test_a_risk_that_stands_by_no_phase_is_not_lost(signed_in, trust_manager, plan, phases, field):
    risk = {"risk": "Staff leave", "mitigation": "Cover", "risk_owner": "Lead"}
    move = {"target": "2020-06", "moved_because": "Staff are ill", "agreed_by": "Client officer"}

    answer = send(signed_in(trust_manager), "update", **phases, **risk, **move)

    assert BeautifulSoup(answer.content, "lxml").find(id=f"update-{field}-error")
    assert "Staff leave" in answer.content.decode()
    assert written("OR1", 1) == []


def test_a_risk_that_is_filled_in_goes_with_the_status_it_was_of(signed_in, trust_manager, plan):
    client, risk = signed_in(trust_manager), {"risk": "Staff leave", "risk_owner": "Lead"}
    send(client, "update", phase1="not_on_track_delayed", words="Late", **risk)
    send(client, "update", phase1="on_track", words="Back on course")

    assert written("OR1", 1) == [("status", 1, "not_on_track_delayed"), ("status", 1, "on_track")]
