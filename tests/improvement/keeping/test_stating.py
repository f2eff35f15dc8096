"""The status that is stated of a recommendation, by whoever keeps the plan."""

from datetime import date

import pytest

from improvement.actions import settling
from improvement.actions import updating as steps
from improvement.actions.updating import Report
from improvement.models import Recommendation, Reference, Statement
from improvement.rules.status import Status
from tests.improvement.keeping.conftest import opened
from tests.pages import words

pytestmark = pytest.mark.django_db
PLAN = "/contracts/sandwell/plans/small/"
STATE = f"{PLAN}recommendations/OR1/state/"


@pytest.fixture
def known(plan, turn, action, trust_manager):
    """Both actions of OR1 have a status: delayed and on track in Phase 1, not started in Phase 2."""
    late = Report(1, Status.DELAYED, "Held up", risk="Nobody is there", risk_owner="The lead")
    for number, first in ((1, late), (2, Report(1, Status.ON_TRACK))):
        steps_of = turn(trust_manager, action("OR1", number))
        if number == 2:
            action("OR1", 2).ownerships.update(owner=plan.owners.get(role="Director of Operations"))
        steps.update_action(steps_of, reports=[first, Report(2, Status.NOT_STARTED)])
    return plan


@pytest.fixture
def ended(plan, turn, action, trust_manager, action_owner, client_officer):
    """Both actions of OR1 are closed without being done."""
    for number, asks in ((1, trust_manager), (2, action_owner)):
        settling.propose_end(turn(asks, action("OR1", number)), words="No longer needed")
        settling.agree_end(turn(client_officer, action("OR1", number)))
    return plan


def made():
    return [
        (row.reference.code, row.phase, row.status, row.computed, row.words)
        for row in Statement.objects.filter(provenance="returned").order_by("reference__code", "phase")
    ]


def test_a_status_is_stated_with_its_reason(signed_in, trust_manager, known, fill):
    client = signed_in(trust_manager)
    assert "Its actions come to" in words(client.get(STATE))

    refused = fill(client, STATE, phase1="on_track", phase2="not_started")
    assert "Say why you state it otherwise" in words(refused)
    assert made() == []
    done = fill(client, STATE, phase1="on_track", words1="The delay is over this week", phase2="not_started")

    assert "OR1 is stated" in words(done)
    assert made() == [
        ("OR1", 1, "on_track", "not_on_track_delayed", "The delay is over this week"),
        ("OR1", 2, "not_started", "not_started", ""),
    ]
    said = Statement.objects.filter(provenance="returned").first()
    assert (said.taken_by, said.party, said.day) == (trust_manager, "provider", date(2020, 4, 20))
    assert "The delay is over this week" in words(client.get(f"{PLAN}recommendations/OR1/"))


def test_nothing_is_stated_anew_without_being_asked_for(signed_in, trust_manager, known, fill):
    client = signed_in(trust_manager)
    fill(client, STATE, phase1="on_track", words1="The delay is over", phase2="not_started")
    before = made()

    offered = opened(client, STATE)
    refused = fill(client, STATE)

    assert (offered["phase1"], offered["phase2"]) == ("", "")
    assert "Say where at least one phase stands" in words(refused)
    assert made() == before


def test_over_actions_that_are_not_all_recorded_a_status_says_why_and_is_marked(
    signed_in, trust_manager, plan, fill
):
    client = signed_in(trust_manager)
    before = words(client.get(PLAN))
    assert "≠" not in before  # what is printed stays as it is

    refused = fill(client, STATE, phase1="completed")
    assert "Say why you state it otherwise" in words(refused)
    assert made() == []
    fill(client, STATE, phase1="completed", words1="The board has seen it")

    assert made() == [("OR1", 1, "completed", "unknown", "The board has seen it")]
    after = words(client.get(PLAN))
    assert "stated completed; its actions come to not recorded: The board has seen it" in after
    assert after.count("≠") == 2  # its cell, and the list of them
    assert "Its actions come to" in words(client.get(f"{PLAN}recommendations/OR1/"))


@pytest.fixture
def without_actions(signed_in, trust_manager, plan, fill):
    """MV9 was added by form, and has no action."""
    add = f"{PLAN}priorities/1/add-recommendation/"
    fill(signed_in(trust_manager), add, references="MV9", title="New")
    return f"{PLAN}recommendations/MV9/"


