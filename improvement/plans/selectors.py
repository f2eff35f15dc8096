"""The plans of a contract, for whoever may read them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from improvement.models import Owner, Plan
from parties.models import Contract, Organisation
from parties.participants import Participant

NOT_KEPT = "This plan is kept by the other party."


def plans_of(participant: Participant) -> list[Plan]:
    """Every plan, the latest first. One query."""
    return list(Plan.objects.visible_to(participant))


def plan_named(participant: Participant, code: str) -> Plan:
    """The plan of this code; Http404 if the contract has none, or it isn't the person's to read."""
    plan = Plan.objects.visible_to(participant).filter(code=code).first()
    if plan is None:
        raise Http404("This contract has no such plan.")
    return plan


def plan_kept(participant: Participant, code: str) -> Plan:
    """The plan of this code, for whoever keeps it; PermissionDenied for one of the other party's. One query."""
    plan = plan_named(participant, code)
    if not keeps(participant, plan):
        raise PermissionDenied(NOT_KEPT)
    return plan


def plan_among(plans: list[Plan], code: str) -> Plan:
    """The plan of this code among those that a person may read; Http404 without it."""
    found = next((plan for plan in plans if plan.code == code), None)
    if found is None:
        raise Http404("This contract has no such plan.")
    return found


def current_plan(plans: list[Plan], today: date) -> Plan | None:
    """The improvement plan that runs on a day, the latest begun of several; else the first that there is."""
    running = (plan for plan in plans if plan.kind == Plan.Kind.IMPROVEMENT and plan.runs_on(today))
    return next(running, plans[0] if plans else None)


def keeps(participant: Participant, plan: Plan) -> bool:
    """Whether the plan is the person's to write: what it asks, whose it is, and what it states. No query."""
    return participant.may("plan.keep") and participant.party == plan.kept_by


def sits_in(contract: Contract) -> dict[str, Organisation]:
    """In which organisation an owner sits by their side; partners' sides say nothing of it. No query of its own."""
    return {Owner.Side.TRUST.value: contract.provider, Owner.Side.COUNCIL.value: contract.commissioner}
