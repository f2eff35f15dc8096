"""The facts by which an action is an exception, of every open action of a plan. Four queries, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from core.values.months import Month
from improvement.models import Action, Event, Plan
from improvement.models.event import OWN_WORDS, Kind, Provenance
from improvement.rules.exceptions import Facts
from improvement.rules.outcomes import Outcome
from improvement.rules.status import NOT_ON_TRACK, Status
from parties.participants import Participant

# Of what is printed nobody knows when it was done.
DONE = Q(events__kind=Kind.STATUS, events__phase=1, events__now=Status.COMPLETED) & ~Q(
    events__provenance=Provenance.PUBLISHED
)


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
            moves=Count("events", filter=Q(events__kind=Kind.MOVED)),
            last_word=Max("events__day", filter=Q(events__kind__in=OWN_WORDS)),
            last_of_impact=Max("events__day", filter=Q(events__phase=2)),
            confirmed=Max("events__number", filter=Q(events__kind=Kind.CONFIRMED)),
            asked_anew=Max("events__number", filter=Q(events__kind=Kind.ASKED_ANEW)),
            done_on=Max("events__day", filter=DONE),
        )
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )
    unmitigated = _without_mitigation(plan)
    return [
        Examined(
            action,
            Facts(
                phase1=Status(action.phase1),
                phase2=Status(action.phase2),
                outcome=Outcome(action.outcome),
                target=Month.of(action.target) if action.target else None,
                moves=action.moves,
                done_on=action.done_on,
                last_word=action.last_word,
                last_of_impact=action.last_of_impact,
                owners=len(action.ownerships.all()),
                unmitigated=action.pk in unmitigated,
                asked_anew=action.asked_anew is not None
                and (action.confirmed is None or action.asked_anew > action.confirmed),
            ),
        )
        for action in actions
    ]


def _without_mitigation(plan: Plan) -> set[int]:
    """The actions of which the last word about a phase says "not on track" and names no mitigation.

    What is printed names neither risk nor mitigation anywhere, so it isn't counted.
    """
    told = Event.objects.filter(action__recommendation__priority__plan=plan, kind=Kind.STATUS).order_by()
    last = told.values("action", "phase").annotate(last=Max("pk")).values("last")
    open_risks = Event.objects.filter(pk__in=last, now__in=NOT_ON_TRACK, mitigation="").order_by()
    return set(open_risks.exclude(provenance=Provenance.PUBLISHED).values_list("action_id", flat=True))
