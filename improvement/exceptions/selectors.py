"""The facts by which an action is an exception, of every open action of a plan. Five queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Max, Q

from core.values.months import Month
from improvement.models import Action, Event, Plan
from improvement.models.event import OWN_WORDS, Kind, Provenance
from improvement.plans.became import became_completed
from improvement.rules.dates import moves_later
from improvement.rules.exceptions import Facts
from improvement.rules.outcomes import Outcome
from improvement.rules.status import NOT_ON_TRACK, Status
from parties.participants import Participant

CHANGED = ~Q(events__was=F("events__now"))


@dataclass(frozen=True)
class Examined:
    """An action with what its exceptions rest on."""

    action: Action
    facts: Facts


def examined_actions(participant: Participant, plan: Plan) -> list[Examined]:
    """Every action of the plan that is still open, in its order."""
    actions = (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority__plan=plan, outcome=Outcome.OPEN)
        .select_related("recommendation__priority")
        .prefetch_related("ownerships__owner")
        .annotate(
            last_word=Max("events__day", filter=Q(events__kind__in=OWN_WORDS)),
            impact_moved_on=Max("events__day", filter=Q(events__phase=2) & CHANGED),
            confirmed=Max("events__number", filter=Q(events__kind=Kind.CONFIRMED)),
            asked_anew=Max("events__number", filter=Q(events__kind=Kind.ASKED_ANEW)),
            # What is printed as done was done by the day of the review that says so.
            done_on=Max("events__day", filter=became_completed("events__")),
        )
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )
    unmitigated, targets = _without_mitigation(plan), _targets(plan)
    return [
        Examined(
            action,
            Facts(
                phase1=Status(action.phase1),
                phase2=Status(action.phase2),
                outcome=Outcome(action.outcome),
                target=Month.of(action.target) if action.target else None,
                moves=moves_later(targets[action.pk]),
                done_on=action.done_on,
                last_word=action.last_word,
                impact_moved_on=action.impact_moved_on,
                owners=len(action.ownerships.all()),
                unmitigated=action.pk in unmitigated,
                asked_anew=action.asked_anew is not None
                and (action.confirmed is None or action.asked_anew > action.confirmed),
            ),
        )
        for action in actions
    ]


def _targets(plan: Plan) -> dict[int, list[Month]]:
    """Of each action whose target was moved: the months that it was moved from and to, in their order."""
    moved = Event.objects.filter(action__recommendation__priority__plan=plan, kind=Kind.MOVED)
    found: dict[int, list[Month]] = defaultdict(list)
    for action, was, now in moved.order_by("number").values_list("action_id", "target_was", "target_now"):
        found[action] += [Month.of(day) for day in (was, now) if day]
    return found


def _without_mitigation(plan: Plan) -> set[int]:
    """The actions with a phase not on track, of which the last word says so and names no mitigation.

    What is printed names neither risk nor mitigation anywhere, so it isn't counted.
    """
    told = Event.objects.filter(action__recommendation__priority__plan=plan, kind=Kind.STATUS).order_by()
    last = told.values("action", "phase").annotate(last=Max("pk")).values("last")
    still = Q(phase=1, action__phase1__in=NOT_ON_TRACK) | Q(phase=2, action__phase2__in=NOT_ON_TRACK)
    open_risks = Event.objects.filter(still, pk__in=last, now__in=NOT_ON_TRACK, mitigation="").order_by()
    return set(open_risks.exclude(provenance=Provenance.PUBLISHED).values_list("action_id", flat=True))
