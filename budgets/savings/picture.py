"""Savings as bars, one for each year: what is planned as a frame, in it what is delivered, at risk and to come.

All lengths are in the units of the drawing's own box, rounded to one decimal, y downwards. A year of which nothing was
said has its frame alone, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.rules.money import written
from budgets.rules.savings import Delivery
from core.charts.frame import length
from core.charts.marks import Label, Zone

WIDE, NARROW = 1200, 343
BAR, PITCH, ABOVE, BELOW = 24, 84, 18, 18
NOT_SAID = "Delivered and at risk: not said"


@dataclass(frozen=True)
class Bar:
    """A year's bar: its words above, its zones, and what is said of it below."""

    above: Label
    zones: Sequence[Zone]
    below: Label


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    bars: Sequence[Bar]


def picture(years: Sequence[tuple[str, Delivery]], width: int) -> Picture:
    """``years`` are names with what is planned and said of each, in pence; at least one is planned above nil."""
    longest = max(max(one.planned or 0, _reach(one)) for _, one in years)
    bars = [
        _bar(name, one, place * PITCH + ABOVE, Fraction(width - 2, longest))
        for place, (name, one) in enumerate(years)
    ]
    return Picture(width, len(bars) * PITCH - (PITCH - ABOVE - BAR - BELOW), bars)


def _reach(one: Delivery) -> int:
    return (one.delivered or 0) + (one.at_risk or 0)


def _bar(name: str, one: Delivery, top: int, scale: Fraction) -> Bar:
    zones = [_zone("planned", 0, one.planned or 0, top, scale)]
    delivered = one.delivered or 0
    if delivered:
        zones.append(_zone("delivered", 0, delivered, top, scale))
    if one.at_risk:
        zones.append(_zone("risk", delivered, one.at_risk, top, scale))
    planned = "nothing printed" if one.planned is None else f"{written(one.planned)} planned"
    return Bar(
        above=Label("0", length(top - 6), (name, planned)),
        zones=zones,
        below=Label("0", length(top + BAR + 15), (said_words(one),)),
    )


def _zone(kind: str, start: int, pence: int, top: int, scale: Fraction) -> Zone:
    # The frame's line lies half outside it.
    return Zone(kind, length(1 + start * scale), length(top), length(pence * scale), length(BAR))


def said_words(one: Delivery) -> str:
    """ "£486,000 delivered, £126,051 at risk"; what nobody said is named."""
    if one.delivered is None and one.at_risk is None:
        return NOT_SAID
    parts = [(one.delivered, "delivered"), (one.at_risk, "at risk")]
    return ", ".join(
        f"{'not said what is' if pence is None else written(pence)} {words}" for pence, words in parts
    )
