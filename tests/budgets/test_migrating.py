"""Books with months and savings come through the latest migration and back; rows that break a new rule stop it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from budgets.demonstration.savings import say_of_savings
from budgets.models import Amount, Book, Entry, LineMonth, MoneyStep, SavingSaid
from core.triggers.existing_rows import RowsBreakARule
from core.triggers.trigger import declared_triggers, in_force
from tests.append_only import lifted

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("budgets", "0006_versions_by_both")]
ROWS = (Amount, Entry, MoneyStep, SavingSaid)


def migrate(*, to: list[tuple[str, str]] | None = None) -> Any:
    """The apps as they are there; ``to`` None: all the way."""
    executor = MigrationExecutor(connection)
    return executor.migrate(to or executor.loader.graph.leaf_nodes()).apps


def asleep() -> list[str]:
    return [trigger.name for trigger in declared_triggers(connection) if not in_force(connection, trigger)]


@pytest.fixture
def said_of(books: None, client_officer: Any) -> Iterator[Book]:
    """The Trust's book with a month that was asked about and savings that were said; the database is whole after it."""
    book = Book.objects.get(code="trust")
    say_of_savings(book, date(2020, 4, 20))
    line = book.lines.get(code="external_foster_care")
    month = LineMonth.objects.create(line=line, year=2018, period=2, state="queried")
    amounts = {"actual": 1, "forecast": 2, "provenance": "illustrative", "entered_as": "Somebody"}
    entry = Entry.objects.create(month=month, number=1, **amounts)
    MoneyStep.objects.create(
        month=month, entry=entry, kind="queried", words="Why?", day=date(2018, 6, 8), party="commissioner",
        taken_by=client_officer, taken_as="Client officer",
    )  # fmt: skip
    yield book
    migrate()


def test_what_is_kept_comes_back_and_forth_with_every_trigger_in_force(said_of):
    kept = {model: list(model.objects.order_by("pk").values()) for model in ROWS}

    migrate(to=BEFORE)
    asleep_before = asleep()
    migrate()

    assert asleep_before == asleep() == []
    assert {model: list(model.objects.order_by("pk").values()) for model in ROWS} == kept
    assert {said.party for said in SavingSaid.objects.all()} == {"provider"}


def test_a_row_that_breaks_a_new_rule_stops_the_migration(said_of):
    migrate(to=BEFORE)
    with lifted(connection):
        MoneyStep.objects.update(party="provider")

    with pytest.raises(RowsBreakARule, match="1 rows of budgets_moneystep"):
        migrate()

    with lifted(connection):
        MoneyStep.objects.update(party="commissioner")
