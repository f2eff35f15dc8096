"""Rules that the database itself holds by trigger, on SQLite and on PostgreSQL, written once in SQL.

A guard refuses with IntegrityError and a plain message. On SQLite, a later migration that alters a guarded table
rebuilds it and drops its triggers: put its operations into `with_guards_lifted`, which keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True)
class Guard:
    """Refuses `event` on `table` for a row of which `condition` holds (SQL on NEW and OLD; empty: always)."""

    name: str
    table: str
    event: str
    message: str
    condition: str = ""

    def __post_init__(self) -> None:
        if self.event not in EVENTS:
            raise ValueError(f"A guard watches one of {', '.join(EVENTS)}, not {self.event!r}.")


def guarded_by(*guards: Guard) -> list[Operation]:
    """Migration operations that install the guards, and take them away when the migration is reversed."""
    return [migrations.RunPython(_each(install, guards), _each(remove, guards))]


def with_guards_lifted(*operations: Operation) -> list[Operation]:
    """The operations of a migration that alters guarded tables, between lifting all guards and putting them back.

    SQLite alters a table by building another in its place: triggers on it would be lost, and those that speak of
    it stand in the way. PostgreSQL alters in place, so nothing is lifted there.
    """
    lifted: list[str] = []

    def lift(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, statement in cursor.fetchall():
                lifted.append(statement)
                cursor.execute(f'DROP TRIGGER "{name}"')

    def put_back(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for statement in lifted:
                cursor.execute(statement)
        lifted.clear()

    return [migrations.RunPython(lift, put_back), *operations, migrations.RunPython(put_back, lift)]


def install(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    """Installs the guard, in place of one of the same name. SQLite has no TRUNCATE, so no guard there."""
    remove(connection, guard)
    with connection.cursor() as cursor:
        for statement in _statements(connection, guard):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}" ON "{guard.table}"')
            cursor.execute(f'DROP FUNCTION IF EXISTS "{guard.name}"()')
        else:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}"')


def installed_on(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """The names of the triggers that are in force on the table now."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
        )
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return {row[0] for row in cursor.fetchall()}


def _statements(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    message = guard.message.replace("'", "''")
    if connection.vendor == "postgresql":
        return _postgresql(guard, message)
    if guard.event == "TRUNCATE":
        return []
    when = f"WHEN {guard.condition} " if guard.condition else ""
    return [
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH ROW {when}'
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    ]


def _postgresql(guard: Guard, message: str) -> list[str]:
    # A trigger's WHEN takes no subquery on PostgreSQL, so the condition stands in the function.
    kept = "NULL" if guard.event == "TRUNCATE" else "OLD" if guard.event == "DELETE" else "NEW"
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    return [
        f'CREATE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"IF {guard.condition or 'TRUE'} THEN "
        f"RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {kept}; END $guard$",
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{guard.name}"()',
    ]


def _each(
    act: Callable[[BaseDatabaseWrapper, Guard], None], guards: tuple[Guard, ...]
) -> Callable[[Any, Any], None]:
    def apply(apps: Any, schema_editor: Any) -> None:
        for guard in guards:
            act(schema_editor.connection, guard)

    return apply
