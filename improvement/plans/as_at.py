"""Where the actions of a plan stood at the end of a day, told from their events; today, from the actions themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, QuerySet

from core.values.months import Month
from improvement.models import Action, Event, Plan
from improvement.models.event import Kind
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status, rolled_up

# What changes where an action stands in a phase.
STANDING = (Kind.STATUS, Kind.CONFIRMED, Kind.ASKED_ANEW)


@dataclass(frozen=True)
class ActionAt:
    """One action on a day; ``target`` is the one that held then."""

    pk: int
    recommendation: int
    phase1: Status
    phase2: Status
    outcome: Outcome
    first_target: Month | None
    target: Month | None

    @property
    def finished(self) -> bool:
        """Done, or ended without being done."""
        return self.phase1 == Status.COMPLETED or self.outcome != Outcome.OPEN


def actions_as_at(plan: Plan, day: date, today: date) -> list[ActionAt]:
    """Every action of the plan, in its order. One query for today, four for a day before."""
    rows = Action.objects.filter(recommendation__priority__plan=plan).order_by(
        "recommendation__priority__number", "recommendation__position", "number"
    )
    found = [
        ActionAt(pk, row, Status(phase1), Status(phase2), Outcome(outcome), _month(first), _month(target))
        for pk, row, phase1, phase2, outcome, first, target in rows.values_list(
            "pk", "recommendation_id", "phase1", "phase2", "outcome", "first_target", "target"
        )
    ]
    return found if day >= today else _back_to(found, plan, day)


def _back_to(now: list[ActionAt], plan: Plan, day: date) -> list[ActionAt]:
    """The same as they stood at the end of an earlier day."""
    told = Event.objects.filter(action__recommendation__priority__plan=plan, day__lte=day).order_by()
    standing = told.filter(kind__in=STANDING)
    statuses = {
        (action, phase): Status(status)
        for action, phase, status in _latest(standing, "action", "phase").values_list(
            "action_id", "phase", "now"
        )
    }
    targets = dict(_latest(told.filter(kind=Kind.MOVED), "action").values_list("action_id", "target_now"))
    ended = dict(told.filter(kind=Kind.ENDED).values_list("action_id", "now"))
    return [
        replace(
            action,
            phase1=statuses.get((action.pk, 1), Status.UNKNOWN),
            phase2=statuses.get((action.pk, 2), Status.UNKNOWN),
            outcome=Outcome(ended.get(action.pk, Outcome.OPEN)),
            target=_month(targets[action.pk]) if action.pk in targets else action.first_target,
        )
        for action in now
    ]


def _latest(events: QuerySet[Event], *by: str) -> QuerySet[Event]:
    """The last event of each; events of an action are kept in the order of their days."""
    return Event.objects.filter(pk__in=events.values(*by).annotate(last=Max("pk")).values("last"))


def computed(actions: Iterable[ActionAt]) -> dict[tuple[int, int], Status]:
    """What each recommendation's open or finished actions come to, by its key and phase."""
    found: dict[tuple[int, int], list[Status]] = defaultdict(list)
    for action in actions:
        if action.outcome == Outcome.OPEN:
            found[action.recommendation, 1].append(action.phase1)
            found[action.recommendation, 2].append(action.phase2)
    return {key: rolled_up(statuses) for key, statuses in found.items()}


def _month(day: date | None) -> Month | None:
    return Month.of(day) if day else None
