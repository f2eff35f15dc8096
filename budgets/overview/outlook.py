"""What a book's year is to come to, as it was entered last: each line's forecast, and by how much it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.overview.reading import BookMoney
from budgets.overview.standing import LineMoney, Standing, standing_of
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Variance, variance_of


@dataclass(frozen=True)
class Outlook:
    """The latest period of which something is entered; ``missing`` lines are not. Sums are of the lines entered."""

    period: Period
    standing: Standing
    missing: int
    moved: int | None
    variance: Variance | None
    illustrative: bool


def outlook_of(money: BookMoney, limits: Limits) -> Outlook | None:
    period = money.period
    if period is None or not money.entered:
        return None
    lines = _lines(money, period)
    moves = [_signed(one, one.moved) for one in lines if one.moved is not None]
    return Outlook(
        period=period,
        standing=standing_of(lines, limits),
        missing=money.lines - len(lines),
        moved=sum(moves) if moves else None,
        variance=_together(lines),
        illustrative=any(one.illustrative for one in money.entered.values()),
    )


def _lines(money: BookMoney, period: Period) -> list[LineMoney]:
    budgets = money.budgets.get(period.year.start, {})
    return [
        LineMoney(
            line,
            Side.INCOME if line in money.income else Side.EXPENDITURE,
            budgets.get(line),
            entered.forecast,
            None if entered.before is None else entered.forecast - entered.before,
        )
        for line, entered in money.entered.items()
    ]


def _together(lines: Sequence[LineMoney]) -> Variance | None:
    """Expenditure less income, of the lines that are entered."""
    budget = sum(_signed(one, one.budget) for one in lines if one.budget is not None)
    forecast = sum(_signed(one, one.money) for one in lines if one.money is not None)
    of = Of.NET if any(one.side is Side.INCOME for one in lines) else Of.GROSS
    return variance_of(budget, forecast, Base(of, budget))


def _signed(one: LineMoney, pence: int) -> int:
    return -pence if one.side is Side.INCOME else pence
