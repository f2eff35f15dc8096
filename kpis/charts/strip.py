"""The small strip of a dashboard's row: up to 24 months against target and failure limit, as SVG paths.

Coordinates are whole units of a fixed box, because fifteen strips travel with each page. A month without a value is
a gap, a month without a band has no limits, and limits step where a new band version takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from kpis.engine.selectors import StripPoint

WIDTH, HEIGHT = 384, 72
# Room for the last month's mark, which is a shape and not a point.
MARGIN = 11
MARK = 22
# A short series keeps to the right, so that a month is never wider than a twelfth of the strip.
FEWEST_MONTHS = 12


@dataclass(frozen=True)
class Strip:
    """Path texts for line, target and failure zone, and the upper left corner of the last month's mark."""

    line: str
    target: str
    failure: str
    mark_x: int
    mark_y: int
    status: str


@dataclass(frozen=True)
class _Scale:
    top: Decimal
    span: Decimal
    step: int
    start: int

    def x(self, index: int) -> int:
        return self.start + index * self.step

    def y(self, value: Decimal) -> int:
        share = (self.top - value) / self.span
        return MARGIN + int((share * (HEIGHT - 2 * MARGIN)).to_integral_value())


def strip(points: Sequence[StripPoint], *, higher_is_better: bool) -> Strip | None:
    """The strip of adjacent months, oldest first; None where there is no month."""
    if not points:
        return None
    scale = _scale(points, higher_is_better)
    last = points[-1]
    middle = scale.y(last.value) if last.value is not None else HEIGHT // 2
    target, failure = _limits(points, scale, higher_is_better)
    return Strip(
        line=_line(points, scale),
        target=target,
        failure=failure,
        mark_x=scale.x(len(points) - 1) - MARK // 2,
        mark_y=middle - MARK // 2,
        status=last.status,
    )


def _scale(points: Sequence[StripPoint], higher_is_better: bool) -> _Scale:
    shown = [
        value for point in points for value in (point.value, point.target, point.failure) if value is not None
    ]
    low, high = (min(shown), max(shown)) if shown else (Decimal(0), Decimal(1))
    span = high - low or Decimal(1)
    # The failure zone stays visible even where nothing ever fell into it.
    edge = span / 8
    low, high = (low - edge, high) if higher_is_better else (low, high + edge)
    step = (WIDTH - 2 * MARGIN) // (max(len(points), FEWEST_MONTHS) - 1)
    return _Scale(high, high - low, step, WIDTH - MARGIN - step * (len(points) - 1))


def _line(points: Sequence[StripPoint], scale: _Scale) -> str:
    """One stroke for each stretch of months with values; a lone month becomes a dot."""
    text = ""
    for known, stretch in groupby(enumerate(points), key=lambda pair: pair[1].value is not None):
        if not known:
            continue
        places = [
            (scale.x(index), scale.y(point.value)) for index, point in stretch if point.value is not None
        ]
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(places)]
        text += f"M{places[0][0]} {places[0][1]}" + (_relative(steps) if steps else "h0")
    return text


def _relative(steps: Sequence[tuple[int, int]]) -> str:
    return "l" + "".join(
        f"{' ' if at else ''}{dx}{'' if dy < 0 else ' '}{dy}" for at, (dx, dy) in enumerate(steps)
    )


def _limits(points: Sequence[StripPoint], scale: _Scale, higher_is_better: bool) -> tuple[str, str]:
    """Target line and failure zone, one piece for each stretch of months under the same limits."""
    edge = _edges(points, scale)
    target, failure = "", ""
    floor = HEIGHT if higher_is_better else 0
    for limits, stretch in groupby(enumerate(points), key=lambda pair: (pair[1].target, pair[1].failure)):
        if limits[0] is None or limits[1] is None:
            continue
        indexes = [index for index, _ in stretch]
        left, right = edge(indexes[0]), edge(indexes[-1] + 1)
        target += f"M{left} {scale.y(limits[0])}H{right}"
        failure += f"M{left} {scale.y(limits[1])}H{right}V{floor}H{left}z"
    return target, failure


def _edges(points: Sequence[StripPoint], scale: _Scale) -> Callable[[int], int]:
    """Where a month's ground begins: half-way from the month before, and at the box's edges for the first and last."""

    def edge(index: int) -> int:
        if index == len(points):
            return WIDTH
        return scale.x(index) - scale.step // 2 if index else 0

    return edge
