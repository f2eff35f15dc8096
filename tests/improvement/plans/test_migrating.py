"""A plan that was loaded before plans were kept here comes through the migration and back, and every rule holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.triggers.trigger import declared_triggers, in_force
from improvement.models import Action, Event, Measure, Plan, Statement

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("improvement", "0002_triggers")]
ROWS = (Action, Event, Measure, Statement)


def migrate(*, to: list[tuple[str, str]] | None = None) -> Any:
    """The apps as they are there; ``to`` None: all the way."""
    executor = MigrationExecutor(connection)
    return executor.migrate(to or executor.loader.graph.leaf_nodes()).apps


@pytest.fixture
def migrated_back() -> Iterator[Callable[[], Any]]:
    """Takes the database to where plans were not kept here yet; it is as it was afterwards, whatever happened."""
    yield lambda: migrate(to=BEFORE)
    migrate()


def kept() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Plan, *ROWS)}


def test_a_loaded_plan_comes_back_and_forth_with_every_trigger_in_force(plan, migrated_back):
    as_loaded = kept()
    assert plan.about["origins"] == [["OR", "Ofsted"]]

    earlier = migrated_back()
    of_then = earlier.get_model("improvement", "Plan").objects.get(pk=plan.pk)
    counts = {
        model.__name__: earlier.get_model("improvement", model.__name__).objects.count() for model in ROWS
    }
    asleep_before = [
        trigger.name for trigger in declared_triggers(connection) if not in_force(connection, trigger)
    ]
    migrate()

    assert of_then.about["origins"] == {"OR": "Ofsted"}
    assert counts == {name: len(rows) for name, rows in as_loaded.items() if name != "Plan"}
    assert asleep_before == []
    assert kept() == as_loaded
    triggers = declared_triggers(connection)
    assert {"event_confirms_by_what_holds", "action_waits_follows_its_event"} <= {
        one.name for one in triggers
    }
    assert [trigger.name for trigger in triggers if not in_force(connection, trigger)] == []
