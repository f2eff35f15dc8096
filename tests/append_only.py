"""Lifts the database's triggers for as long as a test needs to clear or to tamper with what they keep."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from core.triggers.append_only import append_only
from core.triggers.trigger import InstallTriggers, in_force


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No trigger of the project is in force inside the block; all of them are again after it."""
    if connection.vendor == "postgresql":
        with _disabled(connection):
            yield
    else:
        with _dropped(connection):
            yield


@contextmanager
def _disabled(connection: BaseDatabaseWrapper) -> Iterator[None]:
    query = (
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        tables = [row[0] for row in cursor.fetchall()]
        _settle(connection)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        _settle(connection)
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _settle(connection: BaseDatabaseWrapper) -> None:
    # A table can't be altered while a foreign key of it still waits to be checked at the end.
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _dropped(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)


def is_append_only(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the database refuses changes to the table's rows at this moment."""
    return all(
        in_force(connection, trigger)
        for operation in append_only(table)
        if isinstance(operation, InstallTriggers)
        for trigger in operation.triggers(connection)
    )
