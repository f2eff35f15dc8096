"""Panels one below the other on one axis of time, as SVG geometry; each panel has its own scale, which begins at nil.

All lengths are in the units of the drawing's own box, rounded to one decimal, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from textwrap import wrap

from core.charts.axis import Axis, round_axis
from core.charts.frame import EndLabel, Frame, apart, length
from core.charts.marks import Label
from core.values.months import Month

HEADING, LETTER = 28, 15  # room above a panel for its heading, and what a line of letters needs
TICK_ROOM = 26  # below the last panel
MONTH_ROOM = 30  # half of what a month with its year needs
NUMBER_ROOM = 12  # how near the edge a number above a point ends or begins there
YEARS_ROOM = 400  # what a plot needs whose last month has its year


@dataclass(frozen=True)
class Point:
    """``shown`` stands beside it where its strand is labelled; ``hollow`` means illustrative."""

    day: date
    value: Fraction
    shown: str
    hollow: bool = False


@dataclass(frozen=True)
class Strand:
    """Points of one thing. ``joined``: what lies between two of them may be drawn. ``name`` stands at its end."""

    points: Sequence[Point]
    joined: bool = True
    name: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Level:
    """What was assumed, budgeted or aimed at all along."""

    value: Fraction
    words: str


@dataclass(frozen=True)
class Panel:
    heading: str
    strands: Sequence[Strand]
    level: Level | None = None
    unit: str = ""


@dataclass(frozen=True)
class TimeChart:
    """``start`` is the month at whose end the axis begins; it ends with the month ``last``."""

    start: Month
    last: Month
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Size:
    width: int
    panel: int  # the height of a panel's plot
    left: int
    right: int


SMALL = Size(360, 118, 44, 20)  # three beside each other, and each alone on a phone
SMALLER = Size(284, 96, 34, 16)  # four beside each other
WIDE = Size(1200, 320, 56, 300)
NARROW = Size(343, 330, 40, 118)


@dataclass(frozen=True)
class Mark:
    x: str
    y: str
    hollow: bool
    strong: bool


@dataclass(frozen=True)
class DrawnPanel:
    heading: Label
    grid: Sequence[Label]
    level: str
    level_label: Label | None
    lines: Sequence[tuple[str, bool]]  # the points of a polyline, and whether it is a strong one
    marks: Sequence[Mark]
    labels: Sequence[Label]
    ends: Sequence[Label]


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    left: int
    plot_width: int
    months: Sequence[Label]
    upright: Sequence[str]  # paths of the quarters' lines
    panels: Sequence[DrawnPanel]


def drawing(chart: TimeChart, size: Size) -> Drawing:
    panels = [_Room(chart, size, place, panel) for place, panel in enumerate(chart.panels)]
    floor = panels[-1].floor
    ends = [month for month in Month.range(chart.start, chart.last) if month.month % 3 == 0]
    # Names at the strands' ends stand where the last month would reach.
    crowded = size.right < MONTH_ROOM or any(
        strand.name for panel in chart.panels for strand in panel.strands
    )
    return Drawing(
        width=size.width,
        height=floor + TICK_ROOM,
        left=size.left,
        plot_width=size.width - size.left - size.right,
        months=[
            Label(
                length(panels[0].x(month.last_day)),
                length(floor + 18),
                (_month_words(month, chart, size),),
                "end" if month == chart.last and crowded else "middle",
            )
            for month in ends
        ],
        upright=[
            f"M{length(room.x(month.last_day))} {room.top}V{room.floor}" for room in panels for month in ends
        ],
        panels=[room.drawn() for room in panels],
    )


def _month_words(month: Month, chart: TimeChart, size: Size) -> str:
    """The year stands with the first month, and with the last one where there is room."""
    room = size.width - size.left - size.right >= YEARS_ROOM
    return month.short if month == chart.start or (room and month == chart.last) else month.name[:3]


class _Room:
    """Where a panel's days and values lie."""

    def __init__(self, chart: TimeChart, size: Size, place: int, panel: Panel) -> None:
        self.chart, self.size, self.panel = chart, size, panel
        self.top = place * (size.panel + HEADING + LETTER) + HEADING
        self.floor = self.top + size.panel
        self.axis = _axis(panel)

    def x(self, day: date) -> Fraction:
        first, last = self.chart.start.last_day, self.chart.last.last_day
        plot = self.size.width - self.size.left - self.size.right
        days = min(max((day - first).days, 0), (last - first).days)
        return self.size.left + Fraction(days * plot, (last - first).days)

    def y(self, value: Fraction) -> Fraction:
        return self.floor - value / self.axis.high * (self.floor - self.top)

    def drawn(self) -> DrawnPanel:
        panel = self.panel
        level = panel.level
        y = self.y(level.value) if level else Fraction(0)
        right = self.size.width - self.size.right
        return DrawnPanel(
            heading=Label("0", length(self.top - 8), (panel.heading,)),
            grid=[
                Label(length(self.size.left - 6), length(self.y(tick)), (words,))
                for tick, words in self.axis.ticks
            ],
            level=f"M{self.size.left} {length(y)}H{right}" if level else "",
            level_label=Label(length(right - 4), length(y + self._away()), (level.words,)) if level else None,
            lines=[line for strand in panel.strands for line in self._line(strand)],
            marks=[self._mark(point, strand) for strand in panel.strands for point in strand.points],
            labels=[label for strand in panel.strands for label in self._labels(strand)],
            ends=self._ends(),
        )

    def _away(self) -> int:
        """A level's words stand on the side of it where the last point isn't."""
        assert self.panel.level is not None
        points = [point for strand in self.panel.strands for point in strand.points]
        below = bool(points) and max(points, key=lambda point: point.day).value >= self.panel.level.value
        return LETTER if below else -6

    def _line(self, strand: Strand) -> list[tuple[str, bool]]:
        if not strand.joined or len(strand.points) < 2:
            return []
        places = (f"{length(self.x(point.day))},{length(self.y(point.value))}" for point in strand.points)
        return [(" ".join(places), strand.strong)]

    def _mark(self, point: Point, strand: Strand) -> Mark:
        return Mark(length(self.x(point.day)), length(self.y(point.value)), point.hollow, strand.strong)

    def _labels(self, strand: Strand) -> list[Label]:
        """Above their points; those near an edge end or begin there."""
        return [
            Label(
                length(self.x(point.day)),
                length(self.y(point.value) - 8),
                (point.shown,),
                self._side(point.day),
            )
            for point in strand.points
            if point.shown
        ]

    def _side(self, day: date) -> str:
        x = self.x(day)
        if x - NUMBER_ROOM < self.size.left:
            return "start"
        return "end" if x + NUMBER_ROOM > self.size.width - self.size.right else "middle"

    def _ends(self) -> list[Label]:
        """The names of strands at the height of their last points, apart from each other."""
        size = self.size
        letters = max((size.right - 14) // 7, 8)
        frame = Frame(size.width, self.floor + TICK_ROOM, size.left, size.right, 0, TICK_ROOM, 0, LETTER)
        named = [strand for strand in self.panel.strands if strand.name]
        labels = [
            EndLabel(
                "strong" if strand.strong else "",
                tuple(wrap(strand.name, letters)),
                self.y(strand.points[-1].value),
                Fraction(0),
            )
            for strand in named
        ]
        return [
            Label(length(size.width - size.right + 12), length(one.top + 11), one.lines, one.kind)
            for one in apart(labels, frame)
        ]


def _axis(panel: Panel) -> Axis:
    """From nil to a round number above all that is drawn, with room for what stands above it."""
    values = [point.value for strand in panel.strands for point in strand.points]
    if panel.level:
        values.append(panel.level.value)
    highest = max(values, default=Fraction(1)) or Fraction(1)
    axis = round_axis([Fraction(0), highest * Fraction(21, 20)], unit=panel.unit)
    few = axis.ticks[:: 2 if len(axis.ticks) > 4 else 1]
    return Axis(axis.low, axis.high, few)
