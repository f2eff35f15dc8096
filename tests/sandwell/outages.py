"""Services that are really gone: what is asked of them fails as it does when a server is down."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from tests.installation import spare_port


@contextmanager
def without_database() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Gives a function that runs another in a thread whose connection finds no database where it should be."""
    kept = dict(connections.settings["default"])
    nowhere = (
        {"NAME": "/nowhere/at/all.sqlite3"}
        if connection.vendor == "sqlite"
        else {"HOST": "127.0.0.1", "PORT": str(spare_port())}
    )
    connections.settings["default"].update(nowhere)
    try:
        yield _in_a_thread
    finally:
        connections.settings["default"].update(kept)


def _in_a_thread(function: Callable[[], Any]) -> Any:
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(function())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]


def redis_nowhere() -> dict[str, dict[str, Any]]:
    """CACHES as production has them, where nothing listens."""
    return {
        "default": {
            "BACKEND": "core.cache.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{spare_port()}/0",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
