"""The worker's doors: ids in, one call, nothing lost when a task runs twice or never."""

from __future__ import annotations

from celery import shared_task

from kpis.engine.freshness import lagging_contracts
from kpis.engine.recompute import recompute


@shared_task(name="kpis.recompute_rag", ignore_result=True)
def recompute_rag(contract_ids: list[int] | None = None, trigger: str = "schedule") -> None:
    """Recompute the statuses of these contracts, or of all."""
    recompute(trigger=trigger, contract_ids=contract_ids)


@shared_task(name="kpis.sweep", ignore_result=True)
def sweep() -> None:
    """Recompute what a lost message left behind. Without anything to do it leaves no trace."""
    if behind := lagging_contracts():
        recompute(trigger="sweep", contract_ids=behind)
