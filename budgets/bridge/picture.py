"""How an overspend was met, as bars: what is printed has its length, and what isn't printed has none."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.charts.bars import TOTAL, UNDER, BarRow, BarsChart, BarsPicture, bars_picture
from budgets.models import BridgeStep
from budgets.rules.money import spoken

ENDS = (BridgeStep.Kind.OPENING, BridgeStep.Kind.CLOSING)


def bridge_picture(title: str, steps: Sequence[BridgeStep]) -> BarsPicture | None:
    """None where no amount is printed. Where a step before it isn't printed, one begins at nil, for nobody knows where
    it would begin.
    """
    if all(step.stated.hundredths is None for step in steps):
        return None
    rows = []
    level: int | None = None
    for step in steps:
        row, level = _row(step, level)
        rows.append(row)
    missing = sum(row.end is None for row in rows)
    return bars_picture(
        BarsChart(
            title=title,
            description=f"Each step as printed; {missing} not printed, and without a bar."
            " The table holds the same numbers.",
            rows=rows,
            linked=True,
        )
    )


def _row(step: BridgeStep, level: int | None) -> tuple[BarRow, int | None]:
    """The step's bar, and the level that is left after it; None where nobody knows that."""
    pence = step.stated.hundredths
    if pence is None:
        return BarRow(step.name, None, None, UNDER, "Not printed"), None
    if step.kind in ENDS:
        return BarRow(step.name, 0, pence, TOTAL, spoken(pence)), pence
    start = pence if level is None else level
    left = None if level is None else level - pence
    return BarRow(step.name, start, start - pence, UNDER, f"{spoken(pence)} less"), left
