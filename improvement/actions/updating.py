"""Says where an action stands, and moves its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core.values.months import Month
from core.values.words import says_something
from improvement.actions.refusals import StepRefused
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
    target = move.target if move else at.action.target_month
    for report in reports:
        _refuse_report(report, target, at.action, turn.today)
    _refuse_silence(at.action, reports, move)
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


def _refuse_silence(action: Action, reports: Sequence[Report], move: Move | None) -> None:
    """An update says something: a word, another status, or another month."""
    news = any(report.status != getattr(action, f"phase{report.phase}") for report in reports)
    if move is None and not news and not any(says_something(report.words) for report in reports):
        raise StepRefused("Say what happened since the last word: the statuses are as they were.")


def _refuse_report(report: Report, target: Month | None, action: Action, today: date) -> None:
    if report.phase == 2 and report.status == Status.COMPLETED:
        raise StepRefused(
            "Phase 2 is completed by evidence, which the other party confirms. Add the evidence and ask for it.",
            field="phase2",
        )
    if report.status == Status.UNKNOWN:
        raise StepRefused("Say where the action stands.", field=f"phase{report.phase}")
    for name, said in (("risk", report.risk), ("risk_owner", report.risk_owner)):
        if report.status in NOT_ON_TRACK and not says_something(said):
            raise StepRefused("What is not on track names its risk, and who answers for it.", field=name)
    if report.status == Status.MITIGATED and not says_something(report.mitigation):
        raise StepRefused(
            "Name the mitigation. Where there is none, the action is not on track without mitigations.",
            field="mitigation",
        )
    late = report.phase == 1 and report.status != Status.COMPLETED and past_target(target, today)
    if late and not says_something(report.words):
        raise StepRefused(
            f"The target, {_month_words(target)}, is past. Say why it isn’t done yet.",
            field="words",
        )
    reopens = report.phase == 1 and action.phase1 == Status.COMPLETED and report.status != Status.COMPLETED
    if reopens and not says_something(report.words):
        raise StepRefused("The action was reported as completed. Say why it no longer is.", field="words")


def _move(at: At, move: Move) -> None:
    was = at.action.target_month
    if was == move.target:
        raise StepRefused(f"The target is {was.label} already." if was else "Give a month.", field="target")
    if move.target < Month.of(at.turn.today):
        raise StepRefused(
            f"{move.target.label} is over: a target is this month or a later one.", field="target"
        )
    words = move.words.strip() or ("" if was else FIRST_TARGET)
    if not says_something(words):
        raise StepRefused("Say why the target moves.", field="moved_because")
    if not says_something(move.agreed_by):
        raise StepRefused("Say who agreed to the month.", field="agreed_by")
    at.event(
        Kind.MOVED,
        target_was=at.action.target,
        target_now=move.target.first_day,
        words=words,
        agreed_by=move.agreed_by.strip(),
    )
    first = {} if at.action.first_target else {"first_target": move.target.first_day}
    at.follow(target=move.target.first_day, **first)


def _month_words(month: Month | None) -> str:
    return month.label if month else ""
