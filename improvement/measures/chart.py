"""The values of a measure as a chart, drawn as an indicator's is; a line leads over the months in which none is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from core.charts.axis import round_axis
from core.charts.frame import NARROW, WIDE, Frame, length
from core.values.months import Month
from core.values.numbers import count_words, shortest
from improvement.measures.forms import is_percent
from improvement.models import Measure, MeasureValue
from improvement.models.event import Provenance
from kpis.charts.drawing import Drawing, drawing
from kpis.charts.line import PLAIN, LineChart, Point
from kpis.charts.plot import ChartPlot

# Values lie so many months apart where none is missing. Where nobody said how often one is due, none is.
APART = {Measure.Period.MONTH: 1, Measure.Period.QUARTER: 3, Measure.Period.YEAR: 12}


@dataclass(frozen=True)
class Picture:
    """The chart, drawn once for each width."""

    chart: LineChart
    drawings: list[tuple[str, Drawing]]

    @property
    def broken(self) -> bool:
        """Whether a line doesn't lead from each value to the next."""
        values = sum(point.value is not None for point in self.chart.points)
        return len(self.drawings[0][1].lines) < values - 1


def picture_of(measure: Measure, values: Mapping[Month, MeasureValue]) -> Picture | None:
    """All months from the first value to the last; None without a value."""
    if not values:
        return None
    chart = _chart(measure, values)
    return Picture(
        chart, [("wide", _drawn(chart, measure, WIDE)), ("narrow", _drawn(chart, measure, NARROW))]
    )


def amount(value: MeasureValue, unit: str) -> str:
    """The value with its unit: "75.4%", "18 days"."""
    number = shortest(value.value)
    return f"{number}%" if is_percent(unit) else f"{number} {unit}".rstrip()


def _chart(measure: Measure, values: Mapping[Month, MeasureValue]) -> LineChart:
    first, last = min(values), max(values)
    ends = f"{amount(values[first], measure.unit)} in {first.label}"
    if first != last:
        ends = f"From {ends} to {amount(values[last], measure.unit)} in {last.label}"
    return LineChart(
        title=ends,
        description=f"{measure.title}: {count_words(len(values), 'value')}. The table below holds the same numbers.",
        higher_is_better=True,
        points=tuple(_point(measure, month, values.get(month)) for month in Month.range(first, last)),
        steps=(),
        axis=round_axis(
            [Fraction(value.value) for value in values.values()], unit="%" if is_percent(measure.unit) else ""
        ),
        focus=None,
    )


def _point(measure: Measure, month: Month, value: MeasureValue | None) -> Point:
    if value is None:
        return Point(month, None, "", PLAIN, hollow=False, hover=(), gap="")
    text = amount(value, measure.unit if is_percent(measure.unit) else "")
    hover = (month.label, amount(value, measure.unit), value.source)
    hollow = value.provenance == Provenance.ILLUSTRATIVE
    return Point(month, Fraction(value.value), text, PLAIN, hollow, hover, gap="")


def _drawn(chart: LineChart, measure: Measure, frame: Frame) -> Drawing:
    return replace(drawing(chart, frame), lines=tuple(_lines(chart, measure, frame)))


def _lines(chart: LineChart, measure: Measure, frame: Frame) -> list[str]:
    """From each value to the next, but for where one that was due is missing between them."""
    plot, apart = (
        ChartPlot(chart, frame),
        APART.get(Measure.Period(measure.period)) if measure.period else None,
    )
    known = [(point.month, point.value) for point in chart.points if point.value is not None]
    return [
        " ".join(f"{length(plot.x(month))},{length(plot.y(value))}" for month, value in pair)
        for pair in pairwise(known)
        if apart is None or pair[1][0].ordinal - pair[0][0].ordinal <= apart
    ]
