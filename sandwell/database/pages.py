"""Makes this process one that serves pages: what it asks the database for has a person waiting."""

from typing import Any

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import extensions

from sandwell.database.saved import NotingConnection, NotingCursor, take_note
from sandwell.database.silence import Server


def wait_for_nothing_long() -> None:
    """On PostgreSQL. Before its first connection."""
    database = connections.settings["default"]
    if not database["ENGINE"].endswith("postgresql"):
        return
    limits = settings.DATABASE_LIMITS_FOR_PAGES
    noting = {"connection_factory": NotingConnection, "cursor_factory": NotingCursor}
    database["OPTIONS"] = settings.DATABASE_OPTIONS_FOR_PAGES | noting
    take_note()
    server = Server(_connect, connecting=limits.connect, statement=limits.statement)
    extensions.set_wait_callback(server.wait)


def _connect(**more: Any) -> extensions.connection:
    """As Django's backend does."""
    parameters = connections.create_connection("default").get_connection_params()
    return psycopg2.connect(**parameters, **more)
