"""Tables whose rows are written once: the database refuses UPDATE, DELETE and, on PostgreSQL, TRUNCATE.

operations = [..., *append_only("kpis_figurerevision")]
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

from core.triggers.trigger import InstallTriggers, Trigger, install_triggers


def append_only(table: str) -> list[Operation]:
    """Migration operations that make the table append-only; reversing the migration lifts it.

    Put them after the operations that create the table and its unique constraints. A later migration that
    alters the table lifts and keeps them (see core.triggers.trigger).
    """
    return [*install_triggers(*triggers_of(table)), *no_replacement(table)]


def no_replacement(table: str, same: str = "") -> list[Operation]:
    """For a table whose rows change but never go: SQLite's INSERT OR REPLACE can't put one in another's place.

    `same` says in SQL when a row stands in the way of NEW by a unique index over an expression; unique columns
    are found. PostgreSQL has no such statement.
    """
    return [InstallTriggers(lambda connection: _replacement_trigger(connection, table, same))]


def triggers_of(table: str) -> list[Trigger]:
    message = f"Rows of {table} are kept as they were written: they can't be changed or deleted."
    return [
        Trigger(f"{table}_no_{event.lower()}", table, event, message)
        for event in ("UPDATE", "DELETE", "TRUNCATE")
    ]


def _replacement_trigger(connection: BaseDatabaseWrapper, table: str, also: str) -> Trigger | None:
    """SQLite's INSERT OR REPLACE deletes the row in its way without asking a DELETE trigger."""
    if connection.vendor == "postgresql":
        return None
    same = ["rowid = NEW.rowid", *([also] if also else [])]
    same += [
        " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
        for key in _unique_keys(connection, table)
    ]
    anywhere = " OR ".join(f"({condition})" for condition in same)
    return Trigger(
        name=f"{table}_no_replace",
        table=table,
        event="INSERT",
        message=f"Rows of {table} are kept: this one exists already and can't be replaced.",
        condition=f'EXISTS (SELECT 1 FROM "{table}" WHERE {anywhere})',  # noqa: S608 - our own names, no values
    )


def _unique_keys(connection: BaseDatabaseWrapper, table: str) -> list[list[str]]:
    """The columns of each unique index of the table that covers whole columns and all rows."""
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA index_list("{table}")')
        indexes: list[Any] = [row[1] for row in cursor.fetchall() if row[2] and not row[4]]
        keys = []
        for index in indexes:
            cursor.execute(f'PRAGMA index_info("{index}")')
            keys.append([row[2] for row in cursor.fetchall()])
    return sorted(key for key in keys if None not in key)
