"""Actions with what their pages show, for whoever may read the plan."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from core import clock
from core.values.months import Month
from improvement.actions.returned import TELLING
from improvement.models import Action, Event, Evidence, Ownership
from improvement.models.event import Kind
from improvement.plans.names import named
from improvement.rules.outcomes import Outcome
from improvement.rules.status import NOT_ON_TRACK, Status
from parties.participants import Participant

# The plan that began last comes first, then as each plan has them.
IN_ORDER = (
    "-recommendation__priority__plan__starts_on",
    "recommendation__priority__plan_id",
    "recommendation__priority__number",
    "recommendation__position",
    "number",
)


def action_named(participant: Participant, plan_code: str, row: str, number: int) -> Action:
    """One action with its story. Http404 where there is none. Four queries."""
    found = (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority__plan__code=plan_code, recommendation__code=row, number=number)
        .select_related("recommendation__priority__plan")
        .prefetch_related(
            Prefetch("ownerships", queryset=Ownership.objects.select_related("owner")),
            Prefetch("events", queryset=Event.objects.select_related("superseded_by__recommendation")),
            Prefetch("evidence", queryset=Evidence.objects.select_related("indicator")),
        )
        .first()
    )
    if found is None:
        raise Http404("The plan has no such action.")
    return found


def actions_answered_for(participant: Participant) -> QuerySet[Action]:
    """The actions for which the person writes, of every plan that runs; where they are named, theirs alone.

    Whoever keeps the plan writes for owners of whom nobody has an account.
    """
    owned = Ownership.objects.filter(action=OuterRef("pk"))
    own = owned.filter(owner__organisation__in=participant.organisations)
    without_account = Exists(owned.filter(owner__organisation__isnull=True)) | ~Exists(owned)
    kept = Q(recommendation__priority__plan__kept_by=participant.party)
    in_person = Ownership.objects.filter(
        owner__person=participant.user,
        owner__organisation__in=participant.organisations,
        owner__plan__contract=participant.contract,
    )
    unnamed_or_theirs = ~Exists(in_person) | Exists(in_person.filter(action=OuterRef("pk")))
    return _of_running_plans(participant).filter(
        Q(Exists(own)) | kept & Q(without_account), unnamed_or_theirs
    )


def own_with_what_came_back(participant: Participant) -> QuerySet[Action]:
    """The same, with two kinds of their events alone: what wasn't on track, and what came back. Four queries."""
    told = Event.objects.filter(Q(kind=Kind.STATUS, now__in=NOT_ON_TRACK) | Q(kind__in=TELLING))
    return actions_answered_for(participant).prefetch_related(Prefetch("events", queryset=told))


def open_actions_of(participant: Participant, *, done: bool = False) -> QuerySet[Action]:
    """What is open and not done yet, or done: what the person answers for; all of it for who only reads."""
    own = participant.may("action.update")
    actions = actions_answered_for(participant) if own else _of_running_plans(participant)
    finished = Q(phase1=Status.COMPLETED)
    return actions.filter(finished if done else ~finished, outcome=Outcome.OPEN)


def _of_running_plans(participant: Participant) -> QuerySet[Action]:
    return (
        Action.objects.visible_to(participant)
        .filter(plan_runs_on(clock.today()))
        .select_related("recommendation__priority__plan__contract")
        .prefetch_related("ownerships__owner")
        .order_by(*IN_ORDER)
    )


def plan_runs_on(day: date) -> Q:
    """Actions of the plans that run on a day, by month (Plan.runs_on)."""
    return Q(
        recommendation__priority__plan__starts_on__lte=day,
        recommendation__priority__plan__ends_on__gte=Month.of(day).first_day,
    )


def others_of(participant: Participant, action: Action) -> list[tuple[str, str]]:
    """The other actions of the same priority, by which one can be superseded: key and words. One query."""
    others = (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority=action.recommendation.priority)
        .exclude(pk=action.pk)
        .select_related("recommendation")
        .order_by("recommendation__position", "number")
    )
    return [(str(one.pk), f"{named(one)}: {one.title}") for one in others]


def waiting_for_answer(participant: Participant) -> QuerySet[Action]:
    """What actions ask of either party: a confirmation, or that they end."""
    return _of_running_plans(participant).exclude(waits="")
