"""What of a plan is written. Http404 for what isn't there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from improvement.keeping.services.owners import answering_for, organisations_of
from improvement.models import Action, Measure, Owner, Plan, Priority, Recommendation
from parties.models import Contract, Organisation, User

Row = TypeVar("Row", Priority, Recommendation, Action, Measure, Owner)


def priority_of(plan: Plan, number: int) -> Priority:
    return _only(plan.priorities.select_related("plan").filter(number=number))


def row_of(plan: Plan, code: str) -> Recommendation:
    rows = Recommendation.objects.filter(priority__plan=plan, code=code)
    return _only(rows.select_related("priority__plan").prefetch_related("references"))


def action_of(plan: Plan, row: str, number: int) -> Action:
    actions = Action.objects.filter(
        recommendation__priority__plan=plan, recommendation__code=row, number=number
    )
    return _only(actions.select_related("recommendation__priority__plan"))


def measure_of(plan: Plan, row: str, number: int) -> Measure:
    measures = Measure.objects.filter(plan=plan, recommendation__code=row, number=number)
    return _only(measures.select_related("plan", "recommendation"))


def owner_of(plan: Plan, key: int) -> Owner:
    return _only(plan.owners.select_related("plan__contract", "organisation", "person").filter(pk=key))


def whole_plan(plan: Plan) -> list[Priority]:
    """The priorities with all that hangs on them, in the plan's order. Six queries, whatever its size."""
    return list(
        plan.priorities.prefetch_related(
            Prefetch("recommendations", Recommendation.objects.order_by("position")),
            "recommendations__references",
            Prefetch("recommendations__actions", Action.objects.order_by("number")),
            "recommendations__actions__ownerships__owner",
            Prefetch("recommendations__measures", Measure.objects.order_by("number")),
        )
    )


@dataclass(frozen=True)
class Member:
    """A person who can be named to an owner, in an organisation of theirs."""

    user: User
    organisation: Organisation


def members_of(contract: Contract) -> tuple[list[Organisation], list[Member]]:
    """The organisations of a contract, and who updates actions of each, once. Two queries."""
    organisations = organisations_of(contract)
    held = answering_for(organisations)
    found = {
        (one.organisation_id, one.user_id): Member(one.user, one.organisation)
        for one in held.select_related("user", "organisation").order_by("organisation_id", "user_id")
    }
    return organisations, list(found.values())


def _only(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404("The plan has nothing of this name.")
    return found
