"""Amounts over the months of a year as lines: forecasts as they stood, spending to date beside what was planned.

All lengths are in the units of the drawing's own box, rounded to one decimal, y downwards. A month without an amount is
a gap in its line and never nil.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from budgets.rules.money import Unit, in_unit
from core.charts.axis import round_axis
from core.charts.frame import NARROW, WIDE, EndLabel, Frame, Plot, apart, length
from core.charts.marks import Label, Mark
from core.values.months import ContractYear, Month


@dataclass(frozen=True)
class MoneyLine:
    """Pence by month. ``kind`` is how it is drawn: "told" with a point for each month, "planned" dashed.

    ``end`` are the words at its end, on one line or two; ``hover`` what a month's point says.
    """

    kind: str
    amounts: Mapping[Month, int]
    end: tuple[str, ...]
    hover: Mapping[Month, str] = field(default_factory=dict)
    hollow: Collection[Month] = ()


@dataclass(frozen=True)
class LinesChart:
    title: str
    description: str
    year: ContractYear
    lines: Sequence[MoneyLine]


@dataclass(frozen=True)
class LinesDrawing:
    frame: Frame
    grid: Sequence[Label]
    months: Sequence[Label]
    lines: Sequence[tuple[str, str]]  # kind, the points of a polyline
    marks: Sequence[Mark]
    ends: Sequence[Label]
    dot: int


@dataclass(frozen=True)
class LinesPicture:
    """The chart, drawn once for each width."""

    chart: LinesChart
    drawings: Sequence[tuple[str, LinesDrawing]]


def lines_picture(chart: LinesChart) -> LinesPicture:
    """At least one line has an amount."""
    return LinesPicture(chart, [("wide", _drawing(chart, WIDE)), ("narrow", _drawing(chart, NARROW))])


def millions(pence: int) -> Fraction:
    return Fraction(in_unit(pence, Unit.MILLIONS))


def _drawing(chart: LinesChart, frame: Frame) -> LinesDrawing:
    numbers = [millions(pence) for line in chart.lines for pence in line.amounts.values()]
    axis = round_axis(numbers, unit="m", below_nil=True)
    plot = Plot(frame, axis, chart.year.first, len(chart.year.months))
    return LinesDrawing(
        frame=frame,
        grid=[Label(length(frame.left - 8), length(plot.y(tick)), (words,)) for tick, words in axis.ticks],
        months=_months(chart, plot),
        lines=[found for line in chart.lines for found in _polylines(chart, line, plot)],
        marks=[mark for line in chart.lines if line.kind == "told" for mark in _marks(line, plot)],
        ends=_ends(chart, plot),
        dot=5 if frame is WIDE else 4,
    )


def _months(chart: LinesChart, plot: Plot) -> list[Label]:
    every = 1 if plot.step >= plot.frame.month_room else 3
    y = length(Fraction(plot.frame.floor + 18))
    return [
        Label(length(plot.x(month)), y, (month.name[:3],))
        for month in chart.year.months
        if (month.month - 1) % every == 0
    ]


def _polylines(chart: LinesChart, line: MoneyLine, plot: Plot) -> Iterator[tuple[str, str]]:
    """One for each unbroken stretch of months; a month alone needs none."""
    for known, stretch in groupby(chart.year.months, key=line.amounts.__contains__):
        places = [f"{length(plot.x(month))},{length(_y(line, month, plot))}" for month in stretch if known]
        if len(places) > 1:
            yield line.kind, " ".join(places)


def _marks(line: MoneyLine, plot: Plot) -> Iterator[Mark]:
    for month in sorted(line.amounts):
        x, y = length(plot.x(month)), length(_y(line, month, plot))
        yield Mark("plain", x, y, x, y, month in line.hollow, focus=False, words=line.hover.get(month, ""))


def _y(line: MoneyLine, month: Month, plot: Plot) -> Fraction:
    return plot.y(millions(line.amounts[month]))


def _ends(chart: LinesChart, plot: Plot) -> list[Label]:
    """What each line is, right of the plot at the height of its last amount."""
    frame = plot.frame
    labels = [
        EndLabel(
            line.kind,
            line.end if frame.right < WIDE.right else (" ".join(line.end),),
            _y(line, max(line.amounts), plot),
            Fraction(0),
        )
        for line in chart.lines
        if line.amounts
    ]
    return [
        Label(
            length(frame.width - frame.right + 10),
            length(label.top + Fraction(frame.line_height * 3, 4)),
            label.lines,
            label.kind,
        )
        for label in apart(labels, frame)
    ]
