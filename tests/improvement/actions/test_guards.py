"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_confirmation, send_back
from improvement.actions.updating import Report, update_action
from improvement.models import (
    Action,
    Block,
    Event,
    Evidence,
    Measure,
    Owner,
    Ownership,
    Plan,
    Priority,
    Recommendation,
    Reference,
    Statement,
)
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

    refused(lambda: event(waiting, client_officer, "provider", kind="sent_back"), "by the other party")
    refused(lambda: event(waiting, client_officer, "provider", **confirm))
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


def test_whose_it_is_stays_while_it_waits(waiting, turn, client_officer):
    """Its owners decide who answers; afterwards they can be others again."""
    held = Ownership.objects.filter(action=waiting)
    council = Owner.objects.get(side="council")

    refused(lambda: held.update(owner=council), "Whose an action is")
    refused(held.delete, "Whose an action is")
    refused(lambda: Ownership.objects.create(action=waiting, owner=council, position=1), "Whose an action is")
    refused(lambda: Owner.objects.filter(ownerships__in=held).update(side="council"), "Whose an action is")
    send_back(turn(client_officer, waiting), words="How many cases?")
    assert held.update(owner=council) == 1


@pytest.mark.parametrize(("side", "asks", "answers"), [
    ("trust", "provider", "commissioner"),
    ("trust", "commissioner", "commissioner"),
    ("council", "provider", "provider"),
    ("council", "commissioner", "provider"),
    ("police", "provider", "commissioner"),
    ("police", "commissioner", "provider"),
])  # fmt: skip
def test_who_answers_what_was_asked(turn, action, trust_manager, client_officer, side, asks, answers):
    """Of what one side alone owns the other party, whoever asked; of what a partner owns, the party that didn't ask."""
    found = action("OR1", 1)
    Ownership.objects.filter(action=found).update(owner=Owner.objects.filter(side=side).get())
    event(found, trust_manager, asks, kind="proposed", now="closed")
    Action.objects.filter(pk=found.pk).update(version=2, waits="end", asked_by=asks)
    found.refresh_from_db()
    other = "provider" if answers == "commissioner" else "commissioner"

    refused(lambda: event(found, client_officer, other, kind="declined"), "by the other party")
    assert event(found, client_officer, answers, kind="declined").pk


def test_a_confirmation_rests_on_what_somebody_else_showed(turn, action, trust_manager, client_officer):
    """An action of Trust and council: the council shows it, the Trust asks; what the Trust shows carries it."""
    found = action("OR1", 1)
    housing = Owner.objects.get(role="Housing representative")
    Ownership.objects.create(action=found, owner=housing, position=1)
    done = update_action(turn(trust_manager, found), reports=[Report(1, Status.COMPLETED, "Done")])
    kept = {
        "kind": "survey", "shows": "Better", "seen_on": TODAY, "again_on": date(2020, 10, 1),
        "version": done.version, "day": TODAY, "taken_as": "Somebody", "action": done,
    }  # fmt: skip
    other = _person(
        "other-officer", done.recommendation.priority.plan.contract.commissioner, "client_officer"
    )
    Evidence.objects.create(**kept, party="commissioner", taken_by=other)
    event(done, trust_manager, "provider", kind="asked", phase=2)
    Action.objects.filter(pk=done.pk).update(
        version=done.version + 1, waits="confirmation", asked_by="provider"
    )
    done.refresh_from_db()
    confirm = {"kind": "confirmed", "phase": 2, "was": "unknown", "now": "completed"}

    refused(lambda: event(done, client_officer, "commissioner", **confirm), "of others than who confirms")
    Evidence.objects.create(**kept, party="provider", taken_by=trust_manager)
    assert event(done, client_officer, "commissioner", **confirm).pk


@pytest.mark.parametrize(
    "fields", [{"taken_by": None}, {"party": ""}, {"taken_by": None, "party": ""}], ids=str
)
def test_an_answer_is_somebodys_though_it_is_illustrative(waiting, client_officer, fields):
    given = {
        "party": "commissioner", "kind": "confirmed", "phase": 2, "was": "unknown", "now": "completed",
        "provenance": "illustrative",
    }  # fmt: skip

    refused(lambda: event(waiting, client_officer, **(given | fields)))
    assert event(waiting, client_officer, **given).pk


def test_what_rows_are_known_by_stays(action):
    found = Action.objects.filter(pk=action("OR1", 1).pk)
    other = Recommendation.objects.get(code="OR2")

    for changes in ({"number": 77}, {"recommendation": other}, {"added_on": TODAY}):
        refused(lambda changes=changes: found.update(**changes), "keeps its row, its number")
    refused(lambda: found.update(asked_by="commissioner"), "Who asked last")
    rows = Recommendation.objects.filter(pk=other.pk)
    refused(lambda: rows.update(code="OR1"), "keeps its code")
    refused(
        lambda: Recommendation.objects.create(priority=other.priority, position=9, code="OR1", title="Again")
    )
    refused(lambda: Priority.objects.update(number=9), "keeps its plan and its number")


def test_nothing_of_a_plan_is_deleted(plan):
    nobodys = Owner.objects.create(plan=plan, role="Nobody’s", side="other")
    alone = Reference.objects.get(code="OR3")
    of_each = (model.objects.first() for model in (Measure, Block, Recommendation, Priority, Plan))

    for row in (nobodys, alone, *of_each):
        found = type(row).objects.filter(pk=row.pk)
        refused(lambda found=found: found._raw_delete(found.db), "Nothing of a plan is deleted")


def test_nothing_is_asked_of_what_is_not_done_nor_by_what_shows_nothing(
    turn, action, trust_manager, client_officer
):
    found, asked = action("OR1", 1), {"kind": "asked", "phase": 2}
    kept = {
        "kind": "audit", "shows": "18 of 20", "seen_on": date(2020, 4, 1), "again_on": date(2020, 10, 1),
        "sample": 20, "looked_by": "Reviewers", "independent": True, "version": found.version, "day": TODAY,
        "party": "provider", "taken_by": trust_manager, "taken_as": "Somebody", "action": found,
    }  # fmt: skip
    Evidence.objects.create(**kept)
    refused(lambda: event(found, trust_manager, "provider", **asked), "of what is done")
    done = update_action(turn(trust_manager, found), reports=[Report(1, Status.COMPLETED, "Done")])
    for fields in ({"independent": False}, {"again_on": TODAY}):
        Evidence.objects.create(**(kept | {"version": done.version} | fields))
        refused(lambda: event(done, trust_manager, "provider", **asked), "evidence that holds")


def test_events_are_kept_in_the_order_of_their_days(action, trust_manager):
    refused(
        lambda: event(action("OR1", 1), trust_manager, "provider", kind="said", day=date(2019, 1, 1)),
        "order of their days",
    )


def test_what_is_done_does_not_end_undone(turn, action, trust_manager, client_officer):
    done = update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")])
    for kind, by, party in (
        ("proposed", trust_manager, "provider"),
        ("ended", client_officer, "commissioner"),
    ):
        refused(lambda kind=kind, by=by, party=party: event(done, by, party, kind=kind, now="closed"))


def test_a_target_moves_to_a_month_that_is_not_over(action, trust_manager):
    move = {"kind": "moved", "agreed_by": "Officer"}

    refused(
        lambda: event(action("OR1", 1), trust_manager, "provider", target_now=date(2020, 3, 1), **move),
        "or a later one",
    )
    event(action("OR1", 1), trust_manager, "provider", target_now=date(2020, 4, 1), **move)


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
