"""What the chart of an indicator says: its title is the message of the series."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading

ON_TARGET = IndicatorStatus.Status.ON_TARGET


def series_title(readings: Sequence[Reading]) -> str:
    """What a chart says: "On target in 10 of the 11 months reported in 2019/20, against 3 of 12 in 2018/19"."""
    judged = [reading for reading in readings if reading.limits is not None and reading.value is not None]
    if not judged:
        return _range_title([reading for reading in readings if reading.value is not None])
    year = judged[-1].month.contract_year
    now, before = (
        [reading for reading in judged if reading.month.contract_year == which]
        for which in (year, year.previous())
    )
    hit = sum(1 for reading in now if reading.status == ON_TARGET)
    title = f"{_hits(hit, len(now))}{'' if len(now) == 12 else ' reported'} in {year.label}"
    if not before:
        return title
    hit_before = sum(1 for reading in before if reading.status == ON_TARGET)
    return f"{title}, against {hit_before or 'none'} of {len(before)} in {year.previous().label}"


def _hits(hit: int, months: int) -> str:
    """How many of a year's months are on target: "On target in 9 of the 11 months"."""
    if months == 1:
        return f"{'On' if hit else 'Not on'} target in the one month"
    return f"On target in {'every one' if hit == months else hit or 'none'} of the {months} months"


def _range_title(known: Sequence[Reading]) -> str:
    """The same where no band judges: from where to where the values run, and where they stand."""
    if not known:
        return "No figure yet"
    last, least, most = known[-1], min(known, key=_value), max(known, key=_value)
    if len(known) == 1:
        return f"{last.value_text} in {last.month.label}, the only month with a figure"
    return (
        f"Between {least.value_text} ({least.month.label}) and {most.value_text} ({most.month.label}),"
        f" and {last.value_text} in {last.month.label}"
    )


def _value(reading: Reading) -> Fraction:
    assert reading.value is not None
    return reading.value
