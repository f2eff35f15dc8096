"""What an administrator may look at, by the contracts of their organisations."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from kpis.definitions.models import Indicator
from kpis.engine.models import RecomputeRun
from parties.models import Contract, User


def indicators_in_scope(user: User | AnonymousUser) -> QuerySet[Indicator]:
    return Indicator.objects.filter(contract__in=Contract.objects.visible_to(user)).select_related("contract")


def runs_in_scope(user: User | AnonymousUser) -> QuerySet[RecomputeRun]:
    """Runs of the person's contracts, and those that were about all contracts."""
    own = Q(contract__in=Contract.objects.visible_to(user)) | Q(contract__isnull=True)
    return RecomputeRun.objects.filter(own).select_related("contract")
