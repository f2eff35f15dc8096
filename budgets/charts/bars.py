"""Bars that lie beside names, each from one amount to another: variances by line, and ways from a budget to an outturn.

All lengths are in the units of the drawing's own box, rounded to one decimal, y downwards. A row without amounts has no
bar: what nobody knows is given no length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from textwrap import wrap

from budgets.rules.money import Unit, in_unit
from core.charts.axis import Axis, round_axis
from core.charts.frame import length
from core.charts.marks import Label

# How a bar looks; each has a pattern of its own.
TOTAL, FAR_OVER, OVER, WITHIN, UNDER = "total", "far-over", "over", "within", "under"
MOST_LINES = 2


@dataclass(frozen=True)
class BarRow:
    """``start`` and ``end`` in pence; None where they aren't known. ``look`` is a status: shape, letter, word."""

    name: str
    start: int | None
    end: int | None
    kind: str
    words: str
    look: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class BarFrame:
    """``left`` and ``right`` are the columns of names and of words; without them both stand above the bar."""

    width: int
    left: int
    right: int
    row: int
    bar: int
    letters: int
    ends: int  # the most labels of the axis

    @property
    def stacked(self) -> bool:
        return not self.right


WIDE = BarFrame(1200, left=310, right=300, row=42, bar=20, letters=38, ends=7)
NARROW = BarFrame(343, left=0, right=0, row=66, bar=16, letters=44, ends=4)
# An axis is cut where what happens takes less than this part of it; as much again is left of it, for the solid bars.
LITTLE = Fraction(1, 5)
# Room above the rows for what the sides mean, and below them for the axis.
TOP, BOTTOM, LINE = 24, 26, 17
EDGE = 22  # of a narrow plot, so that the labels of its ends are not cut


@dataclass(frozen=True)
class BarsChart:
    """``sides`` say what lies left and right of nil; empty where nothing lies left of it."""

    title: str
    description: str
    rows: Sequence[BarRow]
    sides: tuple[str, str] = ("", "")
    linked: bool = False  # each bar begins where the one before ended
    may_cut: bool = False  # the axis may begin above nil, where everything happens far from it


@dataclass(frozen=True)
class Bar:
    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class DrawnRow:
    name: Label
    words: Label
    bar: Bar | None
    look: tuple[str, str, str] | None
    letter_x: str
    shape_x: str
    shape_y: str


@dataclass(frozen=True)
class BarsDrawing:
    width: int
    height: int
    top: int
    floor: int
    nil: str
    grid: Sequence[Label]
    sides: Sequence[Label]
    rows: Sequence[DrawnRow]
    links: Sequence[str]
    breaks: Sequence[str]  # through the bars of an axis that is cut
    begins: str  # where a cut axis begins, in words


@dataclass(frozen=True)
class BarsPicture:
    """The chart, drawn once for each width."""

    chart: BarsChart
    drawings: Sequence[tuple[str, BarsDrawing]]

    @property
    def begins(self) -> str:
        """Where the axis begins, where that isn't nil."""
        return self.drawings[0][1].begins


def bars_picture(chart: BarsChart) -> BarsPicture:
    """At least one row has amounts."""
    return BarsPicture(chart, [("wide", _drawing(chart, WIDE)), ("narrow", _drawing(chart, NARROW))])


class _Plot:
    def __init__(self, chart: BarsChart, frame: BarFrame) -> None:
        ends = [amount for row in chart.rows for amount in (row.start, row.end) if amount is not None]
        begins = _cut(ends) if chart.may_cut else 0
        numbers = [
            Fraction(in_unit(pence, Unit.MILLIONS))
            for pence in [begins, *ends]
            if pence >= begins or not begins
        ]
        self.frame = frame
        self.axis: Axis = round_axis(numbers, unit="m", below_nil=True)
        self.left = frame.left or EDGE
        self.plot = frame.width - self.left - (frame.right or EDGE)

    @property
    def is_cut(self) -> bool:
        return self.axis.low > 0

    def x(self, millions: Fraction) -> Fraction:
        """Below a cut axis everything lies at its beginning."""
        millions = max(millions, self.axis.low)
        return self.left + self.plot * (millions - self.axis.low) / (self.axis.high - self.axis.low)

    def at(self, pence: int) -> Fraction:
        return self.x(Fraction(in_unit(pence, Unit.MILLIONS)))


def _cut(ends: Sequence[int]) -> int:
    """Where an axis begins that needn't begin at nil; nil where it had better."""
    levels = [pence for pence in ends if pence]
    if not levels or min(levels) <= 0:
        return 0
    happens = max(levels) - min(levels)
    return 0 if happens >= LITTLE * max(levels) else max(min(levels) - happens, 0)


