"""Whether the worker keeps up, for the readiness of the program."""

from __future__ import annotations

from django.conf import settings

from kpis.engine.freshness import backlog


def worker_keeps_up() -> str:
    waiting = backlog().seconds
    return "ok" if waiting <= settings.WORKER_LAG_SECONDS else f"late by {waiting} seconds"


def worker_is_behind() -> dict[str, int]:
    """Contracts that wait to be computed, and for how many seconds the oldest of them has."""
    return backlog()._asdict()
