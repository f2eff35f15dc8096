"""Definitions as one participant may see them, and when they were last applied."""

from __future__ import annotations

from django.db.models import Q

from kpis.engine.models import RecomputeRun
from parties.participants import Participant

LATEST_RUNS = 5


def latest_runs(participant: Participant) -> list[RecomputeRun]:
    """The latest recomputes that touched the person's contract; none for a role that sees no figures. One query."""
    if not participant.may("indicator.view"):
        return []
    touched = RecomputeRun.objects.filter(Q(contract=participant.contract) | Q(contract=None))
    return list(touched.order_by("-pk")[:LATEST_RUNS])
