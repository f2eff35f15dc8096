"""Which steps an action can take from where it stands, and who takes each.

Only the other party settles what was asked of it: the one that answers for an action reports, the one that doesn't
confirms (domain.md section 4; the trackers of audit offices let only who recommended close).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.status import Status


class Step(StrEnum):
    UPDATE = "update"
    AGREE_CRITERIA = "agree_criteria"
    ADD_EVIDENCE = "add_evidence"
    ASK = "ask"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    ASK_ANEW = "ask_anew"
    PROPOSE_END = "propose_end"
    AGREE_END = "agree_end"
    DECLINE_END = "decline_end"
    COMMENT = "comment"


# Those who answer for the action write; those of the other party settle; both may keep what they agreed beforehand;
# anyone with a word may comment.
BY_EITHER = frozenset({Step.AGREE_CRITERIA})
WRITING = frozenset({Step.UPDATE, Step.ADD_EVIDENCE, Step.ASK, Step.PROPOSE_END})
SETTLING = frozenset({Step.CONFIRM, Step.SEND_BACK, Step.ASK_ANEW, Step.AGREE_END, Step.DECLINE_END})


@dataclass(frozen=True)
class Place:
    """Where an action stands, as far as its next step rests on it; ``has_evidence``: some that still holds."""

    phase1: Status
    phase2: Status
    outcome: Outcome
    waits: Waits | None
    has_evidence: bool


@dataclass(frozen=True)
class Standing:
    """How a person stands towards an action; somebody of both parties may hold several of these."""

    writes: bool
    settles: bool
    comments: bool


def steps_from(place: Place) -> frozenset[Step]:
    """Every step that the action can take next, whoever takes it."""
    return frozenset({Step.COMMENT}) | _steps(place)


def _steps(place: Place) -> frozenset[Step]:
    if place.outcome != Outcome.OPEN:
        return frozenset()
    if place.waits == Waits.CONFIRMATION:
        return frozenset(
            {Step.SEND_BACK, Step.ADD_EVIDENCE} | ({Step.CONFIRM} if place.has_evidence else set())
        )
    if place.waits == Waits.END:
        return frozenset({Step.AGREE_END, Step.DECLINE_END})
    if place.phase2 == Status.COMPLETED:
        return frozenset({Step.ASK_ANEW, Step.ADD_EVIDENCE})
    steps = {Step.UPDATE, Step.AGREE_CRITERIA}
    if place.phase1 != Status.COMPLETED:
        # What is done doesn't end undone, nor is it superseded: who finds that it isn't done says so first.
        return frozenset(steps | {Step.PROPOSE_END})
    return frozenset(steps | {Step.ADD_EVIDENCE} | ({Step.ASK} if place.has_evidence else set()))


def open_to(place: Place, standing: Standing) -> frozenset[Step]:
    """The steps that this person may take next."""
    own: set[Step] = set()
    own |= WRITING if standing.writes else set()
    own |= SETTLING if standing.settles else set()
    own |= BY_EITHER if standing.writes or standing.settles else set()
    own |= {Step.COMMENT} if standing.comments else set()
    return steps_from(place) & own
