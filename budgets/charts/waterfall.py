"""The way from a budget to an outturn: the budget, the lines that moved it most, all others together, the outturn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.charts.bars import OVER, TOTAL, UNDER, BarRow, BarsChart, BarsPicture, bars_picture
from budgets.rules.money import signed, spoken
from core.values.numbers import count_words

MOST = 10


@dataclass(frozen=True)
class Mover:
    """A line, and the pence by which it moved the whole: above nil for more money."""

    name: str
    pence: int
    note: str = ""


@dataclass(frozen=True)
class Ends:
    """The words of both ends, and the budget in pence at which it begins."""

    budget: str
    outturn: str
    pence: int


def waterfall(ends: Ends, movers: Sequence[Mover], most: int = MOST) -> BarsPicture | None:
    """None where nothing moved it. What each mover adds makes up the outturn to the penny."""
    moved = [one for one in movers if one.pence]
    if not moved:
        return None
    by_size = sorted(moved, key=lambda one: -abs(one.pence))
    steps = sorted(by_size[:most], key=lambda one: -one.pence)
    if others := by_size[most:]:
        steps.append(Mover(f"{count_words(len(others), 'other line')}", sum(one.pence for one in others)))
    outturn = ends.pence + sum(one.pence for one in moved)
    rows = [BarRow(ends.budget, 0, ends.pence, TOTAL, spoken(ends.pence))]
    level = ends.pence
    for one in steps:
        words = f"{signed(one.pence, places=0)}{f', {one.note}' if one.note else ''}"
        rows.append(BarRow(one.name, level, level + one.pence, OVER if one.pence > 0 else UNDER, words))
        level += one.pence
    rows.append(BarRow(ends.outturn, 0, outturn, TOTAL, spoken(outturn)))
    return bars_picture(
        BarsChart(
            title=_title(ends.pence, outturn),
            description=f"From {ends.budget.lower()} to {ends.outturn.lower()}, line by line. The table holds the"
            " same numbers.",
            rows=rows,
            linked=True,
            may_cut=True,
        )
    )


def _title(budget: int, outturn: int) -> str:
    if budget == outturn:
        return f"The lines that moved it cancel out: {spoken(outturn)}"
    return f"From {spoken(budget)} to {spoken(outturn)}: {spoken(abs(outturn - budget))} " + (
        "more" if outturn > budget else "less"
    )
