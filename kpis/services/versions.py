"""Moves a contract's figures version on and wakes whoever recomputes. Nothing else writes the version's rise."""

from __future__ import annotations

from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from kpis.models import FiguresVersion
from kpis.recompute import recompute
from parties.models import Contract
from sandwell.celery import app

log = structlog.get_logger(__name__)


def lock_figures(contract: Contract) -> FiguresVersion:
    """The contract's version row, locked until the transaction ends: writers of one contract wait for each other."""
    FiguresVersion.objects.get_or_create(contract=contract)
    return FiguresVersion.objects.select_for_update().get(contract=contract)


def move_on(contract: Contract) -> None:
    """Note that figures or bands changed, and wake the recompute once this transaction is committed."""
    lock_figures(contract)
    FiguresVersion.objects.filter(contract=contract).update(current=F("current") + 1, moved_at=timezone.now())
    transaction.on_commit(partial(wake, contract.pk))


def wake(contract_id: int) -> None:
    """Have the statuses recomputed: by the worker, or here and now where there is none.

    The message may be lost. The version stays behind then, and the sweep of the next minute finds it.
    """
    if not settings.CELERY_ON:
        _recompute_here(contract_id)
        return
    try:
        app.send_task(
            "kpis.recompute_rag", kwargs={"contract_ids": [contract_id], "trigger": "write"}, retry=False
        )
    except (OperationalError, OSError) as error:
        log.warning("wake_up_lost", contract_id=contract_id, error=str(error))


def _recompute_here(contract_id: int) -> None:
    """The write is committed and stays; what can't be computed is behind, and pages say so."""
    try:
        recompute(contract_ids=[contract_id], trigger="write")
    except Exception:
        log.exception("statuses_are_behind", contract_id=contract_id)
