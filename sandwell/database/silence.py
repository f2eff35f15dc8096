"""Finds out a PostgreSQL server that hangs, so that no page waits for it.

The kernel of a stopped server still takes connections and acknowledges what is sent, and a stopped server keeps no
limit of its own. So who waits for an answer asks, after a moment's quiet, whether the server still says anything to
anybody: to a new connection. A server that does is slow, and its own limits apply. One that doesn't hangs: whoever
waits for it is let go, and nobody waits anew until it has spoken again.

It works for a whole process, by psycopg2's wait callback, under which there is no COPY.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable
from contextlib import closing

import psycopg2
import structlog
from psycopg2 import extensions

log = structlog.get_logger(__name__)

# A page's statement takes milliseconds; a new connection is greeted in a few, even by a server that is busy. Both
# together are how long a thread may be held.
QUIET = 0.35
GREETING = 0.35
# Who waits for a slow statement asks less and less often.
LONGEST_QUIET = 2.0
# How long one connection waits for the server to speak again before the next one does.
WATCH = 2.0
# The server ends a slow statement itself; a single connection of it that hangs is given up after this much more.
GRACE = 1.0


class ServerHangs(psycopg2.OperationalError):
    """The database server does not answer."""


class Server:
    """The database server as the threads of this process know it."""

    def __init__(
        self, connect: Callable[..., extensions.connection], *, connecting: float, statement: float
    ) -> None:
        """``connect(async_=True)`` begins a connection. A whole one may take ``connecting`` seconds, and the answer to
        a statement ``statement``.
        """
        self._connect = connect
        self._connecting = connecting
        self._statement = statement + GRACE
        self._asking = threading.Lock()
        self._greeted = float("-inf")
        self._watch: threading.Thread | None = None

    def hangs(self) -> bool:
        """Whether it was found silent and has not spoken since. In a process forked meanwhile nobody watches."""
        return self._watch is not None and self._watch.is_alive()

    def wait(self, connection: extensions.connection) -> None:
        """psycopg2's wait callback: returns when the connection has its answer, and raises where none is to come."""
        if self.hangs():
            raise ServerHangs("The database server hangs.")
        heard = began = time.monotonic()
        limit = self._connecting if connection.status == extensions.STATUS_SETUP else self._statement
        quiet = QUIET
        while (state := connection.poll()) != extensions.POLL_OK:
            if _ready(connection, state, quiet):
                continue
            if not self.speaks(since=heard):
                raise ServerHangs("The database server hangs.")
            heard = time.monotonic()
            if heard - began > limit:
                raise ServerHangs("One connection of the database server hangs.")
            quiet = min(quiet * 2, LONGEST_QUIET)

    def speaks(self, since: float) -> bool:
        """Whether the server said anything to a new connection since then. One thread asks for all that wait."""
        with self._asking:
            if self.hangs():
                return False
            if self._greeted >= since:
                return True
            asked = time.monotonic()
            if self._greets(GREETING):
                self._greeted = asked
                return True
            log.error("database_hangs")
            self._watch = threading.Thread(target=self._until_it_speaks, name="database-watch", daemon=True)
            self._watch.start()
            return False

    def _until_it_speaks(self) -> None:
        """A connection that waits is greeted the moment a stopped server goes on."""
        while not self._greets(WATCH):
            pass
        log.warning("database_answers_again")

    def _greets(self, seconds: float) -> bool:
        """Whether it says anything at all in time, be it a refusal. One that is gone doesn't hang: that is told at
        once to whoever asks.
        """
        try:
            with closing(self._connect(async_=True)) as connection:
                while (state := connection.poll()) == extensions.POLL_WRITE:
                    if not _ready(connection, state, seconds):
                        return False
                return _ready(connection, state, seconds)
        except psycopg2.Error:
            return True


def _ready(connection: extensions.connection, state: int, seconds: float) -> bool:
    """Whether the connection can go on within so many seconds."""
    ready = select.poll()
    ready.register(connection.fileno(), select.POLLOUT if state == extensions.POLL_WRITE else select.POLLIN)
    return bool(ready.poll(seconds * 1000))
