"""The chart of one indicator as SVG geometry: where each line, shape and letter stands, for the template to write out.

All lengths are in the units of the drawing's own box, as exact numbers rounded to one decimal, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from core.charts.frame import WIDE, EndLabel, Frame, length
from core.charts.marks import Label, Mark, Zone
from core.values.months import ContractYear, Month
from kpis.charts.line import Dated, LineChart, Point, Step
from kpis.charts.plot import ChartPlot, end_labels

LETTER = Fraction(7)  # the usual width of a letter at 14 units
FLAG = 11  # the most that fits above the plot
NOT_REPORTED_WIDTH = 60  # what "not reported" needs on two lines


@dataclass(frozen=True)
class Gap:
    """Adjacent months without a value; ``y`` is where the first of its lines stands."""

    first: Month
    last: Month
    y: Fraction
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    grid: tuple[Label, ...]
    zones: tuple[Zone, ...]
    limits: tuple[tuple[str, str], ...]  # kind, path
    lines: tuple[str, ...]  # the points of a polyline, "x,y x,y"
    marks: tuple[Mark, ...]
    gaps: tuple[Label, ...]
    notes: tuple[Label, ...]
    months: tuple[Label, ...]
    years: tuple[Label, ...]
    ends: tuple[Label, ...]
    size: int  # of a mark's box
    dot: int  # radius of a point that no band judges
    ring: int  # radius of the ring round the month in view
    dated: tuple[Mark, ...]  # above the plot
    flag: int  # of the box of a mark above the plot


def drawing(chart: LineChart, frame: Frame) -> Drawing:
    """The whole drawing in this frame."""
    plot = ChartPlot(chart, frame)
    size = 12 if plot.step >= 16 else 9 if plot.step >= 6 else 6
    return Drawing(
        frame=frame,
        grid=tuple(
            Label(length(frame.left - 8), length(plot.y(tick)), (words,)) for tick, words in chart.axis.ticks
        ),
        zones=tuple(zone for step in chart.steps for zone in _zones(step, plot)),
        limits=tuple(limit for step in chart.steps for limit in _limits(step, plot)),
        lines=tuple(_lines(plot)),
        marks=tuple(_mark(point, plot, size) for point in chart.points if point.value is not None),
        gaps=tuple(_gap(gap, plot) for gap in gaps(plot)),
        notes=tuple(_notes(plot)),
        months=tuple(_months(plot)),
        years=tuple(_years(plot)),
        ends=tuple(_end(label, frame) for label in end_labels(chart, frame)),
        size=size,
        dot=size * 2 // 5,
        ring=size // 2 + 4,
        dated=tuple(_flag(one, plot, min(size, FLAG)) for one in chart.dated),
        flag=min(size, FLAG),
    )


def _end(label: EndLabel, frame: Frame) -> Label:
    baseline = label.top + Fraction(frame.line_height * 3, 4)
    return Label(length(frame.width - frame.right + 10), length(baseline), label.lines, label.kind)


def _zones(step: Step, plot: ChartPlot) -> list[Zone]:
    if step.failure is None:
        return []
    left, right = plot.edge(step.first), plot.edge(step.last) + plot.step
    edge = plot.frame.floor if plot.chart.higher_is_better else plot.frame.top
    pairs = [
        ("tolerance", plot.y(step.target), plot.y(step.failure)),
        ("failure", plot.y(step.failure), Fraction(edge)),
    ]
    zones = []
    for kind, begin, end in pairs:
        top, height = min(begin, end), abs(begin - end)
        if height:
            zones.append(Zone(kind, length(left), length(top), length(right - left), length(height)))
    return zones


def _limits(step: Step, plot: ChartPlot) -> list[tuple[str, str]]:
    left, right = length(plot.edge(step.first)), length(plot.edge(step.last) + plot.step)
    limits = [("target", f"M{left} {length(plot.y(step.target))}H{right}")]
    if step.failure is not None:
        limits.append(("limit", f"M{left} {length(plot.y(step.failure))}H{right}"))
    return limits


def _lines(plot: ChartPlot) -> list[str]:
    """One line for each unbroken stretch of months with a value; a month alone needs none."""
    stretches = groupby(plot.chart.points, key=lambda point: point.value is not None)
    drawn = []
    for known, stretch in stretches:
        places = [
            f"{length(plot.x(point.month))},{length(plot.y(point.value))}"
            for point in stretch
            if point.value is not None
        ]
        if known and len(places) > 1:
            drawn.append(" ".join(places))
    return drawn


def _mark(point: Point, plot: ChartPlot, size: int) -> Mark:
    assert point.value is not None
    x, y = plot.x(point.month), plot.y(point.value)
    half = Fraction(size, 2)
    focus = point.month == plot.chart.focus
    return Mark(
        point.mark,
        length(x),
        length(y),
        length(x - half),
        length(y - half),
        point.hollow,
        focus,
        ", ".join(point.hover),
    )


def _flag(one: Dated, plot: ChartPlot, size: int) -> Mark:
    """Above its month; where something is done and something else due in one month, side by side."""
    both = sum(other.month == one.month for other in plot.chart.dated) > 1
    aside = Fraction(size + 1, 2) * (-1 if one.done else 1) if both else 0
    x, half = plot.x(one.month), Fraction(size, 2)
    return Mark(
        "done" if one.done else "due",
        length(x),
        length(half),
        length(x + aside - half),
        "0",
        not one.done,
        focus=False,
        words=f"{one.month.label}: {one.words}",
    )


def gaps(plot: ChartPlot) -> list[Gap]:
    """Why there is no line: in words between the neighbours where they fit, else a letter above the months."""
    points = plot.chart.points
    found = []
    for words, stretch in groupby(range(len(points)), key=lambda place: points[place].gap):
        places = list(stretch)
        if not words:
            continue
        near = [points[place].value for place in (places[0] - 1, places[-1] + 1) if 0 <= place < len(points)]
        known = [value for value in near if value is not None]
        fits = (len(places) + 1) * plot.step >= NOT_REPORTED_WIDTH and known
        height = plot.y(sum(known, Fraction(0)) / len(known)) if fits else Fraction(plot.frame.floor - 6)
        lines = tuple(words.split(" ", 1)) if fits else (words[0].upper(),)
        found.append(Gap(points[places[0]].month, points[places[-1]].month, height, lines))
    return found


def _gap(gap: Gap, plot: ChartPlot) -> Label:
    return Label(length((plot.x(gap.first) + plot.x(gap.last)) / 2), length(gap.y), gap.lines, "gap")


def _notes(plot: ChartPlot) -> list[Label]:
    """Where the limits changed, what they were before stands at the start of their stretch."""
    if plot.frame is not WIDE:
        return []
    return [
        Label(
            length(plot.edge(step.first) + 4),
            length(plot.y(step.target) - 5),
            (f"{step.target_label[1]} until {step.last.short}",),
        )
        for step in plot.chart.steps[:-1]
    ]


def _months(plot: ChartPlot) -> list[Label]:
    """Names of months where there is room: each, each third (quarters from April), or none."""
    y = length(plot.frame.floor + 18)
    for every in (1, 3):
        if plot.step * every >= plot.frame.month_room:
            return [
                Label(length(plot.x(point.month)), y, (point.month.name[:3],))
                for point in plot.chart.points
                if (point.month.month - 1) % every == 0
            ]
    return []


def _years(plot: ChartPlot) -> list[Label]:
    """Contract years at their first month in the chart; a stretch too short for its letters goes without."""
    y = length(plot.frame.floor + (36 if _months(plot) else 20))
    room = 8 * LETTER
    labels: list[Label] = []
    free_from = Fraction(0)
    for year, stretch in groupby(plot.chart.points, key=lambda point: point.month.contract_year):
        months = [point.month for point in stretch]
        left = plot.edge(months[0])
        alone = len({point.month.contract_year for point in plot.chart.points}) == 1
        if left >= free_from and (alone or len(months) * plot.step >= min(room, 12 * plot.step)):
            labels.append(_year(year, left, y))
            free_from = left + room
    return labels


def _year(year: ContractYear, left: Fraction, y: str) -> Label:
    return Label(length(left), y, (year.label,))
