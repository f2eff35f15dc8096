"""From figures and bands to the read model, against a slow and obvious twin, and in the cases that bend it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from core.values.months import Month
from core.values.numbers import SCALES
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.freshness import lagging_contracts
from kpis.engine.models import IndicatorStatus, RecomputeRun
from kpis.engine.recompute import recompute
from kpis.figures.models import Figure
from kpis.figures.services import Entry, save_figures
from kpis.versions.models import FiguresVersion
from tests.cast import BY

APRIL_2020 = date(2020, 4, 20)


def slow_value(figure: Figure | None) -> Fraction | None:
    if figure is None:
        return None
    said = figure.latest
    if said.denominator is not None:
        if said.denominator == 0:
            return None
        return Fraction(said.numerator) / Fraction(said.denominator) * SCALES[figure.indicator.unit]
    return Fraction(said.value)


def holds(operator: str, value: Fraction, limit: Decimal) -> bool:
    return {
        ">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit,
    }[operator]  # fmt: skip


def slow_status(figure: Figure | None, band: BandVersion | None) -> str:
    value = slow_value(figure)
    if figure is None:
        return "not_reported"
    if value is None or band is None:
        return "not_applicable"
    if holds(band.target_operator, value, band.target_value):
        return "on_target"
    if holds(band.failure_operator, value, band.failure_value):
        return "failure"
    return "within_tolerance"


def band_of(indicator: Indicator, month: Month) -> BandVersion | None:
    for band in indicator.bands.all():
        if band.valid_from <= month.first_day and (band.valid_to is None or month.first_day <= band.valid_to):
            return band
    return None


def test_every_row_agrees_with_the_twin(demonstration):
    figures = {
        (figure.indicator_id, Month.of(figure.month)): figure
        for figure in Figure.objects.select_related("indicator", "latest")
    }
    rows = {(row.indicator_id, Month.of(row.month)): row for row in IndicatorStatus.objects.all()}

    for indicator in Indicator.objects.filter(kind="contract").prefetch_related("bands"):
        run = 0
        for month in Month.range(Month(2018, 4), Month(2020, 3)):
            figure, row = figures.get((indicator.pk, month)), rows[indicator.pk, month]
            status = slow_status(figure, band_of(indicator, month))
            run = run + 1 if status in ("within_tolerance", "failure") else 0
            value = slow_value(figure)
            assert row.status == status, row
            assert row.months_off_target == (None if status == "not_reported" else run), row
            assert (row.value is None) == (value is None)
            assert value is None or abs(Fraction(row.value) - value) <= Fraction(1, 2 * 10**8)
            before = slow_value(figures.get((indicator.pk, month.previous())))
            known = (
                before is not None
                and value is not None
                and (indicator.code == "PI10" or month > Month(2018, 4))
            )
            assert (row.change is not None) == known, row
            assert not known or abs(Fraction(row.change) - (value - before)) <= Fraction(1, 10**8)


def test_twelve_month_average_is_the_mean_of_the_months(demonstration):
    row = IndicatorStatus.objects.get(indicator__code="PI9", month="2019-03-01")
    values = [
        slow_value(figure)
        for figure in Figure.objects.filter(
            indicator__code="PI9", month__range=("2018-04-01", "2019-03-01")
        ).select_related("indicator", "latest")
    ]

    assert len(values) == 12
    assert abs(Fraction(row.average_12) - sum(values) / 12) <= Fraction(1, 10**8)
    assert IndicatorStatus.objects.get(indicator__code="PI9", month="2019-02-01").average_12 is None
    assert IndicatorStatus.objects.get(indicator__code="PI9", month="2019-11-01").months_in_average == 11


def test_a_second_recompute_changes_nothing_and_each_run_is_kept(demonstration):
    outcome = recompute(trigger="command", today=APRIL_2020)

    assert (outcome.computed, outcome.changed) == (421, 0)
    run = RecomputeRun.objects.first()
    assert (run.trigger, run.computed, run.changed, run.error) == ("command", 421, 0, "")
    assert run.ended_at >= run.started_at


def test_a_row_that_was_tampered_with_is_put_right(demonstration):
    row = IndicatorStatus.objects.get(indicator__code="PI4", month="2019-03-01")
    IndicatorStatus.objects.filter(pk=row.pk).update(status="on_target", months_off_target=0)

    outcome = recompute(trigger="command", today=APRIL_2020)

    assert outcome.changed == 1
    assert IndicatorStatus.objects.get(pk=row.pk).status == "failure"


def enter(contract, code, month, **numbers):
    fields = {"numerator": None, "denominator": None, "value": None} | {
        name: Decimal(number) for name, number in numbers.items()
    }
    entry = Entry(
        indicator=Indicator.objects.get(contract=contract, code=code),
        month=Month.parse(month).first_day,
        commentary="",
        provenance="returned",
        **fields,
    )
    save_figures(
        by=BY,
        contract=contract,
        entries=[entry],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Entered",
        action="figures.entered",
    )


def test_a_write_leaves_the_contract_behind_until_it_is_recomputed(demonstration):
    assert lagging_contracts() == []

    enter(demonstration, "PI1", "2020-03", numerator=1, denominator=2)

    assert lagging_contracts() == [demonstration.pk]
    recompute(trigger="sweep", contract_ids=lagging_contracts(), today=APRIL_2020)
    assert lagging_contracts() == []
    assert IndicatorStatus.objects.get(indicator__code="PI1", month="2020-03-01").value == 50


def test_a_figure_in_a_gap_joins_the_runs_again(demonstration):
    enter(demonstration, "PI9", "2019-10", numerator=40, denominator=80)

    recompute(trigger="sweep", today=APRIL_2020)

    october = IndicatorStatus.objects.get(indicator__code="PI9", month="2019-10-01")
    november = IndicatorStatus.objects.get(indicator__code="PI9", month="2019-11-01")
    assert (october.status, october.succession_certain) == ("within_tolerance", True)
    assert november.previous_value == 50


def test_a_denominator_of_nought_is_not_applicable(demonstration):
    enter(demonstration, "PI3", "2020-03", numerator=0, denominator=0)

    recompute(trigger="sweep", today=APRIL_2020)

    row = IndicatorStatus.objects.get(indicator__code="PI3", month="2020-03-01")
    assert (row.status, row.value, row.months_off_target) == ("not_applicable", None, None)


def test_new_bands_never_restate_earlier_months(demonstration):
    indicator = Indicator.objects.get(code="PI1")
    old = indicator.bands.get()
    before = list(
        IndicatorStatus.objects.filter(indicator=indicator, month__lt="2019-10-01").values_list(
            "month", "status", "band"
        )
    )
    BandVersion.objects.filter(pk=old.pk).update(valid_to=date(2019, 9, 1))
    new = BandVersion.objects.get(pk=old.pk)
    new.pk, new.valid_from, new.valid_to, new.target_value = None, date(2019, 10, 1), None, Decimal(99)
    new.save(force_insert=True)

    recompute(trigger="command", today=APRIL_2020)

    rows = IndicatorStatus.objects.filter(indicator=indicator)
    assert list(rows.filter(month__lt="2019-10-01").values_list("month", "status", "band")) == before
    assert set(rows.filter(month__gte="2019-10-01").values_list("status", "band")) == {
        ("within_tolerance", new.pk)
    }


def test_months_open_as_the_calendar_turns_and_close_with_the_contract(demonstration):
    demonstration.reporting_until = None
    demonstration.save()
    recompute(trigger="schedule", today=date(2020, 6, 1))
    may = IndicatorStatus.objects.get(indicator__code="PI1", month="2020-05-01")
    assert (may.status, may.due_on) == ("not_reported", date(2020, 6, 12))
    assert FiguresVersion.objects.get().last_month == date(2020, 5, 1)
    assert FiguresVersion.objects.get().latest_reported == date(2020, 3, 1)

    demonstration.reporting_until = date(2020, 3, 1)
    demonstration.save()
    outcome = recompute(trigger="schedule", today=date(2020, 6, 1))

    assert outcome.changed == 30
    assert not IndicatorStatus.objects.filter(month__gt="2020-03-01").exists()


def test_a_contract_without_indicators_has_nothing_to_show(contract):
    outcome = recompute(trigger="command", today=APRIL_2020)

    assert (outcome.computed, outcome.changed) == (0, 0)
    assert FiguresVersion.objects.get(contract=contract).first_month is None


def test_a_month_that_ended_or_new_terms_call_for_a_recompute_without_any_write(demonstration):
    recompute(trigger="command", today=APRIL_2020)
    assert lagging_contracts(APRIL_2020) == []

    demonstration.figures_due_working_day = 5
    demonstration.save()
    assert lagging_contracts(APRIL_2020) == [demonstration.pk]
    recompute(trigger="sweep", today=APRIL_2020)
    assert IndicatorStatus.objects.get(indicator__code="PI1", month="2020-03-01").due_on == date(2020, 4, 7)

    demonstration.reporting_until = None
    demonstration.save()
    recompute(trigger="sweep", today=APRIL_2020)
    assert lagging_contracts(date(2020, 4, 30)) == []
    assert lagging_contracts(date(2020, 5, 1)) == [demonstration.pk]


def test_no_figure_is_expected_before_the_first_band(demonstration):
    indicator = Indicator.objects.get(code="PI12")
    new = Indicator.objects.get(code="PI12")
    new.pk, new.code, new.position = None, "PI16", 16
    new.save(force_insert=True)
    band = indicator.bands.get()
    band.pk, band.indicator, band.valid_from = None, new, date(2020, 2, 1)
    band.save(force_insert=True)

    recompute(trigger="command", today=APRIL_2020)

    rows = IndicatorStatus.objects.filter(indicator=new)
    assert set(rows.filter(month__lt="2020-02-01").values_list("status", flat=True)) == {"not_applicable"}
    assert set(rows.filter(month__gte="2020-02-01").values_list("status", flat=True)) == {"not_reported"}


def test_a_run_that_a_month_with_nothing_to_count_broke_says_so(demonstration):
    enter(demonstration, "PI9", "2019-05", numerator=0, denominator=0)

    recompute(trigger="command", today=APRIL_2020)

    row = IndicatorStatus.objects.get(indicator__code="PI9", month="2019-06-01")
    assert (row.succession_broken_by, row.succession_broken_status) == (date(2019, 5, 1), "not_applicable")


def test_a_run_that_was_killed_is_closed_by_the_next(demonstration):
    killed = RecomputeRun.objects.create(trigger="sweep", started_at=datetime(2019, 4, 1, tzinfo=UTC))

    recompute(trigger="command", today=APRIL_2020)

    killed.refresh_from_db()
    assert killed.ended_at is not None
    assert killed.error == "Interrupted before it ended."
