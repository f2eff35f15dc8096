"""Whether a request can have saved anything before the database was lost, so that its answer says what is true.

Certain is only that nothing was saved where no transaction was asked to commit, and where nothing but reading was done
outside one. What was asked and never answered may have been done.
"""

from contextvars import ContextVar
from typing import Any

from django.core.signals import request_started
from psycopg2 import extensions

READING = ("SELECT", "SET ", "SHOW ")
_perhaps: ContextVar[bool | None] = ContextVar("perhaps_saved", default=None)


def perhaps_saved() -> bool:
    """Whether the request may have saved something, or part of it. True where nobody took note, as on SQLite."""
    return _perhaps.get() is not False


def take_note() -> None:
    """From now on, each request begins with nothing saved."""
    request_started.connect(_begin, dispatch_uid="perhaps_saved")


def _begin(**signal: Any) -> None:
    _perhaps.set(False)


class NotingCursor(extensions.cursor):
    """Outside a transaction each statement is one of its own."""

    def execute(self, query: Any, *parameters: Any) -> None:
        self._note(query)
        super().execute(query, *parameters)

    def executemany(self, query: Any, *parameters: Any) -> None:
        self._note(query)
        super().executemany(query, *parameters)

    def _note(self, query: Any) -> None:
        if self.connection.autocommit and not str(query).lstrip(" (\n")[:6].upper().startswith(READING):
            _perhaps.set(True)


class NotingConnection(extensions.connection):
    def commit(self) -> None:
        _perhaps.set(True)
        super().commit()
