"""What somebody answers for: what came back, what is late and what is due first, which is updated where it stands.

The rest is folded with links to its pages, unless there is little of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django import forms

from core.values.months import Month
from core.values.numbers import count_words
from improvement.actions.forms import UpdateForm
from improvement.actions.notices import action_path
from improvement.actions.presenter import step_url
from improvement.actions.returned import asked_anew, sent_back
from improvement.actions.standing import steps_of
from improvement.models import Action, Plan
from improvement.overview.recommendation import target_words
from improvement.plans.names import named
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from improvement.rules.steps import SETTLING, Step
from parties.participants import Participant

PRESSING = ("sent-back", "anew", "overdue", "due")
# Where there are more, what doesn't press is folded and carries no forms (chosen: what a few screens hold).
FEW = 20


@dataclass(frozen=True)
class OwnRow:
    anchor: str
    name: str
    title: str
    plan: str  # its name, where the person's actions are of several
    url: str
    target: str
    late: bool
    came_back: str  # when it did, and why
    phase1: Status
    phase2: Status
    updates: bool  # whether the person may say where it stands
    form: forms.Form | None
    update_url: str
    sent: bool = False  # the form is what was sent, with its errors
    saved: bool = False  # just now


@dataclass(frozen=True)
class Group:
    anchor: str
    heading: str
    rows: Sequence[OwnRow]
    folded: bool
    sent: bool = False

    @property
    def presses(self) -> bool:
        return self.anchor in PRESSING

    @property
    def opens(self) -> bool:
        """Whether it stands open though it is folded."""
        return any(row.sent or row.saved for row in self.rows)


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
    plans: Sequence[Plan]  # those of which any of the actions is

    @property
    def anchors(self) -> frozenset[str]:
        """Of all its rows."""
        return frozenset(row.anchor for group in self.groups for row in group.rows)

    @property
    def shows_sent(self) -> bool:
        return any(group.sent for group in self.groups)


def own_page(
    participant: Participant, own: Sequence[Action], waiting: Sequence[Action], today: date
) -> OwnPage:
    """The actions come with the words of what wasn't on track. No query."""
    found = _grouped(own, today)
    asked = [one for one in waiting if _may_settle(participant, one)]
    plans = {one.recommendation.priority.plan_id: one.recommendation.priority.plan for one in (*own, *asked)}
    several = len(plans) > 1
    few = sum(len(rows) for anchor, _, rows in found if anchor != "impact") <= FEW
    groups = []
    for anchor, heading, actions in found:
        if actions:
            folded = anchor not in PRESSING and not (few and len(actions) <= FEW)
            rows = [_row(participant, one, today, with_form=not folded, several=several) for one in actions]
            groups.append(Group(anchor, heading, rows, folded))
    return OwnPage(
        summary=_summary(found, asked),
        asked=[_asked(one, several=several) for one in asked],
        groups=groups,
        plans=list(plans.values()),
    )


def with_sent(page: OwnPage, anchor: str, form: forms.Form) -> OwnPage:
    """The page with a form as it was sent in the place of the row's own; as it was where the row takes none."""
    groups = []
    for group in page.groups:
        rows = [
            replace(row, form=form, sent=True) if row.anchor == anchor and row.updates else row
            for row in group.rows
        ]
        groups.append(replace(group, rows=rows, sent=any(row.sent for row in rows)))
    return replace(page, groups=groups)


def with_saved(page: OwnPage, anchors: Collection[str]) -> OwnPage:
    """The page with what was just saved marked at its rows."""
    groups = [
        replace(group, rows=[replace(row, saved=row.anchor in anchors) for row in group.rows])
        for group in page.groups
    ]
    return replace(page, groups=groups)


