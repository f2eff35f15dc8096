"""What runs by the clock, and what is asked before the program counts as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Job:
    """A task that beat sends: every so many seconds, or by a crontab in UTC.

    A message that waited behind a stopped broker is worthless once the next one is due: it expires after ``expires``
    seconds.
    """

    name: str
    task: str
    schedule: Any
    expires: int | None = None
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HealthCheck:
    """One thing that the readiness of the program rests on: "ok", or in a word what is wrong.

    ``behind`` counts what waits for it, whether that is much or not, each number with its name. A check that the
    database keeps from being made is answered "unknown", and nothing is counted.
    """

    name: str
    check: Callable[[], str]
    behind: Callable[[], Mapping[str, int]] | None = None
