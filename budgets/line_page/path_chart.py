"""How a line's forecast moved through a year, beside its budget, drawn as an indicator's chart is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgets.models import Entry
from budgets.rules.money import Unit, in_unit, spoken, written
from core.charts.axis import round_axis
from core.charts.frame import NARROW, WIDE
from core.values.months import ContractYear, Month
from core.values.words import day_words
from kpis.charts.drawing import Drawing, drawing
from kpis.charts.line import PLAIN, LineChart, Point, Step


@dataclass(frozen=True)
class PathChart:
    """The chart, drawn once for each width."""

    chart: LineChart
    drawings: list[tuple[str, Drawing]]


def path_chart(
    name: str, year: ContractYear, budget: int | None, entries: Mapping[Month, Entry]
) -> PathChart | None:
    """The forecasts of a year's months in millions of pounds; None where there is none."""
    if not entries:
        return None
    points = tuple(_point(month, entries.get(month)) for month in year.months)
    numbers = [point.value for point in points if point.value is not None]
    steps: tuple[Step, ...] = ()
    if budget is not None:
        aim = _millions(budget)
        steps = (
            Step(year.first, year.last, aim, None, ("Budget:", written(budget, Unit.MILLIONS, 2)), ("", "")),
        )
        numbers.append(Fraction(aim))
    first, last = entries[min(entries)].forecast, entries[max(entries)].forecast
    chart = LineChart(
        title=_title(first, last),
        description=f"{name}: the forecast of {year} as it stood each month. The table below holds the same numbers.",
        higher_is_better=False,
        points=points,
        steps=steps,
        axis=round_axis(numbers, unit="m"),
        focus=None,
    )
    return PathChart(chart, [("wide", drawing(chart, WIDE)), ("narrow", drawing(chart, NARROW))])


def _title(first: int, last: int) -> str:
    if first == last:
        return f"The forecast stayed at {spoken(last)}"
    return f"The forecast went from {spoken(first)} to {spoken(last)}"


def _point(month: Month, entry: Entry | None) -> Point:
    if entry is None:
        return Point(month, None, "", PLAIN, hollow=False, hover=(), gap="")
    text = written(entry.forecast, Unit.MILLIONS, 2)
    hover = (
        month.label,
        written(entry.forecast),
        f"{entry.entered_as}, {day_words(entry.entered_at.date())}",
    )
    hollow = entry.provenance == Entry.Provenance.ILLUSTRATIVE
    return Point(month, Fraction(_millions(entry.forecast)), text, PLAIN, hollow, hover, gap="")


def _millions(pence: int) -> Decimal:
    return in_unit(pence, Unit.MILLIONS)