def _grouped(own: Sequence[Action], today: date) -> list[tuple[str, str, list[Action]]]:
    """By what presses first: an anchor, a heading, the actions, by their dates where they have some."""
    # What was reopened is to be done first: it is late or due as any other, and its row says what came back.
    done = [one for one in own if one.phase1 == Status.COMPLETED and not one.waits]
    back = [one for one in done if sent_back(one, list(one.events.all()))]
    anew = [one for one in done if one not in back and asked_anew(one, list(one.events.all()))]
    rest = sorted((one for one in own if one not in back and one not in anew), key=_by_date)
    unfinished = [one for one in rest if one.phase1 != Status.COMPLETED and one.outcome == Outcome.OPEN]
    this_month = Month.of(today)
    return [
        ("sent-back", "Sent back to you", back),
        ("anew", "To be shown anew", anew),
        ("overdue", "Overdue", [one for one in unfinished if past_target(one.target_month, today)]),
        ("due", f"Due in {this_month.label}", [one for one in unfinished if one.target_month == this_month]),
        (
            "later",
            "Due later",
            [one for one in unfinished if one.target_month and one.target_month > this_month],
        ),
        ("no-date", "Without a date", [one for one in unfinished if one.target is None]),
        ("impact", "Done; is there an impact?", [one for one in rest if _done_without_impact(one)]),
    ]


def _by_date(one: Action) -> date:
    """What has been due longest comes first, what has no date last."""
    return one.target or date.max


def _done_without_impact(one: Action) -> bool:
    open_still = one.outcome == Outcome.OPEN and not one.waits
    return one.phase1 == Status.COMPLETED and one.phase2 != Status.COMPLETED and open_still


def _may_settle(participant: Participant, one: Action) -> bool:
    owners = [ownership.owner for ownership in one.ownerships.all()]
    return bool(steps_of(participant, one, owners, has_evidence=True) & SETTLING)


def _summary(groups: Sequence[tuple[str, str, Sequence[Action]]], asked: Sequence[Action]) -> str:
    count = {anchor: len(actions) for anchor, _, actions in groups}
    back, anew, late, due = (count[anchor] for anchor in PRESSING)
    parts = [
        f"{count_words(back, 'action was', 'actions were')} sent back to you" if back else "",
        f"{count_words(anew, 'action is', 'actions are')} to be shown anew" if anew else "",
        f"{count_words(late, 'action is', 'actions are')} overdue" if late else "",
        f"{count_words(due, 'action is', 'actions are')} due this month" if due else "",
        f"{count_words(len(asked), 'waits', 'wait')} for your answer" if asked else "",
    ]
    said = [part for part in parts if part]
    return f"{', '.join(said)}." if said else "Nothing of yours is overdue or due this month."


def _asked(one: Action, *, several: bool) -> Asked:
    plan = f", {_plan_of(one)}" if several else ""
    return Asked(f"{named(one)}{plan}", one.title, action_path(one))


def _plan_of(one: Action) -> str:
    return one.recommendation.priority.plan.name


def anchor_of(one: Action) -> str:
    """Where it stands on the page."""
    return f"{one.recommendation.priority.plan.code}-{one.row_code}-{one.number}"


def _row(participant: Participant, one: Action, today: date, *, with_form: bool, several: bool) -> OwnRow:
    owners = [ownership.owner for ownership in one.ownerships.all()]
    updates = Step.UPDATE in steps_of(participant, one, owners, has_evidence=False)
    anchor = anchor_of(one)
    return OwnRow(
        anchor=anchor,
        name=named(one),
        title=one.title,
        plan=_plan_of(one) if several else "",
        url=action_path(one),
        target=target_words(one),
        late=past_target(one.target_month, today) and one.phase1 != Status.COMPLETED,
        came_back=sent_back(one, list(one.events.all())) or asked_anew(one, list(one.events.all())),
        phase1=Status(one.phase1),
        phase2=Status(one.phase2),
        updates=updates,
        form=UpdateForm(action=one, auto_id=f"{anchor}-%s") if updates and with_form else None,
        update_url=step_url(participant, one, Step.UPDATE),
    )
