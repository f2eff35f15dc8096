"""States how recommendations stand: one statement for each reference and phase, beside what the actions come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from improvement.models import Plan, Reference, Statement
from improvement.plans.as_at import actions_as_at, computed
from improvement.rules.status import Status


def state_as_computed(*, plan: Plan, day: date, written: Mapping[str, Any]) -> int:
    """Each reference of the overview whose actions say where it stands is stated so, where that is news. Four queries.

    Nothing is stated of a reference whose actions leave it open.
    """
    comes_to = computed(actions_as_at(plan, day, day))
    references = Reference.objects.filter(plan=plan, block__isnull=False, recommendation__isnull=False)
    latest = {(row.reference_id, row.phase): row.status for row in latest_statements(plan, day)}
    rows = [
        Statement(reference=reference, phase=phase, status=status, computed=status, day=day, **written)
        for reference in references
        for phase in (1, 2)
        if (status := comes_to.get((reference.recommendation_id or 0, phase), Status.UNKNOWN))
        != Status.UNKNOWN
        and latest.get((reference.pk, phase)) != status
    ]
    return len(Statement.objects.bulk_create(rows))


def latest_statements(plan: Plan, day: date) -> QuerySet[Statement]:
    """The latest statement of each reference and phase up to a day. One query."""
    told = Statement.objects.filter(reference__plan=plan, day__lte=day).order_by()
    last = told.values("reference", "phase").annotate(last=Max("pk")).values("last")
    return Statement.objects.filter(pk__in=last).order_by()
