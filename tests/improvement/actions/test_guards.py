"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_confirmation
from improvement.actions.updating import Report, update_action
from improvement.models import Action, Event, Evidence, Owner, Ownership, Statement
from improvement.rules.status import Status
from tests.conftest import _person
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
    shown = add_evidence(turn(trust_manager, found), found=SAMPLE).action
    return ask_confirmation(turn(trust_manager, shown), words="It is better")


@pytest.fixture
def second_manager(contract):
    return _person("second-manager", contract.provider, "trust_manager")


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
    rows = Action.objects.filter(pk=found.pk)

    refused(lambda: rows.update(waits="confirmation"), "waits for what was asked")
    refused(lambda: event(found, client_officer, "commissioner", **confirm))
    shown = add_evidence(turn(trust_manager, found), found=SAMPLE).action
    refused(lambda: rows.update(waits="confirmation"), "waits for what was asked")
    refused(lambda: event(shown, client_officer, "commissioner", **confirm), "asked for")


def test_the_side_that_asked_never_answers_whoever_owns_it_by_then(waiting, client_officer, second_manager):
    """The action is given to the council after the Trust asked."""
    council = Owner.objects.get(side="council")
    Ownership.objects.filter(action=waiting).update(owner=council)
    confirm = {"kind": "confirmed", "phase": 2, "was": "unknown", "now": "completed"}

    refused(lambda: event(waiting, second_manager, "provider", **confirm), "by the other party")
    assert event(waiting, client_officer, "commissioner", **confirm).pk


def test_nothing_is_asked_of_what_is_not_done_nor_by_what_shows_nothing(
    turn, action, trust_manager, client_officer
):
    asked = {"kind": "asked", "phase": 2}
    refused(lambda: event(action("OR1", 1), trust_manager, "provider", **asked), "of what is done")
    done = update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")])
    for fields in ({"independent": False}, {"again_on": TODAY}):
        kept = {
            "kind": "audit", "shows": "18 of 20", "seen_on": date(2020, 4, 1), "again_on": date(2020, 10, 1),
            "sample": 20, "looked_by": "Reviewers", "independent": True, "version": done.version, "day": TODAY,
            "party": "provider", "taken_by": trust_manager, "taken_as": "Somebody", "action": done,
        }  # fmt: skip
        Evidence.objects.create(**(kept | fields))
        refused(lambda: event(done, trust_manager, "provider", **asked), "evidence that holds")


def test_events_are_kept_in_the_order_of_their_days(action, trust_manager):
    refused(
        lambda: event(action("OR1", 1), trust_manager, "provider", kind="said", day=date(2019, 1, 1)),
        "order of their days",
    )


def test_whoever_added_the_evidence_does_not_confirm(waiting, client_officer):
    Evidence.objects.create(
        kind="survey", shows="Better", seen_on=TODAY, again_on=date(2020, 10, 1), version=waiting.version, day=TODAY,
        party="commissioner", taken_by=client_officer, taken_as="Officer", action=waiting,
    )  # fmt: skip
    confirm = {"kind": "confirmed", "phase": 2, "was": "unknown", "now": "completed"}

    refused(lambda: event(waiting, client_officer, "commissioner", **confirm), "doesn't confirm it")


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
