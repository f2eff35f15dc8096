"""Every place that an action can stand in, and who may take which step from there."""

import pytest

from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.sides import confirming_party
from improvement.rules.status import Status
from improvement.rules.steps import Place, Standing, Step, open_to

WRITER, SETTLER, READER = (
    Standing(True, False, True),
    Standing(False, True, True),
    Standing(False, False, False),
)


def place(phase1=Status.ON_TRACK, phase2=Status.ON_TRACK, outcome=Outcome.OPEN, waits=None, evidence=False):
    return Place(phase1, phase2, outcome, waits, evidence)


DONE = Status.COMPLETED
# Where it stands; the steps of whoever answers for it; the steps of the other party.
POLICY = [
    (place(), {"update", "propose_end", "agree_criteria"}, {"agree_criteria"}),
    (place(DONE), {"update", "agree_criteria", "add_evidence"}, {"agree_criteria"}),
    (
        place(DONE, evidence=True),
        {"update", "agree_criteria", "add_evidence", "ask"},
        {"agree_criteria"},
    ),
    (place(evidence=True), {"update", "propose_end", "agree_criteria"}, {"agree_criteria"}),
    (place(DONE, evidence=True, waits=Waits.CONFIRMATION), {"add_evidence"}, {"confirm", "send_back"}),
    # What it rested on no longer holds: it can only go back.
    (place(DONE, waits=Waits.CONFIRMATION), {"add_evidence"}, {"send_back"}),
    (place(waits=Waits.END), set(), {"agree_end", "decline_end"}),
    (place(DONE, DONE, evidence=True), {"add_evidence"}, {"ask_anew"}),
    (place(outcome=Outcome.CLOSED), set(), set()),
    (place(outcome=Outcome.SUPERSEDED), set(), set()),
]


@pytest.mark.parametrize(("where", "writes", "settles"), POLICY)
def test_steps(where, writes, settles):
    assert open_to(where, WRITER) == {Step(name) for name in writes} | {Step.COMMENT}
    assert open_to(where, SETTLER) == {Step(name) for name in settles} | {Step.COMMENT}
    assert open_to(where, READER) == set()


@pytest.mark.parametrize(
    ("asked_by", "party"),
    [("provider", "commissioner"), ("partner", "commissioner"), ("commissioner", "provider")],
)
def test_of_what_no_party_owns_alone_who_asked_does_not_answer(asked_by, party):
    for sides in (["council", "trust"], ["police"], ["council", "health"], []):
        assert confirming_party(sides, asked_by) == party


@pytest.mark.parametrize("asked_by", ["provider", "partner", "commissioner"])
def test_no_party_confirms_what_its_own_side_owns_alone(asked_by):
    assert confirming_party(["council", "council"], asked_by) == "provider"
    assert confirming_party(["trust"], asked_by) == "commissioner"


@pytest.mark.parametrize(
    ("sides", "party"),
    [
        ([], "commissioner"),
        (["trust"], "commissioner"),
        (["police"], "commissioner"),
        (["council"], "provider"),
        (["council", "council"], "provider"),
        (["council", "trust"], "commissioner"),
        (["council", "health"], "commissioner"),
    ],
)
def test_who_confirms(sides, party):
    assert confirming_party(sides) == party
