"""A migration that alters a table with triggers lifts its triggers, and has them back whatever happens."""

from types import SimpleNamespace

import pytest
from django.db import connection, migrations, transaction
from django.db.migrations.state import ProjectState

from core.triggers.trigger import with_triggers_lifted
from tests.append_only import is_append_only

TABLE = "audit_auditevent"


def migrate(operations):
    """As a migration does it: in one transaction."""
    state = ProjectState()
    with transaction.atomic():
        for operation in operations:
            operation.database_forwards("audit", SimpleNamespace(connection=connection), state, state)


@pytest.fixture
def seen(db):
    assert is_append_only(connection, TABLE)
    return []


def test_triggers_are_lifted_where_altering_would_lose_them_and_put_back(seen):
    migrate(
        with_triggers_lifted(migrations.RunPython(lambda *_: seen.append(is_append_only(connection, TABLE))))
    )

    assert seen == [connection.vendor == "postgresql"]
    assert is_append_only(connection, TABLE)


def test_triggers_are_back_after_a_failure_and_after_the_next_try(seen):
    def fail_once(*_):
        if not seen:
            seen.append("failed")
            raise RuntimeError

    operations = with_triggers_lifted(migrations.RunPython(fail_once))

    with pytest.raises(RuntimeError):
        migrate(operations)
    assert is_append_only(connection, TABLE)

    migrate(operations)
    assert is_append_only(connection, TABLE)
