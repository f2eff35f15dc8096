"""The whole of what the worker does for notices, found from the database each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import clock
from notices.digests import Sent, send_digests
from notices.falling_due import tell_what_falls_due


@dataclass(frozen=True)
class Swept:
    """How many notices of deadlines are new, and what became of the e-mails."""

    told: int
    mails: Sent


def sweep_notices(*, now: datetime | None = None) -> Swept:
    """Tell what falls due and send what is to be sent. Safe to run at any time, as often and as many at once."""
    now = now or clock.now()
    told = tell_what_falls_due(today=clock.day_of(now))
    return Swept(told, send_digests(now=now))
