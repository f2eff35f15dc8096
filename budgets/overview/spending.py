"""What a book's lines had, what was spent on them in a year, and how far apart the two are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.outlook.standing import LineMoney, Standing, standing_of
from budgets.overview.reading import BookMoney
from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Variance, variance_of
from core.values.months import ContractYear

# So many lines without a budget are named.
NAMED = 3


@dataclass(frozen=True)
class YearSpent:
    """The latest year of which something is printed as spent; sums are gross and of the lines that have an amount.

    ``unbudgeted`` lines had spending and no budget; of ``unspent`` ones nothing is printed as spent, and no sum holds
    their budget.
    """

    year: ContractYear
    standing: Standing
    budget: int
    actual: int
    unbudgeted: Sequence[LineMoney]
    unspent: int

    @property
    def variance(self) -> Variance | None:
        return variance_of(self.budget, self.actual, Base(Of.GROSS, self.budget))


def year_spent(money: BookMoney, limits: Limits) -> YearSpent | None:
    year = money.spent_year
    if year is None:
        return None
    budgets, actuals = money.budgets.get(year, {}), money.actuals
    lines = [
        LineMoney(
            line,
            Side.INCOME if line in money.income else Side.EXPENDITURE,
            budgets.get(line),
            actuals.get(line),
        )
        for line in sorted(budgets.keys() | actuals.keys())
    ]
    spending = [one for one in lines if one.side is Side.EXPENDITURE]
    return YearSpent(
        year=ContractYear(year),
        standing=standing_of(lines, limits),
        budget=sum(one.budget for one in spending if one.budget is not None and one.money is not None),
        actual=sum(one.money for one in spending if one.money is not None),
        unbudgeted=[one for one in spending if one.budget is None and one.money is not None],
        unspent=sum(one.money is None for one in spending if one.budget is not None),
    )
