"""Rules that the database itself holds by trigger, on SQLite and on PostgreSQL, written once in SQL.

A trigger refuses with IntegrityError and a plain message. On SQLite, a later migration that alters such a
table rebuilds it and drops its triggers: put its operations into `with_triggers_lifted`, which keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True)
class Trigger:
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
            raise ValueError(f"A trigger watches one of {', '.join(EVENTS)}, not {self.event!r}.")


# A trigger as a database gets it; None where its kind has no such statement to refuse.
Declared = Callable[[BaseDatabaseWrapper], Trigger | None]


class InstallTriggers(migrations.RunPython):
    """Installs triggers, takes them away when reversed, and says afterwards which ones a database should have."""

    def __init__(self, *declared: Declared) -> None:
        self.declared = declared
        super().__init__(self._each(install), self._each(remove))

    def triggers(self, connection: BaseDatabaseWrapper) -> list[Trigger]:
        return [trigger for declared in self.declared if (trigger := declared(connection)) is not None]

    def _each(self, act: Callable[[BaseDatabaseWrapper, Trigger], None]) -> Callable[[Any, Any], None]:
        def apply(apps: Any, schema_editor: Any) -> None:
            for trigger in self.triggers(schema_editor.connection):
                act(schema_editor.connection, trigger)

        return apply


def install_triggers(*triggers: Trigger) -> list[Operation]:
    """Migration operations that install the triggers, and take them away when the migration is reversed."""
    return [
        InstallTriggers(
            *(
                lambda connection, trigger=trigger: _where_refusable(connection, trigger)
                for trigger in triggers
            )
        )
    ]


def _where_refusable(connection: BaseDatabaseWrapper, trigger: Trigger) -> Trigger | None:
    """SQLite has no TRUNCATE, so there is nothing to refuse."""
    return None if trigger.event == "TRUNCATE" and connection.vendor != "postgresql" else trigger


def declared_triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The triggers that the migrations applied to this database have installed; of one name, the last."""
    executor = MigrationExecutor(connection)
    everything = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    applied = executor.loader.applied_migrations
    return list(
        {
            trigger.name: trigger
            for migration, _ in everything
            if (migration.app_label, migration.name) in applied
            for operation in migration.operations
            if isinstance(operation, InstallTriggers)
            for trigger in operation.triggers(connection)
        }.values()
    )


def with_triggers_lifted(*operations: Operation) -> list[Operation]:
    """The operations of a migration that alters tables with triggers, between lifting all and putting them back.

    SQLite alters a table by building another in its place: triggers on it would be lost, and those that speak of
    it stand in the way. PostgreSQL alters in place, so nothing is lifted there.
    """
    lifted: list[str] = []

    def lift(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            return
        lifted.clear()  # what a try that failed had lifted came back with its transaction
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


def install(connection: BaseDatabaseWrapper, trigger: Trigger) -> None:
    """Installs the trigger, in place of one of the same name. SQLite has no TRUNCATE, so no trigger there."""
    remove(connection, trigger)
    with connection.cursor() as cursor:
        for statement in _statements(connection, trigger):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, trigger: Trigger) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"')
            cursor.execute(f'DROP FUNCTION IF EXISTS "{trigger.name}"()')
        else:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')


def in_force(connection: BaseDatabaseWrapper, trigger: Trigger) -> bool:
    """Whether the database holds the trigger now: switched on, and word for word as it was installed."""
    if connection.vendor == "postgresql":
        return _in_force_on_postgresql(connection, trigger)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [trigger.name])
        return [row[0] for row in cursor.fetchall()] == _statements(connection, trigger)


def _in_force_on_postgresql(connection: BaseDatabaseWrapper, trigger: Trigger) -> bool:
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
        cursor.execute(query, [trigger.name, f'"{trigger.table}"', _trigger_type(trigger)])
        return [row[0] for row in cursor.fetchall()] == [_body(trigger)]


def _trigger_type(trigger: Trigger) -> int:
    """How PostgreSQL notes when a trigger fires, in bits: for each row, before, and its event."""
    each_row = 0 if trigger.event == "TRUNCATE" else 1
    return each_row + 2 + {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}[trigger.event]


def _statements(connection: BaseDatabaseWrapper, trigger: Trigger) -> list[str]:
    if connection.vendor == "postgresql":
        return _postgresql(trigger)
    when = f"WHEN {trigger.condition} " if trigger.condition else ""
    # SQLite has no TRUNCATE.
    return (
        []
        if trigger.event == "TRUNCATE"
        else [
            f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" FOR EACH ROW {when}'
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(trigger.message)}'); END"
        ]
    )


def _postgresql(trigger: Trigger) -> list[str]:
    each = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    return [
        f'CREATE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS $trigger${_body(trigger)}$trigger$',
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{trigger.name}"()',
    ]


def _body(trigger: Trigger) -> str:
    # A trigger's WHEN takes no subquery on PostgreSQL, so the condition stands in the function.
    kept = "NULL" if trigger.event == "TRUNCATE" else "OLD" if trigger.event == "DELETE" else "NEW"
    refused = (
        f"IF {trigger.condition or 'TRUE'} THEN "
        f"RAISE EXCEPTION USING MESSAGE = '{_quoted(trigger.message)}', ERRCODE = 'integrity_constraint_violation'; "
        f"END IF;"
    )
    if trigger.first:
        refused = f"IF {trigger.first} THEN {refused} END IF;"
    return f" BEGIN {refused} RETURN {kept}; END "


def _quoted(message: str) -> str:
    return message.replace("'", "''")


class ReplaceTrigger(InstallTriggers):
    """Installs a trigger in the place of an earlier one of its name, which comes back when it is reversed."""

    def __init__(self, new: Trigger, old: Trigger) -> None:
        super().__init__(lambda connection: _where_refusable(connection, new))
        self.reverse_code = self._each_of(old)

    @staticmethod
    def _each_of(old: Trigger) -> Callable[[Any, Any], None]:
        def bring_back(apps: Any, schema_editor: Any) -> None:
            install(schema_editor.connection, old)

        return bring_back
