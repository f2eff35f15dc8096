"""The question that PostgreSQL asks before a trigger's condition holds wherever the condition does."""

from importlib import import_module

import pytest
from django.db import connection, transaction

from core.triggers.trigger import Trigger
from core.values.numbers import SCALES
from kpis.figures.bulk import expect_many

TRIGGERS = import_module("kpis.migrations.0002_triggers")
NUMBERS = ["0", "0.0001", "0.5", "1", "999.9999", "1000", "100000", "9999999.9999"]
FITS = "revision_fits_its_unit"


def asking() -> list[Trigger]:
    return [one for one in (*TRIGGERS.FIGURES, *TRIGGERS.REVISIONS) if one.first]


@pytest.mark.parametrize("trigger", asking(), ids=lambda trigger: trigger.name)
def test_each_question_is_the_beginning_of_its_condition(trigger):
    """What follows is joined by AND, so that the condition can't hold without it; one question is of another kind."""
    if trigger.name != FITS:
        begins = [f"{trigger.first} ", f"{trigger.first}\n", f"({trigger.first}) AND EXISTS"]
        assert any(trigger.condition.startswith(begin) for begin in begins)
        rest = trigger.condition.removeprefix(f"({trigger.first})").removeprefix(trigger.first)
        assert rest.lstrip().startswith("AND ")


def test_those_that_look_into_tables_for_each_figure_ask_first():
    assert len(asking()) == 11
    looking = [one for one in (*TRIGGERS.FIGURES, *TRIGGERS.REVISIONS) if "SELECT" in one.condition]
    assert {one.name for one in looking} == {one.name for one in asking()}


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
            f" SELECT NEW.numerator, NEW.denominator, ({TRIGGERS.TOO_LARGE_AS_A_RATE}), ({too_large}) FROM new"
        )
        found = cursor.fetchall()

    assert [row for row in found if row[3] and not row[2]] == []
    assert any(row[3] for row in found)
    assert not all(row[2] for row in found)


@pytest.mark.services
@pytest.mark.django_db
def test_plans_made_for_a_small_table_are_made_anew(contract):
    """Only PostgreSQL keeps plans; with one contract it plans to read the whole table."""
    with transaction.atomic(), connection.cursor() as cursor:
        # A table of its own: the program's keeps the room of all rows that tests took back, and so isn't small.
        cursor.execute("CREATE TEMPORARY TABLE small (id bigint PRIMARY KEY) ON COMMIT DROP")
        cursor.execute("INSERT INTO small SELECT id FROM parties_contract")
        cursor.execute("ANALYZE small")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("PREPARE looked (bigint) AS SELECT 1 FROM small WHERE id = $1")

        def plan():
            cursor.execute("EXPLAIN EXECUTE looked (1)")
            return str(cursor.fetchall())

        assert "Seq Scan" in plan()
        expect_many()
        assert "Seq Scan" not in plan()
        cursor.execute("DEALLOCATE looked")
