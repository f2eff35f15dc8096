"""The plans that people load rows into, and what they handed in for them."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from improvement.models import Plan
from improvement.plans.selectors import keeps
from parties.models import Contract
from parties.participants import Participant


def own_plan_by_key(participant: Participant, key: int) -> Plan | None:
    """The plan, if it is the person's to write."""
    plan = Plan.objects.visible_to(participant).filter(pk=key).first()
    return plan if plan is not None and keeps(participant, plan) else None


def code_of(contract: Contract, key: int) -> str:
    """The code of a plan of the contract. One query."""
    return Plan.objects.values_list("code", flat=True).get(contract=contract, pk=key)


def files_of_own_plans(participant: Participant) -> Q:
    """Those handed in for a plan that the person's party keeps: what isn't saved yet is no matter of the other's."""
    own = Plan.objects.visible_to(participant).filter(kept_by=participant.party).order_by()
    return Q(given_for__in=own.annotate(key=Cast("pk", CharField())).values("key"))
