"""Typed figures judged before they are kept: the same rules as the read model's, on two months of each series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.values.months import Month
from core.values.numbers import E8, SCALES, from_units, ten_thousandths
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Limits, Reading
from kpis.figures.entries import Entry
from kpis.rules.checks import Case, Finding, StatedNumbers, findings


@dataclass(frozen=True)
class ValidationContext:
    """What is known beside a month's figure of one indicator before it is there.

    ``band`` judges the month; ``before`` is the figure of the month right before; ``earlier`` are the unrounded values
    of the months before, two years of them, oldest first, None where there is none.
    """

    indicator: Indicator
    band: BandVersion | None
    due_on: date
    before: StatedNumbers | None
    earlier: Sequence[Fraction | None]
    last: Reading | None


def judged(month: Month, figures: Sequence[tuple[ValidationContext, StatedNumbers]]) -> list[Reading]:
    """A reading for each typed figure: value, status, change; no succession and no average, which need its history."""
    if not figures:
        return []
    # Here and not above: kpis.engine.frames says why.
    from kpis.engine.frames.typed import judged_rows

    rows = [
        row for series, (known, typed) in enumerate(figures) for row in _rows(series, month, known, typed)
    ]
    return [
        _reading(month, known, typed, row)
        for (known, typed), row in zip(figures, judged_rows(rows, month.ordinal), strict=True)
    ]


def _rows(series: int, month: Month, known: ValidationContext, typed: StatedNumbers) -> list[dict[str, Any]]:
    """The month before, where it has a figure, and the month."""
    rows = [_row(series, month, known, typed)]
    return rows if known.before is None else [_row(series, month.previous(), known, known.before), *rows]


def _row(series: int, month: Month, known: ValidationContext, typed: StatedNumbers) -> dict[str, Any]:
    return _own_row(series, month, known.indicator, known.band, typed)


def _own_row(
    series: int, month: Month, indicator: Indicator, band: BandVersion | None, typed: StatedNumbers | Entry
) -> dict[str, Any]:
    return {
        "series": series,
        "month": month.ordinal,
        "numerator_e4": _units(typed.numerator),
        "denominator_e4": _units(typed.denominator),
        "value_e4": _units(typed.value),
        "scale": SCALES[indicator.unit],
        "higher_is_better": indicator.polarity == Indicator.Polarity.HIGHER,
        "decimals": indicator.decimals,
        "no_real_change_e4": _units(indicator.no_change_below),
        "target_op": band.target_operator if band else None,
        "target_e4": _units(band.target_value) if band else None,
        "failure_op": band.failure_operator if band else None,
        "failure_e4": _units(band.failure_value) if band else None,
    }


def _units(number: Decimal | None) -> int | None:
    return None if number is None else ten_thousandths(number)


def _reading(month: Month, known: ValidationContext, typed: StatedNumbers, row: Mapping[Any, Any]) -> Reading:
    indicator = known.indicator
    return Reading(
        code=indicator.code,
        short_name=indicator.short_name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        polarity=indicator.polarity,
        supporting=indicator.kind == Indicator.Kind.SUPPORTING,
        local_aim_words=indicator.local_aim_words,
        month=month,
        status=str(row["status"]),
        value=typed.exact(indicator.unit),
        numerator=typed.numerator,
        denominator=typed.denominator,
        limits=Limits.of(known.band) if known.band else None,
        months_off_target=None,
        months_in_failure=None,
        succession_certain=True,
        succession_broken_by=None,
        succession_broken_status=None,
        previous_value=_decimal(row["previous_e8"]),
        change=_decimal(row["change_e8"]),
        direction=row["direction"],
        average_12=None,
        pooled_12=None,
        months_in_average=None,
        provenance="returned",
        due_on=known.due_on,
    )


def _decimal(units: int | None) -> Decimal | None:
    return None if units is None else from_units(units, len(str(E8)) - 1)


def off_target(status: str) -> bool:
    """Whether the contract asks for words beside a figure of this status."""
    return status in (IndicatorStatus.Status.WITHIN_TOLERANCE, IndicatorStatus.Status.FAILURE)


def statuses(entries: Sequence[Entry]) -> list[str]:
    """The status of each figure by the bands of its month, which come with its indicator."""
    if not entries:
        return []
    # Here and not above: kpis.engine.frames says why.
    from kpis.engine.frames.typed import statuses_of

    return statuses_of(
        [
            _own_row(
                series, Month.of(entry.month), entry.indicator, band_of(entry.indicator, entry.month), entry
            )
            for series, entry in enumerate(entries)
        ]
    )


def band_of(indicator: Indicator, day: date) -> BandVersion | None:
    """The band in force on a day, of an indicator that was fetched with its bands."""
    return next((band for band in indicator.bands.all() if band.is_in_force(day)), None)


def found_in(entry: Entry, before: StatedNumbers | None, earlier: Sequence[Fraction | None]) -> list[Finding]:
    """What the checks find in a figure beside the months before it: on the page and in an imported file alike."""
    indicator = entry.indicator
    return findings(
        Case(
            unit=indicator.unit,
            decimals=indicator.decimals,
            month=Month.of(entry.month),
            typed=entry.typed,
            before=before,
            earlier=earlier,
        )
    )
