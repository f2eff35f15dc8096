"""The question that PostgreSQL asks before a guard's condition holds wherever the condition does."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from core.triggers.trigger import Trigger, InstallTriggers, ReplaceGuards, install_triggers, in_force
from core.values.numbers import SCALES
from kpis.figures.bulk import expect_many

ASKING = import_module("kpis.migrations.0008_guards_ask_first")
POSTGRESQL = SimpleNamespace(vendor="postgresql")
NUMBERS = ["0", "0.0001", "0.5", "1", "999.9999", "1000", "100000", "9999999.9999"]
FITS = "revision_fits_its_unit"


def asked() -> list[Trigger]:
    return ASKING.Migration.operations[0].triggers(POSTGRESQL)


def earlier() -> dict[str, Trigger]:
    """The guards that were there before; what a table's own indexes say is left out, as it is SQLite's alone."""
    installed = [one for one in ASKING.EARLIER if isinstance(one, InstallTriggers)]
    return {trigger.name: trigger for one in installed for trigger in one.triggers(POSTGRESQL)}


def test_each_guard_is_the_one_it_was_but_for_its_question():
    for trigger in asked():
        if trigger.name in ASKING.FIRST:
            before = earlier()[trigger.name]
            assert (trigger.table, trigger.event, trigger.message, trigger.condition) == (
                before.table,
                before.event,
                before.message,
                before.condition,
            )


def test_each_question_is_the_beginning_of_its_condition():
    """What follows is joined by AND, so that the condition can't hold without it; one question is of another kind."""
    for name, first in ASKING.FIRST.items():
        if name != FITS:
            begins = [f"{first} ", f"{first}\n", f"({first}) AND EXISTS"]
            assert any(earlier()[name].condition.startswith(begin) for begin in begins)
            rest = earlier()[name].condition.removeprefix(f"({first})").removeprefix(first)
            assert rest.lstrip().startswith("AND ")


@pytest.mark.django_db
@pytest.mark.parametrize("scale", sorted(set(SCALES.values())))
def test_what_is_too_large_in_any_unit_is_asked_for(scale):
    """The question, beside the condition's own arithmetic, over every pair of numbers."""
    too_large = f"""NEW.denominator > 0 AND CAST(ROUND(NEW.numerator * 10000) AS BIGINT) * {scale}
        >= 10000000 * CAST(ROUND(NEW.denominator * 10000) AS BIGINT)"""
    pairs = ", ".join(f"({above}, {below})" for above in NUMBERS for below in NUMBERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH new (numerator, denominator) AS (VALUES {pairs})"
            f" SELECT NEW.numerator, NEW.denominator, ({ASKING.FIRST[FITS]}), ({too_large}) FROM new"
        )
        found = cursor.fetchall()

    assert [row for row in found if row[3] and not row[2]] == []
    assert any(row[3] for row in found)
    assert not all(row[2] for row in found)


def test_both_pointers_are_asked_for_as_they_were():
    """The guard that held both is now two, on inserts and on updates alike."""
    halves = {trigger.name: trigger for trigger in asked() if "_is_its_own_" in trigger.name}

    for event in ("insert", "update"):
        together = earlier()[f"figure_latest_is_its_own_on_{event}"]
        parts = [halves[f"figure_{pointer}_is_its_own_on_{event}"] for pointer in ("latest", "accepted")]
        assert " OR ".join(f"({one.first} AND {one.condition})" for one in parts) == together.condition
        assert {(one.table, one.event, one.message) for one in parts} == {
            (together.table, together.event, together.message)
        }


@pytest.mark.django_db
def test_replaced_guards_stand_again_when_the_migration_is_reversed():
    before = Trigger("omission_for_a_test", "kpis_omission", "UPDATE", "Not this.", "NEW.month = OLD.month")
    after = Trigger(
        "omission_for_a_test", "kpis_omission", "UPDATE", "Not that.", "NEW.id = OLD.id", "NEW.id > 0"
    )
    added = Trigger("omission_added_for_a_test", "kpis_omission", "UPDATE", "Nor that.")
    untouched = Trigger("omission_untouched_for_a_test", "kpis_omission", "UPDATE", "Nor this.")
    [first] = install_triggers(before)
    then = ReplaceGuards(lambda _: after, lambda _: added, earlier=[first, *install_triggers(untouched)])
    editor = SimpleNamespace(connection=connection)

    first.code(None, editor)
    then.code(None, editor)
    assert (in_force(connection, before), in_force(connection, after)) == (False, True)
    assert in_force(connection, added)

    then.reverse_code(None, editor)
    assert (in_force(connection, before), in_force(connection, after)) == (True, False)
    assert not in_force(connection, added)
    assert not in_force(connection, untouched), "what was not replaced is not put back"


@pytest.mark.services
@pytest.mark.django_db
def test_plans_made_for_a_small_table_are_made_anew(contract):
    """Only PostgreSQL keeps plans; with one contract it plans to read the whole table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ANALYZE parties_contract")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("PREPARE looked (bigint) AS SELECT 1 FROM parties_contract WHERE id = $1")

        def plan():
            cursor.execute("EXPLAIN EXECUTE looked (1)")
            return str(cursor.fetchall())

        assert "Seq Scan" in plan()
        expect_many()
        assert "Seq Scan" not in plan()
        cursor.execute("DEALLOCATE looked")
