"""The page of one recommendation, and what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse

from core.values.months import Month
from core.values.words import day_words
from improvement.models import Action, Measure, MeasureLink, Ownership, Plan, Recommendation, Statement
from improvement.models.event import Provenance
from improvement.overview.asked_day import AskedDay, NoSuchDay
from improvement.overview.grid import cell_of
from improvement.plans.as_at import ActionAt, actions_as_at, computed
from improvement.plans.names import named
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from improvement.story.selectors import happened_to_row
from improvement.story.timelines import Story, story_of_row
from parties.participants import Participant


@dataclass(frozen=True)
class Stated:
    """How one phase was stated last, and what its actions come to."""

    phase: int
    asks: str
    status: Status
    computed: Status
    ended: str  # that all its actions did, undone
    when: str
    words: str
    illustrative: bool
    differs: bool


@dataclass(frozen=True)
class ActionRow:
    name: str  # as its page calls it: "3", or "Action 3 of OR1"
    title: str
    url: str
    owners: str
    target: str
    late: bool
    phase1: Status
    phase2: Status
    outcome: str
    made_up: Sequence[int] = ()  # the phases that are marked as illustrative
    also: str = ""  # what else is to be said of it in a list of exceptions


@dataclass(frozen=True)
class LinkedIndicator:
    code: str
    name: str
    url: str
    strength: str
    words: str


@dataclass(frozen=True)
class MeasureRow:
    number: int
    title: str
    url: str
    indicators: Sequence[LinkedIndicator]


@dataclass(frozen=True)
class RecommendationPage:
    plan: Plan
    recommendation: Recommendation
    asked: AskedDay
    codes: Sequence[tuple[str, str]]
    called: Sequence[tuple[str, str]]  # what the overview calls its references, where that is something else
    stated: Sequence[Stated]
    actions: Sequence[ActionRow]
    measures: Sequence[MeasureRow]
    story: Story
    priority_url: str
    parents: Sequence[tuple[str, str]]


ASKS = {1: "Phase 1: was it done?", 2: "Phase 2: did it make a difference?"}


def recommendation_page(
    participant: Participant, plan: Plan, row: str, asked: AskedDay
) -> RecommendationPage:
    """Nine queries. Http404 where the plan has no such row, NoSuchDay where it was added later than the day."""
    found = _found(plan, row)
    if found.added_on and found.added_on > asked.day:
        raise NoSuchDay(f"{named(found)} was added on {day_words(found.added_on)}.")
    code = participant.contract.code
    priority_url = (
        reverse("improvement:priority", args=[code, plan.code, found.priority.number]) + asked.query
    )
    then = {one.pk: one for one in actions_as_at(plan, asked.day, asked.today)}
    happened = happened_to_row(found, asked.day)
    in_order = sorted(found.references.all(), key=lambda reference: reference.in_row)
    return RecommendationPage(
        plan=plan,
        recommendation=found,
        asked=asked,
        codes=[(reference.code, reference.origin) for reference in in_order],
        called=[
            (reference.code, reference.title)
            for reference in in_order
            if reference.block_id is not None and reference.title != found.title
        ],
        stated=_stated(found, happened.statements, list(then.values())),
        actions=[
            _row(code, plan, action, then[action.pk], asked)
            for action in found.actions.all()
            if action.pk in then
        ],
        measures=[_measure(participant, plan, found, measure) for measure in found.measures.all()],
        story=story_of_row(code, plan, happened),
        priority_url=priority_url,
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code]) + asked.query),
            (f"Priority {found.priority.number}", priority_url),
        ],
    )


def _found(plan: Plan, row: str) -> Recommendation:
    """The recommendation with what its page shows of it. Six queries."""
    found = (
        Recommendation.objects.filter(priority__plan=plan, code=row)
        .select_related("priority")
        .prefetch_related(
            "references",
            Prefetch("actions__ownerships", queryset=Ownership.objects.select_related("owner")),
            Prefetch("measures__links", queryset=MeasureLink.objects.select_related("indicator")),
        )
        .first()
    )
    if found is None:
        raise Http404("The plan has no such recommendation.")
    return found


def _row(code: str, plan: Plan, action: Action, then: ActionAt, asked: AskedDay) -> ActionRow:
    """The action as it stood at the end of the day."""
    row = action_row(code, plan, action, str(action.number), asked.today)
    if asked.is_today:
        return row
    return replace(
        row,
        target=_month_words(then.target, action.target_words),
        late=not then.finished and past_target(then.target, asked.day),
        phase1=then.phase1,
        phase2=then.phase2,
        outcome="" if then.outcome == Outcome.OPEN else then.outcome.label,
    )


def _stated(found: Recommendation, told: Sequence[Statement], actions: Sequence[ActionAt]) -> list[Stated]:
    """By the first reference of the row; those that share it are stated alike, or the overview tells them apart."""
    first = min(found.references.all(), key=lambda reference: reference.in_row, default=None)
    in_order = sorted(told, key=lambda statement: statement.pk)
    statements = {one.phase: one for one in in_order if first and one.reference_id == first.pk}
    comes_to = computed(one for one in actions if one.recommendation == found.pk)
    rows = []
    for phase, asks in ASKS.items():
        said = statements.get(phase)
        come_to = comes_to.get((found.pk, phase))
        cell = cell_of(phase, said, come_to)
        rows.append(
            Stated(
                phase=phase,
                asks=asks,
                status=cell.status,
                computed=cell.computed,
                ended=come_to.words if come_to and come_to.ended else "",
                when=_when(said),
                words=cell.words,
                illustrative=cell.provenance == Provenance.ILLUSTRATIVE,
                differs=cell.differs,
            )
        )
    return rows


def _when(said: Statement | None) -> str:
    """On which day it was stated, and by whom where that was done here."""
    if said is None:
        return "worked out from its actions"
    by = f" by {said.taken_as}" if said.provenance == Provenance.RETURNED else ""
    return f"stated{by} on {day_words(said.day)}"


def action_row(code: str, plan: Plan, action: Action, name: str, today: date) -> ActionRow:
    """An action as lists show it; it comes with its owners and its recommendation. No query."""
    done = action.phase1 == Status.COMPLETED or action.outcome != Outcome.OPEN
    return ActionRow(
        name=name,
        title=action.title,
        url=reverse("improvement:action", args=[code, plan.code, action.recommendation.code, action.number]),
        owners="; ".join(ownership.owner.role for ownership in action.ownerships.all()) or "Nobody",
        target=target_words(action),
        late=not done and past_target(action.target_month, today),
        phase1=Status(action.phase1),
        phase2=Status(action.phase2),
        outcome="" if action.outcome == Outcome.OPEN else Outcome(action.outcome).label,
    )


def target_words(action: Action) -> str:
    """Its month; where none is printed, what stands in its place."""
    return _month_words(action.target_month, action.target_words)


def _month_words(month: Month | None, instead: str) -> str:
    if month:
        return month.label
    return f"See {instead}" if instead else "No date"


def _measure(participant: Participant, plan: Plan, row: Recommendation, measure: Measure) -> MeasureRow:
    code = participant.contract.code
    may_open = participant.may("indicator.view")
    return MeasureRow(
        measure.number,
        measure.title,
        reverse("improvement:measure", args=[code, plan.code, row.code, measure.number]),
        [
            LinkedIndicator(
                link.indicator.code,
                link.indicator.short_name,
                reverse("kpis:indicator", args=[code, link.indicator.code]) if may_open else "",
                link.get_strength_display().lower(),
                link.words,
            )
            for link in measure.links.all()
        ],
    )
