"""A year's forecasts of one line as a tiny picture without letters, in a box of whole units.

Each picture has its own scale, from its lowest amount to its highest: it shows which way a forecast went, and the
numbers stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from budgets.rules.periods import MONTHS

WIDTH, HEIGHT, MARGIN = 180, 40, 5
STEP = (WIDTH - 2 * MARGIN) // (MONTHS - 1)


@dataclass(frozen=True)
class TinyPath:
    """Path texts of forecasts and budget, and where the last forecast stands."""

    line: str
    budget: str
    last: tuple[int, int]
    hollow: bool


def tiny_path(forecasts: Mapping[int, int], budget: int | None, *, hollow: bool) -> TinyPath | None:
    """``forecasts`` in pence by period, of which those from 1 to 12 are drawn; None where there is none of these."""
    drawn = {period: pence for period, pence in forecasts.items() if period <= MONTHS}
    if not drawn:
        return None
    amounts = [*drawn.values(), *([] if budget is None else [budget])]
    low, span = min(amounts), (max(amounts) - min(amounts)) or 1

    def y(pence: int) -> int:
        return HEIGHT - MARGIN - (pence - low) * (HEIGHT - 2 * MARGIN) // span

    def x(period: int) -> int:
        return MARGIN + (period - 1) * STEP

    stretches = groupby(range(1, MONTHS + 1), key=drawn.__contains__)
    line = ""
    for known, stretch in stretches:
        places = [f"{x(period)} {y(drawn[period])}" for period in stretch if known]
        line += f"M{' '.join(places)}" + ("h0" if len(places) == 1 else "") if places else ""
    last = max(drawn)
    return TinyPath(
        line=line,
        budget="" if budget is None else f"M0 {y(budget)}H{WIDTH}",
        last=(x(last), y(drawn[last])),
        hollow=hollow,
    )
