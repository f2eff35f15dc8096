"""What the pages that show time rest on: the actions of a plan, and what was told of them, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.values.months import Month
from improvement.models import Action, Event, Plan
from improvement.models.event import Kind, Provenance
from improvement.plans.as_at import STANDING
from improvement.rules.outcomes import Outcome
from improvement.rules.progress import Told
from improvement.rules.slips import Slip, slip_of
from improvement.rules.status import Status
from parties.participants import Participant


@dataclass(frozen=True)
class Dated:
    """An action with a target, how far that slipped, and the targets that it has had."""

    action: Action
    targets: Sequence[Month]
    slip: Slip


@dataclass(frozen=True)
class Story:
    """A plan's actions in their order, and what was told of where they stand, as it was told."""

    actions: Sequence[Action]
    told: Sequence[Told]
    dated: Sequence[Dated]


def actions_with_owners(participant: Participant, plan: Plan) -> list[Action]:
    """Every action in its order, with its recommendation, its priority, and whose it is. Three queries."""
    return list(_actions(participant, plan).prefetch_related("ownerships__owner"))


def story_of(participant: Participant, plan: Plan) -> Story:
    """Two queries, whatever the length of the plan's life."""
    told, moved = _told(participant, plan)
    actions = list(_actions(participant, plan))
    dated = [
        _dated(action, target, moved[action.pk]) for action in actions if (target := action.target_month)
    ]
    return Story(actions, told, dated)


def _actions(participant: Participant, plan: Plan) -> QuerySet[Action]:
    return (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority__plan=plan)
        .select_related("recommendation__priority")
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )


def _told(participant: Participant, plan: Plan) -> tuple[list[Told], dict[int, list[Month]]]:
    """What was told of where actions stand, and to which months their targets were moved; both in the order told."""
    events = (
        Event.objects.visible_to(participant)
        .filter(action__recommendation__priority__plan=plan, kind__in=[*STANDING, Kind.ENDED, Kind.MOVED])
        .order_by("day", "pk")
    )
    told: list[Told] = []
    moved: dict[int, list[Month]] = defaultdict(list)
    for action, kind, day, phase, now, target, provenance in events.values_list(
        "action_id", "kind", "day", "phase", "now", "target_now", "provenance"
    ):
        if target:
            moved[action].append(Month.of(target))
            continue
        illustrative = provenance == Provenance.ILLUSTRATIVE
        ended = kind == Kind.ENDED
        told.append(Told(action, day, None if ended else phase, None if ended else Status(now), illustrative))
    return told, moved


def _dated(action: Action, target: Month, moved: Sequence[Month]) -> Dated:
    first = Month.of(action.first_target) if action.first_target else target
    targets = [first, *moved]
    return Dated(action, targets, slip_of(targets, finished(action)))


def finished(action: Action) -> bool:
    """Done, or ended without being done."""
    return action.phase1 == Status.COMPLETED or action.outcome != Outcome.OPEN


def first_day(plan: Plan, told: Sequence[Told]) -> date | None:
    """The day of the plan's first review; else of the first word about an action; None before either."""
    reviewed = plan.about.get("reviewed")
    if reviewed:
        return date.fromisoformat(reviewed)
    return told[0].day if told else None
