"""Leaves alone for a while what failed, so that not everybody who would use it pays for finding out that it is away."""

import threading
import time

SECONDS = 10.0


class Pause:
    """Of one thing that this process uses and can do without. While it fails, one try in ten seconds is let through."""

    def __init__(self) -> None:
        self._deciding = threading.Lock()
        self._failing = False
        self._next_try = 0.0

    def may_try(self) -> bool:
        """Whether to try now. Who is let through while it fails does so for all others."""
        if not self._failing:
            return True
        with self._deciding:
            now = time.monotonic()
            if now < self._next_try:
                return False
            self._next_try = now + SECONDS
            return True

    def failed(self) -> None:
        self._next_try = time.monotonic() + SECONDS
        self._failing = True

    def worked(self) -> None:
        self._failing = False


# Redis, which carries the cache and the messages to the worker: one server, so one pause.
redis_pause = Pause()
