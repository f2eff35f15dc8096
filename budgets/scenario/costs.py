"""What a child costs in a year, line by line: derived from what was spent and how many there were."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.books.amounts import Amounts, amounts_of
from budgets.books.drivers import Observed, observed_of
from budgets.models import Book, Line, Series
from budgets.rules.money import written
from budgets.rules.tree import Side
from budgets.rules.unit_costs import UnitCost, mean_number, unit_cost
from budgets.rules.variance import came_word
from budgets.rules.written_money import count_printed
from core.values.months import ContractYear


@dataclass(frozen=True)
class LineCost:
    """A line whose children are counted, with what one of them cost in a year, and on what that rests.

    Of a line of income ``spent`` is what was received, and ``cost`` what one of them brought.
    """

    line: Line
    year: ContractYear
    spent: int
    series: Series
    cost: UnitCost
    counts: tuple[tuple[str, str], ...]  # what was counted when, as printed

    @property
    def came(self) -> str:
        """What is known of its money: "£11,085,089 spent in 2018/19"."""
        return f"{written(self.spent)} {came_word(self.side)} in {self.year}"

    @property
    def side(self) -> Side:
        return self.line.tree_side


def costs_of(book: Book) -> dict[str, LineCost]:
    """Three queries."""
    return reckoned(amounts_of([book])[book.pk], observed_of([book])[book.pk])


def reckoned(amounts: Amounts, observed: Observed) -> dict[str, LineCost]:
    """By the line's code: those with a printed actual above nil whose match with one series is fair."""
    years = [year for figure, year in amounts.sums if figure == "actual"]
    if not years:
        return {}
    year = ContractYear(max(years))
    found = (_cost(line, amounts, observed, year) for line in amounts.lines)
    return {one.line.code: one for one in found if one is not None}


def _cost(line: Line, amounts: Amounts, observed: Observed, year: ContractYear) -> LineCost | None:
    codes = [
        link["series"][0]
        for link in line.drivers
        if link["confidence"] == "fair" and len(link["series"]) == 1
    ]
    spent = amounts.pence("actual", year.start, line)
    if not codes or codes[0] not in observed or spent is None or spent <= 0:
        return None
    driver = observed[codes[0]]
    ends = {quarter.last.last_day: f"{quarter.last.label}" for quarter in year.quarters}
    start = year.previous().last.last_day
    counted = {one.ends_on: one.printed for one in driver if one.ends_on}
    numbers = [_number(counted.get(day)) for day in ends]
    named = {start: year.previous().last.label, **ends}
    bases = {"mean": mean_number(numbers)} | {
        label: mean_number([_number(counted.get(day))]) for day, label in named.items()
    }
    cost = unit_cost(spent, bases)
    if cost is None:
        return None
    shown = tuple((label, counted[day]) for day, label in named.items() if day in counted)
    return LineCost(line, year, spent, driver[0].series, cost, shown)


def _number(printed: str | None) -> int | None:
    return None if printed is None else count_printed(printed)
