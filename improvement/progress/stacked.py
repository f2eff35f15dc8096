"""Columns of counts stacked on one another as SVG geometry, each part with its letter; for the template to write out.

All lengths are in the units of the drawing's own box, as exact numbers rounded to one decimal, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from textwrap import wrap

from core.charts.axis import Axis, round_axis
from core.charts.frame import EndLabel, Frame, apart, length
from core.charts.marks import Label, Zone
from improvement.progress.parts import Part

SHARE = Fraction(3, 4)  # of a column's room is filled
WIDEST = 110
# What a letter needs at its size, a letter with its number, and a part's name.
LETTER_HEIGHT, LETTER_WIDTH, NUMBER_WIDTH, NAME_WIDTH = 15, 40, 52, 180
# So many letters of a name fit on a line in that width; a longer name takes a second one.
NAME_LETTERS = 22


@dataclass(frozen=True)
class Column:
    """``name`` stands below it, ``below`` one line further down; ``made_up`` slants the name."""

    name: str
    below: str
    numbers: Sequence[int]
    made_up: bool = False


@dataclass(frozen=True)
class Chart:
    parts: Sequence[Part]
    columns: Sequence[Column]


@dataclass(frozen=True)
class Name:
    label: Label
    made_up: bool


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    grid: Sequence[Label]
    bars: Sequence[Zone]
    letters: Sequence[Label]
    names: Sequence[Name]
    below: Sequence[Label]
    ends: Sequence[Label]


def drawing(chart: Chart, frame: Frame) -> Drawing:
    """The whole drawing in this frame. At least one column has a count above 0."""
    tallest = Fraction(max(sum(column.numbers) for column in chart.columns))
    room = _Room(frame, _whole(round_axis([Fraction(0), tallest])), len(chart.columns))
    stacks = [_stack(chart, room, place) for place in range(len(chart.columns))]
    return Drawing(
        frame=frame,
        grid=[
            Label(length(frame.left - 8), length(room.y(tick)), (words,)) for tick, words in room.axis.ticks
        ],
        bars=[bar for bars, _ in stacks for bar in bars],
        letters=[letter for _, letters in stacks for letter in letters],
        names=_names(chart, room),
        below=_below(chart, room),
        ends=_ends(chart, room),
    )


def _whole(axis: Axis) -> Axis:
    """The axis with the ticks of whole numbers alone: nothing counted lies between."""
    return replace(axis, ticks=tuple(tick for tick in axis.ticks if tick[0].denominator == 1))


@dataclass(frozen=True)
class _Room:
    frame: Frame
    axis: Axis
    columns: int

    @property
    def step(self) -> Fraction:
        return Fraction(self.frame.plot_width, self.columns)

    @property
    def names_fit(self) -> bool:
        return self.frame.right >= NAME_WIDTH

    @property
    def width(self) -> Fraction:
        return min(self.step * SHARE, Fraction(WIDEST))

    def x(self, place: int) -> Fraction:
        """The middle of a column."""
        return self.frame.left + self.step * place + self.step / 2

    def y(self, number: Fraction | int) -> Fraction:
        share = (Fraction(number) - self.axis.low) / (self.axis.high - self.axis.low)
        return self.frame.floor - share * (self.frame.floor - self.frame.top)


def _stack(chart: Chart, room: _Room, place: int) -> tuple[list[Zone], list[Label]]:
    """The parts of one column from the floor up, and the letters of those that have room for one."""
    bars, letters, below = [], [], 0
    left = room.x(place) - room.width / 2
    for part, number in zip(chart.parts, chart.columns[place].numbers, strict=True):
        if not number:
            continue
        floor, top = room.y(below), room.y(below + number)
        bars.append(Zone(part.kind, length(left), length(top), length(room.width), length(floor - top)))
        if floor - top >= LETTER_HEIGHT and room.width >= LETTER_HEIGHT:
            words = f"{part.letter} {number}" if room.width >= NUMBER_WIDTH else part.letter
            letters.append(Label(length(room.x(place)), length((floor + top) / 2), (words,), part.kind))
        below += number
    return bars, letters


def _names(chart: Chart, room: _Room) -> list[Name]:
    """Below every column, or every second, third and so on: as many as have room; the last one always."""
    apart_by = -(-room.frame.month_room // room.step) if room.step < room.frame.month_room else 1
    last = len(chart.columns) - 1
    y = length(Fraction(room.frame.floor + room.frame.line_height))
    return [
        Name(Label(length(room.x(place)), y, (column.name,)), column.made_up)
        for place, column in enumerate(chart.columns)
        if (last - place) % apart_by == 0
    ]


def _below(chart: Chart, room: _Room) -> list[Label]:
    """The second line, where it is another than the column's before and the next one leaves it room."""
    y = length(Fraction(room.frame.floor + 2 * room.frame.line_height + 2))
    changes = [
        place
        for place, (before, column) in enumerate(pairwise(chart.columns), 1)
        if column.below != before.below
    ]
    begins, ends = [0, *changes], [*changes, len(chart.columns) + LETTER_WIDTH]
    return [
        Label(length(room.x(place) - room.width / 2), y, (chart.columns[place].below,))
        for place, end in zip(begins, ends, strict=True)
        if (end - place) * room.step >= LETTER_WIDTH
    ]


def _ends(chart: Chart, room: _Room) -> list[Label]:
    """What the parts of the last column are, at their heights; none where the frame leaves no room for it."""
    if room.frame.right < LETTER_WIDTH:
        return []
    labels: list[EndLabel] = []
    below = 0
    for part, number in zip(chart.parts, chart.columns[-1].numbers, strict=True):
        if number:
            middle = room.y(below + Fraction(number, 2))
            words = f"{part.letter} {number}" + (f" {part.name}" if room.names_fit else "")
            labels.append(EndLabel(part.kind, tuple(wrap(words, NAME_LETTERS)), middle, Fraction(0)))
        below += number
    frame = room.frame
    return [
        Label(
            length(frame.width - frame.right + 10),
            length(label.top + Fraction(frame.line_height * 3, 4)),
            label.lines,
            label.kind,
        )
        for label in apart(labels, frame)
    ]
