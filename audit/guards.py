"""Rules that the database itself holds by trigger, on SQLite and on PostgreSQL, written once in SQL.

A guard refuses with IntegrityError and a plain message. On SQLite, a later migration that alters a guarded table
rebuilds it and drops its triggers: put its operations into `with_guards_lifted`, which keeps them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True)
class Guard:
    """Refuses `event` on `table` for a row of which `condition` holds (SQL on NEW and OLD; empty: always).

    `first` holds wherever the condition does, and looks into no table: PostgreSQL asks it first, because a condition
    that does costs a query for each row.
    """

    name: str
    table: str
    event: str
    message: str
    condition: str = ""
    first: str = ""

    def __post_init__(self) -> None:
        if self.event not in EVENTS:
            raise ValueError(f"A guard watches one of {', '.join(EVENTS)}, not {self.event!r}.")


# A guard as a database gets it; None where its kind has no such statement to refuse.
Declared = Callable[[BaseDatabaseWrapper], Guard | None]


class InstallGuards(migrations.RunPython):
    """Installs guards, takes them away when reversed, and says afterwards which ones a database should have."""

    def __init__(self, *declared: Declared) -> None:
        self.declared = declared
        super().__init__(self._each(install), self._each(remove))

    def guards(self, connection: BaseDatabaseWrapper) -> list[Guard]:
        return [guard for declared in self.declared if (guard := declared(connection)) is not None]

    def _each(self, act: Callable[[BaseDatabaseWrapper, Guard], None]) -> Callable[[Any, Any], None]:
        def apply(apps: Any, schema_editor: Any) -> None:
            for guard in self.guards(schema_editor.connection):
                act(schema_editor.connection, guard)

        return apply


def guarded_by(*guards: Guard) -> list[Operation]:
    """Migration operations that install the guards, and take them away when the migration is reversed."""
    return [
        InstallGuards(*(lambda connection, one=guard: _where_refusable(connection, one) for guard in guards))
    ]


class ReplaceGuards(InstallGuards):
    """Puts guards in the place of those of the same names among ``earlier`` operations; reversed, those stand again."""

    def __init__(self, *declared: Declared, earlier: Iterable[Operation]) -> None:
        super().__init__(*declared)
        self.reverse_code = self._as_before
        self.earlier = [one for one in earlier if isinstance(one, InstallGuards)]

    def _as_before(self, apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        names = {guard.name for guard in self.guards(connection)}
        for guard in self.guards(connection):
            remove(connection, guard)
        for guard in (guard for one in self.earlier for guard in one.guards(connection)):
            if guard.name in names:
                install(connection, guard)


def _where_refusable(connection: BaseDatabaseWrapper, guard: Guard) -> Guard | None:
    """SQLite has no TRUNCATE, so there is nothing to refuse."""
    return None if guard.event == "TRUNCATE" and connection.vendor != "postgresql" else guard


def declared_guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    """The guards that the migrations applied to this database have installed; of one name, the last."""
    executor = MigrationExecutor(connection)
    everything = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    applied = executor.loader.applied_migrations
    return list(
        {
            guard.name: guard
            for migration, _ in everything
            if (migration.app_label, migration.name) in applied
            for operation in migration.operations
            if isinstance(operation, InstallGuards)
            for guard in operation.guards(connection)
        }.values()
    )


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


def in_force(connection: BaseDatabaseWrapper, guard: Guard) -> bool:
    """Whether the database holds the guard now: switched on, and word for word as it was installed."""
    if connection.vendor == "postgresql":
        return _in_force_on_postgresql(connection, guard)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [guard.name])
        return [row[0] for row in cursor.fetchall()] == _statements(connection, guard)


def _in_force_on_postgresql(connection: BaseDatabaseWrapper, guard: Guard) -> bool:
    # An "always" trigger fires whatever the session says, an ordinary one unless it poses as a replica; any other
    # is asleep. Without a condition or columns of its own, the trigger calls its function each time.
    query = """
        SELECT body.prosrc FROM pg_trigger watch
        JOIN pg_proc body ON body.oid = watch.tgfoid
        JOIN pg_language tongue ON tongue.oid = body.prolang
        WHERE watch.tgname = %s AND watch.tgrelid = to_regclass(%s) AND watch.tgtype = %s
          AND NOT watch.tgisinternal AND watch.tgqual IS NULL AND watch.tgattr = ''::int2vector
          AND (watch.tgenabled = 'A'
               OR watch.tgenabled = 'O' AND current_setting('session_replication_role') <> 'replica')
          AND tongue.lanname = 'plpgsql'
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [guard.name, f'"{guard.table}"', _trigger_type(guard)])
        return [row[0] for row in cursor.fetchall()] == [_body(guard)]


def _trigger_type(guard: Guard) -> int:
    """How PostgreSQL notes when a trigger fires, in bits: for each row, before, and its event."""
    each_row = 0 if guard.event == "TRUNCATE" else 1
    return each_row + 2 + {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}[guard.event]


def _statements(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    if connection.vendor == "postgresql":
        return _postgresql(guard)
    when = f"WHEN {guard.condition} " if guard.condition else ""
    # SQLite has no TRUNCATE.
    return (
        []
        if guard.event == "TRUNCATE"
        else [
            f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH ROW {when}'
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(guard.message)}'); END"
        ]
    )


def _postgresql(guard: Guard) -> list[str]:
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    return [
        f'CREATE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard${_body(guard)}$guard$',
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{guard.name}"()',
    ]


def _body(guard: Guard) -> str:
    # A trigger's WHEN takes no subquery on PostgreSQL, so the condition stands in the function.
    kept = "NULL" if guard.event == "TRUNCATE" else "OLD" if guard.event == "DELETE" else "NEW"
    refused = (
        f"IF {guard.condition or 'TRUE'} THEN "
        f"RAISE EXCEPTION USING MESSAGE = '{_quoted(guard.message)}', ERRCODE = 'integrity_constraint_violation'; "
        f"END IF;"
    )
    if guard.first:
        refused = f"IF {guard.first} THEN {refused} END IF;"
    return f" BEGIN {refused} RETURN {kept}; END "


def _quoted(message: str) -> str:
    return message.replace("'", "''")
