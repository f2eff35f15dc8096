"""The worker's doors: ids in, one call, nothing lost when a task runs twice or never."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from kpis.recompute import recompute
from kpis.selectors.freshness import lagging_contracts
from kpis.services.notices.sweeping import sweep_notices
from kpis.services.uploads.arriving import wake_reading
from kpis.services.uploads.expiring import drop_old_files as drop
from kpis.services.uploads.reading import overdue_uploads
from kpis.services.uploads.reading import read_upload as read


@shared_task(name="kpis.recompute_rag", ignore_result=True)
def recompute_rag(contract_ids: list[int] | None = None, trigger: str = "schedule") -> None:
    """Recompute the statuses of these contracts, or of all."""
    recompute(trigger=trigger, contract_ids=contract_ids)


@shared_task(name="kpis.read_upload", ignore_result=True)
def read_upload(upload_id: int) -> None:
    """Read a file that was handed in."""
    read(upload_id)


@shared_task(name="kpis.sweep", ignore_result=True)
def sweep() -> None:
    """Find what a lost message left behind. Without anything to do it leaves no trace."""
    behind = lagging_contracts()
    if behind:
        recompute(trigger="sweep", contract_ids=behind)
    for upload_id in overdue_uploads(timezone.now()):
        wake_reading(upload_id)  # each in a task of its own, which has its own time


@shared_task(name="kpis.drop_old_files", ignore_result=True)
def drop_old_files() -> None:
    """Drop what is in files that nobody saved or withdrew. Without any it leaves no trace."""
    drop(timezone.now())


@shared_task(name="kpis.send_notices", ignore_result=True)
def send_notices() -> None:
    """Tell what falls due, and send the e-mails of the day. Without anything to do it leaves no trace."""
    sweep_notices()
