"""Figures and bands in, statuses out: the body of the Celery job and of everything else that recomputes.

Idempotent. A contract's version row is locked meanwhile, so that no writer is half way through and the statuses are
those of one version. Only rows that changed are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from core import clock
from kpis.engine.freshness import expected_of, reported_span
from kpis.engine.models import RecomputeRun
from kpis.versions.models import FiguresVersion
from parties.models import Contract

log = structlog.get_logger(__name__)

# Contracts in one transaction: enough for whole columns to pay off, few enough that writers hardly wait.
BATCH = 10


@dataclass(frozen=True)
class Outcome:
    """Rows computed, and rows of them that were written because they differed."""

    computed: int
    changed: int


def recompute(
    *,
    trigger: str,
    contract_ids: Sequence[int] | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Recompute the statuses of the given contracts, of all when none are given.

    ``today`` decides which months a contract should have reported. ``progress`` is told how many contracts are done.
    The run is kept with its counts. A contract that can't be computed stays as it was and behind, and keeps no other
    from being computed; its error is kept with the run and raised at the end.
    """
    today = today or clock.today()
    ids = (
        sorted(contract_ids)
        if contract_ids is not None
        else list(Contract.objects.values_list("pk", flat=True))
    )
    only = ids[0] if contract_ids is not None and len(ids) == 1 else None
    _close_interrupted()
    run = RecomputeRun.objects.create(contract_id=only, trigger=trigger, started_at=clock.now())
    total, errors = Outcome(0, 0), []
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        outcome, failed = _recompute_each(batch, today)
        total = Outcome(total.computed + outcome.computed, total.changed + outcome.changed)
        errors += failed
        progress(len(batch))
    run.ended_at = clock.now()
    run.computed, run.changed = total.computed, total.changed
    run.error = "\n".join(_in_a_line(error) for error in errors)
    run.save()
    log.info(
        "recomputed", contracts=len(ids), computed=total.computed, changed=total.changed, trigger=trigger
    )
    if errors:
        raise errors[0]
    return total


def _in_a_line(error: Exception) -> str:
    """What went wrong, without the row that a database adds below its message: figures may stand in it."""
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"


def _close_interrupted() -> None:
    """Say of runs that were killed before they could say it themselves that they were interrupted."""
    long_ago = clock.now() - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    RecomputeRun.objects.filter(ended_at__isnull=True, started_at__lt=long_ago).update(
        ended_at=clock.now(), error="Interrupted before it ended."
    )


def _recompute_each(contract_ids: Sequence[int], today: date) -> tuple[Outcome, list[Exception]]:
    """A batch together or, where it fails, each of its contracts alone, so that only the faulty ones are left out."""
    try:
        return _recompute_batch(contract_ids, today), []
    except Exception as error:  # noqa: BLE001 - whatever it is, it is kept with the run and raised at the end
        log.error("recompute_failed", contracts=list(contract_ids), error=str(error))
        if len(contract_ids) == 1:
            return Outcome(0, 0), [error]
    parts = [_recompute_each([contract_id], today) for contract_id in contract_ids]
    done = [outcome for outcome, _ in parts]
    total = Outcome(sum(outcome.computed for outcome in done), sum(outcome.changed for outcome in done))
    return total, [error for _, failed in parts for error in failed]


@transaction.atomic
def _recompute_batch(contract_ids: Sequence[int], today: date) -> Outcome:
    # Here and not above: kpis.engine.frames says why.
    from kpis.engine.frames.recomputing import rewrite_statuses

    _prefer_indexes()
    contracts = list(Contract.objects.filter(pk__in=contract_ids).order_by("pk"))
    seen = _locked_versions(contracts)
    rewritten = rewrite_statuses(
        contracts, {contract.pk: reported_span(contract, today) for contract in contracts}
    )
    for contract in contracts:
        FiguresVersion.objects.filter(contract=contract).update(
            computed=seen[contract.pk],
            expected=expected_of(contract, today),
            computed_at=clock.now(),
            generation=F("generation") + 1,
            **rewritten.months_offered[contract.pk],
        )
    return Outcome(rewritten.computed, rewritten.changed)


def _prefer_indexes() -> None:
    """PostgreSQL takes disks for slow at jumping unless told, and would read all revisions to find a few."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1.1")


def _locked_versions(contracts: Sequence[Contract]) -> dict[int, int]:
    """How far each contract's figures have moved on; the rows stay locked until the transaction ends."""
    rows = FiguresVersion.objects.filter(contract__in=contracts).order_by("contract").select_for_update()
    seen = dict(rows.values_list("contract_id", "current"))
    if len(seen) < len(contracts):
        FiguresVersion.objects.bulk_create(
            [FiguresVersion(contract=contract) for contract in contracts], ignore_conflicts=True
        )
        seen = dict(rows.values_list("contract_id", "current"))
    return seen
