"""Whether the worker keeps up, for the readiness of the program."""

from __future__ import annotations

from django.conf import settings

from kpis.engine.freshness import oldest_waiting_seconds


def worker_keeps_up() -> str:
    waiting = oldest_waiting_seconds()
    return "ok" if waiting <= settings.WORKER_LAG_SECONDS else f"late by {waiting} seconds"
