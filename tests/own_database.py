"""A database that several threads can write to at once, which SQLite in memory is not."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections


@contextmanager
def database_for_threads(folder: Path) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Threads started inside the block share one database: PostgreSQL's own, or a copy of SQLite's in a file.

    Gives a function that runs another in such a thread and returns what it returns.
    """
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield _in_a_thread
        return
    connection.ensure_connection()
    path = str(folder / "threads.sqlite3")
    settings = connections.settings["default"]
    in_memory = settings["NAME"]
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # SQLite waits neither where two turn a file to WAL at once, nor where one opens what the last is closing.
        copy.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = path
        try:
            yield _in_a_thread
        finally:
            settings["NAME"] = in_memory


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
