"""What the form of an update offers at first, and what is written of what was sent."""

import pytest
from bs4 import BeautifulSoup

from improvement.models import Event
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
