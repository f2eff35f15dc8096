"""What somebody answers for: what is late and due first, each updated where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms

from core.values.months import Month
from core.values.numbers import count_words
from improvement.actions.forms import UpdateForm
from improvement.actions.notices import action_path
from improvement.actions.presenter import step_url
from improvement.actions.standing import steps_of
from improvement.models import Action
from improvement.overview.recommendation import target_words
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from improvement.rules.steps import SETTLING, Step
from parties.participants import Participant

PRESSING = ("overdue", "due")


@dataclass(frozen=True)
class OwnRow:
    anchor: str
    code: str
    number: int
    title: str
    url: str
    target: str
    late: bool
    phase1: Status
    phase2: Status
    form: forms.Form | None
    update_url: str


@dataclass(frozen=True)
class Group:
    anchor: str
    heading: str
    rows: Sequence[OwnRow]
    folded: bool  # not what presses


@dataclass(frozen=True)
class Asked:
    name: str
    title: str
    url: str


@dataclass(frozen=True)
class OwnPage:
    summary: str
    asked: Sequence[Asked]
    groups: Sequence[Group]
    writes: bool


def own_page(
    participant: Participant, own: Sequence[Action], waiting: Sequence[Action], today: date
) -> OwnPage:
    unfinished = [one for one in own if one.phase1 != Status.COMPLETED and one.outcome == Outcome.OPEN]
    this_month = Month.of(today)
    groups = [
        ("overdue", "Past their target", [one for one in unfinished if past_target(one.target_month, today)]),
        ("due", f"Due in {this_month.label}", [one for one in unfinished if one.target_month == this_month]),
        (
            "later",
            "Due later",
            [one for one in unfinished if one.target_month and one.target_month > this_month],
        ),
        ("no-date", "Without a date", [one for one in unfinished if one.target is None]),
        ("impact", "Done; is there an impact?", [one for one in own if _done_without_impact(one)]),
    ]
    asked = [one for one in waiting if _may_settle(participant, one)]
    return OwnPage(
        summary=_summary(groups, asked),
        asked=[_asked(participant, one) for one in asked],
        groups=[
            Group(anchor, heading, [_row(participant, one, today) for one in rows], anchor not in PRESSING)
            for anchor, heading, rows in groups
            if rows
        ],
        writes=participant.may("action.update"),
    )


def _done_without_impact(one: Action) -> bool:
    open_still = one.outcome == Outcome.OPEN and not one.waits
    return one.phase1 == Status.COMPLETED and one.phase2 != Status.COMPLETED and open_still


def _may_settle(participant: Participant, one: Action) -> bool:
    owners = [ownership.owner for ownership in one.ownerships.all()]
    return bool(steps_of(participant, one, owners, has_evidence=True) & SETTLING)


def _summary(groups: Sequence[tuple[str, str, Sequence[Action]]], asked: Sequence[Action]) -> str:
    late, due = len(groups[0][2]), len(groups[1][2])
    parts = [
        f"{count_words(late, 'action is', 'actions are')} past target" if late else "",
        f"{count_words(due, 'action is', 'actions are')} due this month" if due else "",
        f"{count_words(len(asked), 'waits', 'wait')} for your answer" if asked else "",
    ]
    said = [part for part in parts if part]
    return f"{', '.join(said)}." if said else "Nothing of yours is late or due this month."


def _asked(participant: Participant, one: Action) -> Asked:
    return Asked(f"Action {one.number} of {one.row_code}", one.title, action_path(one))


def anchor_of(one: Action) -> str:
    """Where it stands on the page."""
    return f"{one.recommendation.priority.plan.code}-{one.row_code}-{one.number}"


def _row(participant: Participant, one: Action, today: date) -> OwnRow:
    row = one.recommendation
    owners = [ownership.owner for ownership in one.ownerships.all()]
    steps = steps_of(participant, one, owners, has_evidence=False)
    anchor = anchor_of(one)
    return OwnRow(
        anchor=anchor,
        code=row.code,
        number=one.number,
        title=one.title,
        url=action_path(one),
        target=target_words(one),
        late=past_target(one.target_month, today) and one.phase1 != Status.COMPLETED,
        phase1=Status(one.phase1),
        phase2=Status(one.phase2),
        form=UpdateForm(action=one, auto_id=f"{anchor}-%s") if Step.UPDATE in steps else None,
        update_url=step_url(participant, one, Step.UPDATE),
    )
