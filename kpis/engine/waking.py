"""Has the statuses recomputed whenever figures, bands or terms moved on."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import current_app as app
from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import OperationalError

from core import clock
from kpis.engine.recompute import recompute
from kpis.engine.selectors import Freshness, freshness
from kpis.versions.services import move_on
from parties.models import Contract
from parties.participants import Participant

log = structlog.get_logger(__name__)
A_DAY = 24 * 3600
FOR_THE_WRITER = timedelta(seconds=60)  # a write is computed by whoever wrote it, who is given so long


def terms_changed(sender: object, contract: Contract, **signal: object) -> None:
    """A contract's settings decide which months are expected and by when."""
    move_on(contract)


def caught_up(participant: Participant) -> Freshness:
    """How fresh the statuses are that the person is about to see.

    Without a worker nobody sweeps, so the first to look after a month has ended, or some time after a write that
    could not be computed, has it computed. If that fails it is tried again on the next day.
    """
    fresh, contract, now = freshness(participant), participant.contract, clock.now()
    if settings.CELERY_ON or not fresh.behind or fresh.computed_at is None:
        return fresh
    version = contract.figures_version
    if (
        version.computed < version.current
        and version.moved_at
        and abs(now - version.moved_at) < FOR_THE_WRITER
    ):
        return fresh
    if cache.add(f"looked-{contract.pk}-{clock.today()}-{fresh.generation}", True, A_DAY):
        _recompute_here(contract.pk)
        version.refresh_from_db()
    return freshness(participant)


def wake(sender: object, *, contract_id: int, **signal: object) -> None:
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