def _drawing(chart: BarsChart, frame: BarFrame) -> BarsDrawing:
    plot = _Plot(chart, frame)
    top = TOP if any(chart.sides) else 6
    floor = top + frame.row * len(chart.rows)
    return BarsDrawing(
        width=frame.width,
        height=floor + BOTTOM,
        top=top,
        floor=floor,
        nil=length(plot.x(Fraction(0))),
        grid=_grid(plot, floor),
        sides=_sides(chart, plot),
        rows=[_row(row, plot, top + frame.row * place) for place, row in enumerate(chart.rows)],
        links=_links(chart, plot, top) if chart.linked else [],
        breaks=_breaks(chart, plot, top) if plot.is_cut else [],
        begins=f"£{plot.axis.ticks[0][1]}" if plot.is_cut else "",
    )


def _grid(plot: _Plot, floor: int) -> list[Label]:
    """As many labels as there is room for, nil among them."""
    ticks = plot.axis.ticks
    every = -(-len(ticks) // plot.frame.ends)
    nil = next((place for place, (tick, _) in enumerate(ticks) if not tick), 0)
    y = length(Fraction(floor + LINE))
    return [
        Label(length(plot.x(tick)), y, (f"£{words.lstrip('−')}" if tick else "0",))
        for place, (tick, words) in enumerate(ticks)
        if (place - nil) % every == 0
    ]


def _sides(chart: BarsChart, plot: _Plot) -> list[Label]:
    """What lies left and right of nil, beside its line."""
    nil, (left, right) = plot.x(Fraction(0)), chart.sides
    found = [Label(length(nil + 8), "15", (right,), "start")] if right else []
    if left and plot.axis.low:
        found.append(Label(length(nil - 8), "15", (left,), "end"))
    return found


def _row(row: BarRow, plot: _Plot, top: int) -> DrawnRow:
    frame = plot.frame
    middle = Fraction(top) + Fraction(frame.row, 2)
    names = _name(row.name, frame)
    if frame.stacked:
        names_y, words_y = Fraction(top + LINE - 3), Fraction(top + 2 * LINE - 3)
        bar_y, words_x = Fraction(top + frame.row - frame.bar - 8), Fraction(0)
    else:
        names_y = middle + 5 - Fraction(LINE * (len(names) - 1), 2)
        words_y, words_x = middle + 5, Fraction(frame.width - frame.right + 16)
        bar_y = middle - Fraction(frame.bar, 2)
    shape = 20 if row.look else 0
    letter = 15 if row.look else 0
    return DrawnRow(
        name=Label("0", length(names_y), names),
        words=Label(length(words_x + shape + letter), length(words_y), (row.words,)),
        bar=_bar(row, plot, bar_y),
        look=row.look,
        letter_x=length(words_x + shape),
        shape_x=length(words_x),
        shape_y=length(words_y - 12),
    )


def _name(name: str, frame: BarFrame) -> tuple[str, ...]:
    """On as many lines as there is room for; the table has the whole of it."""
    most = 1 if frame.stacked else MOST_LINES
    lines = wrap(name, frame.letters)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: frame.letters - 1]}…"]
    return tuple(lines)


def _bar(row: BarRow, plot: _Plot, y: Fraction) -> Bar | None:
    if row.start is None or row.end is None:
        return None
    first, last = sorted((plot.at(row.start), plot.at(row.end)))
    # What is nearly nothing is still seen.
    width = max(last - first, Fraction(2)) if row.start != row.end else Fraction(0)
    return Bar(row.kind, length(first), length(y), length(width), str(plot.frame.bar))


def _links(chart: BarsChart, plot: _Plot, top: int) -> list[str]:
    """From the end of each bar down to the next one, where both are known."""
    frame = plot.frame
    found = []
    for place, (row, after) in enumerate(pairwise(chart.rows)):
        if row.end is None or after.start is None:
            continue
        begin = Fraction(top + frame.row * place + frame.row) - (8 if frame.stacked else _beside(frame))
        room = frame.row - frame.bar if frame.stacked else 2 * _beside(frame)
        found.append(f"M{length(plot.at(row.end))} {length(begin)}v{length(Fraction(room))}")
    return found


def _breaks(chart: BarsChart, plot: _Plot, top: int) -> list[str]:
    """A zigzag through each bar that begins below the axis."""
    frame = plot.frame
    below = Fraction(8) if frame.stacked else _beside(frame)
    x = length(plot.left + 12)
    return [
        f"M{x} {length(top + frame.row * (place + 1) - below + 2)}l6 -{(frame.bar + 4) // 3}l-6 -{(frame.bar + 4) // 3}"
        f"l6 -{(frame.bar + 4) // 3}"
        for place, row in enumerate(chart.rows)
        if row.start == 0 and row.end
    ]


def _beside(frame: BarFrame) -> Fraction:
    return Fraction(frame.row - frame.bar, 2)
