"""Before a rule is held by trigger: whether the rows that are there already keep it.

operations = [rows_keep(*RULES), *install_triggers(*RULES)]
"""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

from core.triggers.trigger import Trigger


class RowsBreakARule(Exception):
    """Rows stand that a new trigger would refuse; the migration was taken back, and nothing was changed."""


def rows_keep(*triggers: Trigger) -> Operation:
    """A migration operation that stops with RowsBreakARule where a trigger would refuse a row that is there.

    For triggers on INSERT, whose conditions look at NEW alone and at what stands beside it. Reversed it does nothing.
    """

    def ask(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(f'SELECT COUNT(*) FROM "{trigger.table}" NEW WHERE {trigger.condition}')  # noqa: S608 - our own names
                if (broken := cursor.fetchone()[0]) > 0:
                    raise RowsBreakARule(f"{broken} rows of {trigger.table} break this: {trigger.message}")

    return migrations.RunPython(ask, migrations.RunPython.noop)
