"""Actions with what their pages show, for whoever may read the plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import NegatedExpression
from django.http import Http404

from improvement.models import Action, Evidence, Ownership, Plan
from parties.participants import PROVIDER, Participant


def action_named(participant: Participant, plan_code: str, row: str, number: int) -> Action:
    """One action with its story. Http404 where there is none. Six queries."""
    found = (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority__plan__code=plan_code, recommendation__code=row, number=number)
        .select_related("recommendation__priority__plan")
        .prefetch_related("ownerships__owner", "events__superseded_by__recommendation", "evidence__indicator")
        .first()
    )
    if found is None:
        raise Http404("The plan has no such action.")
    return found


def actions_answered_for(participant: Participant, plan: Plan) -> QuerySet[Action]:
    """The actions of the plan for which the person writes; where somebody is named in person, theirs alone are.

    The Trust writes for owners of whom nobody has an account.
    """
    owned = Ownership.objects.filter(action=OuterRef("pk"))
    own = owned.filter(owner__organisation__in=participant.organisations)
    theirs: list[Exists | NegatedExpression] = [Exists(own)]
    if participant.party == PROVIDER:
        theirs += [Exists(owned.filter(owner__organisation__isnull=True)), ~Exists(owned)]
    by_name = own.filter(owner__person=participant.user)
    actions = Action.objects.visible_to(participant).filter(
        _any_of(theirs), recommendation__priority__plan=plan
    )
    if Ownership.objects.filter(
        owner__plan=plan, owner__person=participant.user, owner__organisation__in=participant.organisations
    ).exists():
        actions = actions.filter(Exists(by_name))
    return (
        actions.annotate(shown=Exists(Evidence.objects.filter(action=OuterRef("pk"))))
        .select_related("recommendation__priority__plan")
        .prefetch_related("ownerships__owner")
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )


def _any_of(conditions: Sequence[Exists | NegatedExpression]) -> Q:
    found = Q()
    for condition in conditions:
        found |= Q(condition)
    return found


def others_of(participant: Participant, action: Action) -> list[tuple[str, str]]:
    """The other actions of the same priority, by which one can be superseded: key and words. One query."""
    rows = (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority=action.recommendation.priority)
        .exclude(pk=action.pk)
        .order_by("recommendation__position", "number")
    )
    return [
        (str(pk), f"{code} action {number}: {title}")
        for pk, code, number, title in rows.values_list("pk", "recommendation__code", "number", "title")
    ]


def waiting_for_answer(participant: Participant, plan: Plan) -> QuerySet[Action]:
    """What the plan's actions ask of either party: a confirmation, or that they end."""
    return (
        Action.objects.visible_to(participant)
        .filter(recommendation__priority__plan=plan)
        .exclude(waits="")
        .select_related("recommendation__priority__plan")
        .prefetch_related("ownerships__owner")
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )
