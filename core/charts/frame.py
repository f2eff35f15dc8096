"""Where months and values lie in a drawing, and where the labels at its end find room.

All lengths are in the units of the drawing's own box, exact, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.charts.axis import Axis
from core.values.months import Month
from core.values.numbers import rounded


@dataclass(frozen=True)
class Frame:
    """The box of a drawing, the margins round its plot, and the least room between two months' names."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    month_room: int
    line_height: int

    @property
    def plot_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def floor(self) -> int:
        """The y of the plot's lower edge."""
        return self.height - self.bottom


WIDE = Frame(1200, 392, left=56, right=196, top=14, bottom=50, month_room=32, line_height=17)
NARROW = Frame(343, 300, left=38, right=92, top=12, bottom=38, month_room=30, line_height=14)


@dataclass(frozen=True)
class EndLabel:
    """What stands right of the plot; ``at`` is the height it speaks of, ``top`` where its first line stands."""

    kind: str
    lines: tuple[str, ...]
    at: Fraction
    top: Fraction


class Plot:
    """Adjacent months and their values as places in a frame."""

    def __init__(self, frame: Frame, axis: Axis, first: Month, months: int) -> None:
        self.frame = frame
        self.axis = axis
        self.first = first
        self.step = Fraction(frame.plot_width, months)

    def edge(self, month: Month) -> Fraction:
        """The left edge of the month's column."""
        return self.frame.left + self.step * (month.ordinal - self.first.ordinal)

    def x(self, month: Month) -> Fraction:
        return self.edge(month) + self.step / 2

    def y(self, value: Fraction | Decimal) -> Fraction:
        share = (Fraction(value) - self.axis.low) / (self.axis.high - self.axis.low)
        return self.frame.floor - share * (self.frame.floor - self.frame.top)

    def value(self, y: Fraction) -> Fraction:
        """The value at this height; the inverse of ``y``."""
        share = (self.frame.floor - y) / (self.frame.floor - self.frame.top)
        return self.axis.low + share * (self.axis.high - self.axis.low)


def apart(labels: list[EndLabel], frame: Frame) -> list[EndLabel]:
    """Each label as near to its height as the others let it, all within the drawing."""
    tallest = sum(len(label.lines) for label in labels) * frame.line_height
    ordered = sorted(labels, key=lambda label: (label.at, label.kind))
    floor = Fraction(0)
    placed = []
    for label in ordered:
        height = len(label.lines) * frame.line_height
        top = max(label.at - Fraction(height, 2), floor)
        placed.append(replace(label, top=top))
        floor = top + height
    ceiling = Fraction(max(frame.floor + frame.line_height, tallest))
    settled = []
    for label in reversed(placed):
        top = min(label.top, ceiling - len(label.lines) * frame.line_height)
        settled.append(replace(label, top=top))
        ceiling = top
    return settled[::-1]


def length(of: Fraction | int) -> str:
    """A length at one decimal, without an idle zero."""
    text = f"{rounded(of, 1):f}"
    return text.removesuffix(".0")
