"""Where the actions of a plan stood at the end of a day, told from their events; today, from the actions themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.expressions import NegatedExpression

from core.values.months import Month
from improvement.models import Action, Event, Plan
from improvement.models.event import Kind
from improvement.rules.outcomes import Outcome
from improvement.rules.status import ComesTo, Status, rolled_up

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
    """Every action of the plan, in its order, as it stood at the end of a day. One query."""
    rows = Action.objects.filter(recommendation__priority__plan=plan).order_by(
        "recommendation__priority__number", "recommendation__position", "number"
    )
    names = NOW if day >= today else THEN
    then = {"dated": Value(value=True)} if day >= today else _then(day)
    rows = rows.filter(Q(added_on__isnull=True) | Q(added_on__lte=day)).annotate(**then)
    return [
        ActionAt(
            pk,
            row,
            Status(phase1 or Status.UNKNOWN),
            Status(phase2 or Status.UNKNOWN),
            Outcome(outcome or Outcome.OPEN),
            _month(first),
            _month(target or first) if dated else None,
        )
        for pk, row, first, phase1, phase2, outcome, target, dated in rows.values_list(
            "pk", "recommendation_id", "first_target", *names, "dated"
        )
    ]


NOW = ("phase1", "phase2", "outcome", "target")
THEN = ("then_phase1", "then_phase2", "then_outcome", "then_target")


def _then(day: date) -> dict[str, Subquery | NegatedExpression]:
    """What the last event of each kind up to the day says; events of an action are kept in the order of their days."""
    told = Event.objects.filter(action=OuterRef("pk"), day__lte=day).order_by("-number")
    return {
        "then_phase1": Subquery(told.filter(kind__in=STANDING, phase=1).values("now")[:1]),
        "then_phase2": Subquery(told.filter(kind__in=STANDING, phase=2).values("now")[:1]),
        "then_outcome": Subquery(told.filter(kind=Kind.ENDED).values("now")[:1]),
        "then_target": Subquery(told.filter(kind=Kind.MOVED).values("target_now")[:1]),
        # A first target that was given later wasn't there yet.
        "dated": ~Exists(
            Event.objects.filter(action=OuterRef("pk"), kind=Kind.MOVED, target_was__isnull=True, day__gt=day)
        ),
    }


def computed(actions: Iterable[ActionAt]) -> dict[tuple[int, int], ComesTo]:
    """What each recommendation's actions come to, by its key and phase; one that never had an action is left out."""
    found: dict[tuple[int, int], list[Status]] = defaultdict(list)
    for action in actions:
        for phase, status in ((1, action.phase1), (2, action.phase2)):
            told = found[action.recommendation, phase]
            if action.outcome == Outcome.OPEN:
                told.append(status)
    return {key: ComesTo(rolled_up(statuses), ended=not statuses) for key, statuses in found.items()}


def _month(day: date | None) -> Month | None:
    return Month.of(day) if day else None
