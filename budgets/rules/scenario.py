"""What more or fewer children would cost: each assumption is an argument, and each is said.

Cost is children × months ÷ 12 × what a child costs in a year, over the range of that cost. It assumes that each costs
as much as those before, which no document shows: a scenario is a reckoning and no forecast. Source: chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from budgets.rules.money import written
from budgets.rules.tree import Side
from budgets.rules.unit_costs import UnitCost
from budgets.rules.volume_price import nearest
from core.values.numbers import plain, shortest

MONTHS_OF_A_YEAR = 12
# "About" shows so many digits; more would look like knowledge.
DIGITS = 3
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Scenario:
    """``children`` above nil are more, below nil fewer; ``placement`` reads "external foster care".

    On the side of income ``cost`` is what a child brings.

    ValueError for months below nil or for a range that doesn't hold the usual cost.
    """

    children: int
    placement: str
    months: Fraction
    cost: UnitCost
    side: Side = Side.EXPENDITURE

    def __post_init__(self) -> None:
        if self.months < 0:
            raise ValueError("A time has no fewer than no months.")
        if not self.cost.lowest <= self.cost.usual <= self.cost.highest:
            raise ValueError("The usual unit cost lies outside its range.")

    @property
    def pence(self) -> int:
        """To the nearest penny; below nil is saved."""
        return self._at(self.cost.usual)

    @property
    def range(self) -> tuple[int, int]:
        """The smaller and the larger cost over the range of the unit cost."""
        ends = self._at(self.cost.lowest), self._at(self.cost.highest)
        return min(ends), max(ends)

    def _at(self, unit_cost: int) -> int:
        return nearest(self.children * self.months * unit_cost / MONTHS_OF_A_YEAR)


def sentence(scenario: Scenario) -> str:
    """ "20 more children in external foster care for six months cost about £400,000 (£378,000 to £400,000)." """
    low, high = sorted(about(abs(pence)) for pence in scenario.range)
    amount = about(abs(scenario.pence))
    spread = "" if low == high == amount else f" ({written(low)} to {written(high)})"
    more, fewer = ("bring", "lose") if scenario.side is Side.INCOME else ("cost", "save")
    verb = (fewer if scenario.children < 0 else more) + ("s" if abs(scenario.children) == 1 else "")
    return f"{_who(scenario)} for {_how_long(scenario.months)} {verb} about {written(amount)}{spread}."


def assumptions(scenario: Scenario) -> list[tuple[str, str]]:
    """Each assumption with its value, as a page lists them."""
    cost = scenario.cost
    return [
        ("Children", _who(scenario)),
        ("Time", _how_long(scenario.months)),
        (f"{'Income' if scenario.side is Side.INCOME else 'Cost'} of a child in a year", written(cost.usual)),
        ("Its range", f"{written(cost.lowest)} to {written(cost.highest)}"),
    ]


def about(pence: int, digits: int = DIGITS) -> int:
    """Rounded to so many digits, to the pound at the finest, never to nil: 40018045 pence are about 40000000."""
    unit = 10 ** max(2, len(str(abs(pence))) - digits)
    return nearest(Fraction(pence, unit)) * unit or pence


def _who(scenario: Scenario) -> str:
    children = abs(scenario.children)
    more = "fewer" if scenario.children < 0 else "more"
    return f"{plain(children, 0)} {more} {'child' if children == 1 else 'children'} in {scenario.placement}"


def _how_long(months: Fraction) -> str:
    """In words below ten: "six months"; else "12 months", "4.5 months"."""
    if months.denominator == 1 and months < len(_SMALL):
        return f"{_SMALL[months.numerator]} {'month' if months == 1 else 'months'}"
    return f"{_number(months)} months"


def _number(months: Fraction) -> str:
    try:
        return shortest(months)
    except ValueError:
        return plain(months, 1)
