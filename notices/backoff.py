"""How long to leave alone what failed: five minutes, then twice as long each time, up to two hours.

Kept in the cache: where it is forgotten, the only harm is one attempt more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=2)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Backoff:
    """The backoff of one thing that failed, by its name."""

    name: str

    def until(self, now: datetime) -> datetime | None:
        """When to try again; None where it may be tried now, also where the clock went back since."""
        _, until = self._kept()
        return until if until and now < until <= now + LONGEST else None

    def lengthen(self, now: datetime) -> datetime:
        """It failed (again): when to try next."""
        failures, _ = self._kept()
        until = now + min(SHORTEST * 2 ** min(failures, 10), LONGEST)
        cache.set(self._key, (failures + 1, until), timeout=int(FORGOTTEN_AFTER.total_seconds()))
        return until

    def end(self) -> None:
        """It works: the next failure begins with the shortest backoff."""
        if self._kept()[0]:
            cache.set(self._key, (0, None), timeout=1)

    @property
    def _key(self) -> str:
        return f"backoff:{self.name}"

    def _kept(self) -> tuple[int, datetime | None]:
        kept: tuple[int, datetime | None] = cache.get(self._key, (0, None))
        return kept