def test_a_row_without_an_action_has_nothing_that_it_could_differ_from(
    signed_in, trust_manager, without_actions, fill
):
    client, address = signed_in(trust_manager), f"{without_actions}state/"
    assert "It has no action yet" in words(client.get(address))

    refused = words(fill(client, address, phase1="on_track", phase2="completed"))
    assert "confirmed of all its actions: it has none yet." in refused
    assert "MV9 is stated" in words(fill(client, address, phase1="on_track"))

    assert "≠" not in words(client.get(PLAN))


def test_what_was_stated_before_there_was_an_action_is_to_be_stated_anew(
    signed_in, trust_manager, without_actions, fill
):
    client, page = signed_in(trust_manager), without_actions
    fill(client, f"{page}state/", phase1="on_track")

    fill(client, f"{page}add-action/", title="Ask them")

    assert "stated before the last update. State it anew : MV9" in words(client.get(PLAN))
    fill(client, f"{page}state/", phase1="on_track", words1="They are asked already")
    assert "State it anew" not in words(client.get(PLAN))


def test_where_every_action_ended_undone_a_status_says_why_and_is_marked(
    signed_in, trust_manager, ended, fill
):
    client = signed_in(trust_manager)
    instead = "all its actions ended without being done"
    assert f"stated on track; {instead}, stated before" in words(client.get(PLAN))
    assert words(client.get(STATE)).count(instead.capitalize()) == 2

    refused = words(fill(client, STATE, phase1="completed"))
    assert f"Say why you state it otherwise: {instead}." in refused
    assert made() == []
    fill(client, STATE, phase1="completed", words1="The board sees no need")

    assert made() == [("OR1", 1, "completed", "unknown", "The board sees no need")]
    assert f"stated completed; {instead}: The board sees no need" in words(client.get(PLAN))


def test_phase_2_is_completed_by_its_actions_alone(signed_in, trust_manager, known, fill):
    said = words(fill(signed_in(trust_manager), STATE, phase1="", phase2="completed", words2="It just is"))
    assert "Phase 2 is completed once that is confirmed of all its actions" in said
    unknown = f"{PLAN}recommendations/OR2/state/"
    assert "Phase 2 is completed once" in words(
        fill(signed_in(trust_manager), unknown, phase1="", phase2="completed", words2="It just is")
    )
    assert made() == []


def test_every_reference_of_the_row_or_one(signed_in, trust_manager, plan, fill):
    row = Recommendation.objects.get(code="OR2")
    Reference.objects.create(plan=plan, code="MV2", title="Also", recommendation=row, in_row=1)
    client, address = signed_in(trust_manager), f"{PLAN}recommendations/OR2/state/"

    fill(client, address, phase1="on_track", words1="The head of housing says so")
    fill(client, address, reference="MV2", phase2="on_track", words2="Fewer are missing")

    assert [one[:3] for one in made()] == [
        ("MV2", 1, "on_track"), ("MV2", 2, "on_track"), ("OR2", 1, "on_track"),
    ]  # fmt: skip


def test_at_least_one_phase_is_stated(signed_in, trust_manager, plan, fill):
    assert "Say where at least one phase stands" in words(
        fill(signed_in(trust_manager), STATE, phase1="", phase2="")
    )
    assert made() == []


def test_a_row_that_moved_on_is_looked_at_again(signed_in, trust_manager, plan, fill):
    client = signed_in(trust_manager)
    earlier = opened(client, STATE)
    fill(client, STATE, phase1="on_track", words1="The lead says so")

    answer = client.post(STATE, earlier | {"phase1": "completed", "phase2": ""})

    assert answer.status_code == 409
    assert "moved on since you opened it" in words(answer)
    assert [one[2] for one in made()] == ["on_track"]


def test_a_row_without_a_reference_has_nothing_to_state(signed_in, trust_manager, plan, fill):
    Recommendation.objects.create(priority=plan.priorities.get(), position=9, code="alone", title="Alone")
    client, address = signed_in(trust_manager), f"{PLAN}recommendations/alone/state/"
    assert "no place for it" in words(client.get(address))
    assert client.post(address, {"seen": "unknown-unknown-0", "phase1": "on_track"}).status_code == 200
    assert made() == []
