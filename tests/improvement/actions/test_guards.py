"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_confirmation
from improvement.actions.updating import Report, update_action
from improvement.models import Action, Event, Evidence, Statement
from improvement.rules.status import Status
from tests.improvement.conftest import TODAY

pytestmark = pytest.mark.django_db

SAMPLE = Found("survey", "Better", TODAY, date(2020, 10, 1))


def refused(write, says=""):
    with pytest.raises((IntegrityError, DatabaseError), match=says or None), transaction.atomic():
        write()


@pytest.fixture
def waiting(turn, action, trust_manager):
    found = update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")]
    )
    add_evidence(turn(trust_manager, found), found=SAMPLE)
    return ask_confirmation(turn(trust_manager, found), words="It is better")


def event(action, by, party, **fields):
    defaults = {
        "action": action, "number": action.version + 1, "day": TODAY, "party": party, "taken_by": by,
        "taken_as": "Somebody", "words": "Words",
    }  # fmt: skip
    return Event.objects.create(**(defaults | fields))


def test_phase_2_is_not_completed_without_an_event(action):
    found = Action.objects.filter(pk=action("OR1", 1).pk)

    refused(lambda: found.update(phase2="completed"), "completed by a confirmation only")
    refused(lambda: found.update(phase1="completed"), "Phase 1 changes by an event")
    refused(lambda: found.update(outcome="closed"), "ends otherwise")
    refused(lambda: found.update(target=date(2021, 1, 1)), "target moves by an event")
    refused(lambda: found.update(first_target=date(2021, 1, 1)), "first target")
    refused(lambda: found.update(version=7), "number of its last event")
    refused(found.delete)


def test_a_status_event_never_completes_phase_2(action, trust_manager):
    refused(
        lambda: event(
            action("OR1", 1),
            trust_manager,
            "provider",
            kind="status",
            phase=2,
            was="on_track",
            now="completed",
        )
    )


def test_nobody_confirms_their_own_side_or_their_own_words(waiting, trust_manager, client_officer):
    confirm = {"kind": "confirmed", "phase": 2, "was": "unknown", "now": "completed"}

    refused(lambda: event(waiting, client_officer, "provider", **confirm), "by the other party")
    refused(lambda: event(waiting, trust_manager, "commissioner", **confirm), "doesn't confirm it")
    assert event(waiting, client_officer, "commissioner", **confirm).pk


def test_nothing_is_confirmed_that_was_not_asked(action, client_officer, turn, trust_manager):
    found = update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")]
    )
    confirm = {"kind": "confirmed", "phase": 2, "now": "completed"}

    Action.objects.filter(pk=found.pk).update(waits="confirmation")
    refused(lambda: event(found, client_officer, "commissioner", **confirm), "by evidence only")
    Action.objects.filter(pk=found.pk).update(waits="")
    add_evidence(turn(trust_manager, found), found=SAMPLE)
    refused(lambda: event(found, client_officer, "commissioner", **confirm), "asked for")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "status", "phase": 1, "was": "on_track", "now": "not_on_track_delayed"},
        {
            "kind": "status",
            "phase": 1,
            "was": "on_track",
            "now": "not_on_track_mitigated",
            "risk": "R",
            "risk_owner": "O",
        },
        {"kind": "status", "phase": 3, "was": "on_track", "now": "on_track"},
        {"kind": "status", "phase": 1, "was": "on_track", "now": "unknown"},
        {"kind": "moved", "target_now": date(2020, 6, 1)},
        {"kind": "moved", "target_now": date(2020, 6, 2), "agreed_by": "Officer"},
        {"kind": "said", "words": ""},
        {"kind": "proposed", "now": "superseded"},
        {"kind": "said", "taken_by": None},
        {"kind": "said", "party": "nobody"},
    ],
    ids=str,
)
def test_an_event_says_what_it_must(action, trust_manager, fields):
    refused(lambda: event(action("OR1", 1), trust_manager, **({"party": "provider"} | fields)))


def test_history_stays(waiting):
    for rows in (Event.objects.all(), Evidence.objects.all(), Statement.objects.all()):
        row = rows.latest("pk")
        refused(lambda rows=rows: rows.update(taken_as="Somebody else"), "kept as they were written")
        refused(row.delete, "kept as they were written")
