"""Recomputing from the command line: what it counts, what it mends, and what it keeps of each run."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection

from audit.models import AuditEvent
from core.triggers.trigger import Trigger, install, remove
from kpis.definitions.models import Indicator
from kpis.engine.freshness import lagging_contracts
from kpis.engine.models import IndicatorStatus, RecomputeRun
from kpis.engine.recompute import recompute
from kpis.figures.models import Figure
from kpis.figures.services import Entry, save_figures
from kpis.versions.models import FiguresVersion
from tests.cast import BY
from tests.shell import run

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    return list(IndicatorStatus.objects.order_by("indicator", "month").values_list())


def enter(contract, code, month, value):
    indicator = Indicator.objects.get(contract=contract, code=code)
    entry = Entry(indicator, month, None, None, Decimal(value), "", "returned")
    return save_figures(
        by=BY,
        contract=contract,
        entries=[entry],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Typed",
        action="figures.imported",
    )


def test_a_second_run_changes_nothing(demonstration):
    before = rows()
    IndicatorStatus.objects.all().delete()

    first, second = run("recompute_rag", all=True), run("recompute_rag", all=True)

    assert first.out == f"{len(before)} computed, {len(before)} changed\n"
    assert second.out == f"{len(before)} computed, 0 changed\n"
    assert [row[1:] for row in rows()] == [row[1:] for row in before]


def test_without_words_it_takes_what_moved_on(demonstration, other_contract):
    run("recompute_rag")  # the other contract is new
    nothing = run("recompute_rag")
    assert nothing.out == "0 computed, 0 changed\n"
    assert (
        nothing.err
        == "No contract's figures moved on since its statuses were computed. --all takes every one.\n"
    )
    enter(demonstration, "PI1", date(2019, 3, 1), "65")
    assert lagging_contracts() == [demonstration.pk]

    answer = run("recompute_rag")

    assert answer.err == ""
    # The month itself, the change after it, and the averages and runs of the months that follow.
    assert answer.out.startswith(f"{len(rows())} computed, ")
    assert 2 <= int(answer.out.split()[2]) <= 13
    assert IndicatorStatus.objects.get(indicator__code="PI1", month="2019-03-01").status == "within_tolerance"
    assert lagging_contracts() == []


def test_one_contract_alone(demonstration, other_contract):
    one, other = run("recompute_rag", contract="sandwell"), run("recompute_rag", contract="elsewhere")

    assert one.out == f"{len(rows())} computed, 0 changed\n"
    assert other.out == "0 computed, 0 changed\n"
    assert run("recompute_rag", contract="nowhere").err == (
        "There is no contract “nowhere”. Known: elsewhere, sandwell.\n"
    )
    assert [run_of.contract for run_of in RecomputeRun.objects.order_by("pk")] == [
        demonstration,
        other_contract,
    ]


@pytest.mark.parametrize(
    "tampering",
    [
        {"status": "on_target"},
        {"value": Decimal("99.99999999")},
        {"months_off_target": 99},
        {"provenance": "returned"},
        {"average_12": None},
        {"direction": "no_real_change"},
        {"due_on": date(2030, 1, 1)},
        {"band": None},
    ],
    ids=lambda tampering: next(iter(tampering)),
)
def test_a_tampered_row_is_repaired(demonstration, tampering):
    before = rows()
    IndicatorStatus.objects.filter(indicator__code="PI9", month="2019-03-01").update(**tampering)
    assert rows() != before

    answer = run("recompute_rag", all=True)

    assert answer.out == f"{len(before)} computed, 1 changed\n"
    assert rows() == before


def test_a_row_lost_comes_back_and_a_row_too_many_goes(demonstration):
    before = [row[1:] for row in rows()]
    pi1 = IndicatorStatus.objects.filter(indicator__code="PI1").order_by("month")
    pi1.filter(month="2018-07-01").delete()
    beyond = pi1.last()
    beyond.pk, beyond.month = None, date(2031, 1, 1)
    beyond.save(force_insert=True)

    answer = run("recompute_rag", all=True)

    assert answer.out == f"{len(before)} computed, 2 changed\n"
    assert [row[1:] for row in rows()] == before


def test_a_run_is_kept_and_leaves_no_line_in_the_audit_trail(demonstration):
    events = AuditEvent.objects.count()
    generation = FiguresVersion.objects.get(contract=demonstration).generation

    run("recompute_rag", contract="sandwell")

    kept = RecomputeRun.objects.latest("pk")
    assert (kept.trigger, kept.contract, kept.computed, kept.changed, kept.error) == (
        "command", demonstration, len(rows()), 0, "",
    )  # fmt: skip
    assert kept.started_at <= kept.ended_at
    assert AuditEvent.objects.count() == events
    assert FiguresVersion.objects.get(contract=demonstration).generation == generation + 1


@pytest.fixture
def refusing_statuses(demonstration):
    """The database refuses to write statuses of one month, as a full disk or a broken table would."""
    trigger = Trigger(
        "no_march", "kpis_indicatorstatus", "UPDATE", "The disk is full.", "NEW.month = '2019-03-01'"
    )
    install(connection, trigger)
    yield demonstration
    remove(connection, trigger)


def test_a_run_that_fails_is_kept_with_its_error_and_nothing_half_done(refusing_statuses):
    enter(refusing_statuses, "PI1", date(2019, 3, 1), "65")
    before = rows()

    with pytest.raises(DatabaseError, match="The disk is full"):
        recompute(trigger="sweep")

    kept = RecomputeRun.objects.latest("pk")
    assert kept.error.endswith("The disk is full.") or "The disk is full." in kept.error
    assert (kept.computed, kept.changed, kept.trigger) == (0, 0, "sweep")
    assert kept.ended_at is not None
    assert rows() == before
    assert lagging_contracts() == [refusing_statuses.pk]


def test_one_faulty_contract_keeps_no_other_from_being_computed(refusing_statuses, other_contract):
    Indicator.objects.create(
        contract=other_contract, code="PI1", kind="contract", position=1, title="Other", short_name="Other",
        theme="quality", why_it_matters="It does.", numerator_words="These", denominator_words="of those",
        unit="percent", unit_words="children", polarity="higher", decimals=1, owner_role="Head",
        source_document="Review", source_place="Here", author="A", checker="C", next_review=date(2027, 3, 31),
    )  # fmt: skip
    enter(other_contract, "PI1", date(2019, 2, 1), "65")
    enter(refusing_statuses, "PI1", date(2019, 3, 1), "65")
    Figure.objects.filter(indicator__contract=other_contract).update(month=date(2019, 2, 1))

    with pytest.raises(DatabaseError, match="The disk is full"):
        recompute(trigger="sweep", today=date(2019, 3, 2))

    assert IndicatorStatus.objects.get(contract=other_contract, month="2019-02-01").value == 65
    assert lagging_contracts(date(2019, 3, 2)) == [refusing_statuses.pk]


def test_progress_is_told_contract_by_contract(demonstration, other_contract):
    told: list[int] = []

    recompute(trigger="command", progress=told.append)

    assert sum(told) == 2


def test_a_contract_that_runs_on_expects_each_month_that_is_over(defined):
    defined.reporting_until = None
    defined.save()

    recompute(trigger="command", today=date(2018, 7, 1))

    months = IndicatorStatus.objects.filter(indicator__code="PI1").values_list("month", "status", "due_on")
    assert list(months) == [
        (date(2018, 4, 1), "not_reported", date(2018, 5, 15)),
        (date(2018, 5, 1), "not_reported", date(2018, 6, 14)),
        (date(2018, 6, 1), "not_reported", date(2018, 7, 13)),
    ]


def test_figures_due_as_late_as_the_settings_allow(defined):
    """December 2018 had nineteen working days: the twentieth is taken to be its last."""
    defined.figures_due_working_day = defined.answer_due_working_day = 20
    defined.save()

    recompute(trigger="command", today=date(2019, 1, 1))

    due = IndicatorStatus.objects.get(indicator__code="PI1", month=date(2018, 11, 1)).due_on
    assert due == date(2018, 12, 31)
