"""An axis with round ends and labelled ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.values.numbers import MOST_PLACES, shortest

MOST_INTERVALS = 6


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``, with labelled ticks from the bottom up."""

    low: Fraction
    high: Fraction
    ticks: tuple[tuple[Fraction, str], ...]


def round_axis(
    numbers: Sequence[Fraction],
    *,
    visible_beyond: Sequence[tuple[Fraction, int]] = (),
    at_most: Fraction | None = None,
    unit: str = "",
    below_nil: bool = False,
) -> Axis:
    """Round ends around all the numbers, none below 0 nor above ``at_most``, at most six intervals.

    ``below_nil``: numbers below 0 have their place too.

    ``visible_beyond`` are numbers on whose far side something is to be seen: each with -1 for the side below it, 1 for
    the one above. ``unit`` is written behind each tick.
    """
    edges = [number for number, _ in visible_beyond]
    least, most = min([*numbers, *edges]), max([*numbers, *edges])
    # Ticks have eight decimals at the most, as no number here is written with more.
    size = max(_interval((most - least) or max(abs(most) / 10, Fraction(1))), Fraction(1, 10**MOST_PLACES))
    for number, side in visible_beyond:
        least, most = min(least, number + side * size / 2), max(most, number + side * size / 2)
    low, high = least // size * size, -(-most // size) * size
    if not below_nil:
        low = max(Fraction(0), low)
    if at_most is not None:
        high = min(high, at_most)
    if low == high:
        high = low + size
    ticks = [low + size * place for place in range(int((high - low) / size) + 1)]
    return Axis(low, high, tuple((tick, f"{shortest(tick)}{unit}") for tick in ticks))


def _interval(span: Fraction) -> Fraction:
    """The smallest of 1, 2 and 5 times a power of ten that divides the span into at most so many intervals."""
    power = Fraction(1)
    while power * MOST_INTERVALS < span:
        power *= 10
    while power * MOST_INTERVALS / 10 >= span:
        power /= 10
    for times in (Fraction(1, 5), Fraction(1, 2), Fraction(1)):
        if times * power * MOST_INTERVALS >= span:
            return times * power
    return power
