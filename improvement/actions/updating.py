"""Says where an action stands, and moves its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core.values.months import Month
from core.values.words import says_something
from improvement.actions.refusals import Fault, StepRefused
from improvement.actions.turns import At, Turn, begin
from improvement.models import Action
from improvement.models.event import Kind
from improvement.rules.dates import past_target
from improvement.rules.status import NOT_ON_TRACK, Status
from improvement.rules.steps import Step


@dataclass(frozen=True)
class Report:
    """What is said of one phase, in words; what is not on track names its risk, the mitigation and who owns it."""

    phase: int
    status: Status
    words: str = ""
    risk: str = ""
    mitigation: str = ""
    risk_owner: str = ""


# The reason that a first target is kept with: nobody is asked for one.
FIRST_TARGET = "It had no target month before."


@dataclass(frozen=True)
class Move:
    """A target's new month, why it moves (a first one needs no reason), and who agreed to it."""

    target: Month
    words: str
    agreed_by: str


@transaction.atomic
def update_action(turn: Turn, *, reports: Sequence[Report] = (), move: Move | None = None) -> Action:
    """Says where the action stands in its phases, and moves its target; all of it or nothing.

    StepRefused with the reason; ActionConflict where it changed since the version that was seen.
    """
    at = begin(turn, Step.UPDATE)
    # Two phases with one risk lack it once.
    if faults := list(dict.fromkeys(_faults(at.action, reports, move, turn.today))):
        raise StepRefused.of(faults)
    before = at.action.target_month
    if move is not None:
        _move(at, move)
    changes: dict[str, Any] = (
        {"target": {"old": before and before.label, "new": move.target.label}} if move else {}
    )
    for report in reports:
        was = getattr(at.action, f"phase{report.phase}")
        changes[f"phase_{report.phase}"] = {"old": Status(was).label, "new": report.status.label}
        at.event(
            Kind.STATUS,
            phase=report.phase,
            was=was,
            now=report.status,
            words=report.words.strip(),
            risk=report.risk.strip(),
            mitigation=report.mitigation.strip(),
            risk_owner=report.risk_owner.strip(),
        )
        at.follow(**{f"phase{report.phase}": report.status})
    said = next((report.words.strip() for report in reports if report.words.strip()), "")
    at.recorded("updated", "was updated", **changes, words=said)
    return at.action


def _faults(action: Action, reports: Sequence[Report], move: Move | None, today: date) -> Iterator[Fault]:
    """Everything that the update lacks."""
    for report in reports:
        yield from _of_report(report, action)
    if move is not None:
        yield from _of_move(move, action.target_month, today)
    spoken = any(says_something(report.words) for report in reports)
    if not spoken:
        yield from _of_silence(action, reports, move, today)


def _of_report(report: Report, action: Action) -> Iterator[Fault]:
    if report.phase == 2 and report.status == Status.COMPLETED:
        yield (
            "phase2",
            "Phase 2 is completed by evidence, which the other party confirms. Add the evidence and ask for it.",
        )
    if report.status == Status.UNKNOWN:
        yield f"phase{report.phase}", "Say where the action stands."
    if report.status in NOT_ON_TRACK:
        yield from _of_risk(report)


def _of_risk(report: Report) -> Iterator[Fault]:
    if not says_something(report.risk):
        yield "risk", "What is not on track names its risk."
    if report.status == Status.MITIGATED and not says_something(report.mitigation):
        yield (
            "mitigation",
            "Name the mitigation. Where there is none, the action is not on track without mitigations.",
        )
    if not says_something(report.risk_owner):
        yield "risk_owner", "Say who answers for the risk."


def _of_silence(action: Action, reports: Sequence[Report], move: Move | None, today: date) -> Iterator[Fault]:
    """Where an update without a word says too little: it is late, it reopens what was done, or nothing is news."""
    stands = next((report.status for report in reports if report.phase == 1), action.phase1)
    target = action.target_month
    moves_on = move is not None and not _is_over(move.target, today)
    if target and past_target(target, today) and stands != Status.COMPLETED and not moves_on:
        yield "words", f"The target, {target.label}, is past. Say why it isn’t done yet."
    elif action.phase1 == Status.COMPLETED != stands:
        yield "words", "The action was reported as completed. Say why it no longer is."
    elif move is None and all(report.status == getattr(action, f"phase{report.phase}") for report in reports):
        yield None, "Say what happened since the last word: the statuses are as they were."


def _of_move(move: Move, was: Month | None, today: date) -> Iterator[Fault]:
    if was and was == move.target:
        yield "target", f"The target is {was.label} already."
    elif _is_over(move.target, today):
        yield "target", f"{move.target.label} is over: a target is this month or a later one."
    if was and not says_something(move.words):
        yield "moved_because", "Say why the target moves."
    if not says_something(move.agreed_by):
        yield "agreed_by", "Say who agreed to the month."


def _is_over(target: Month, today: date) -> bool:
    return target < Month.of(today)


def _move(at: At, move: Move) -> None:
    at.event(
        Kind.MOVED,
        target_was=at.action.target,
        target_now=move.target.first_day,
        words=move.words.strip() or FIRST_TARGET,
        agreed_by=move.agreed_by.strip(),
    )
    first = {} if at.action.first_target else {"first_target": move.target.first_day}
    at.follow(target=move.target.first_day, **first)
