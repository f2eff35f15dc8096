"""What each line of a book came to in a year, or is to come to, against its budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.books.amounts import Amounts
from budgets.books.naming import names_of
from budgets.models import Line
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import Base, Of, Variance, variance_of
from core.values.months import ContractYear


@dataclass(frozen=True)
class Forecast:
    """What was entered last of a line's year, in pence."""

    pence: int
    illustrative: bool


@dataclass(frozen=True)
class Outcome:
    """One line in pence; without a budget, or where nobody knows what it came to, there is no variance."""

    line: Line
    budget: int | None
    spent: int | None
    illustrative: bool
    variance: Variance | None

    @property
    def sign(self) -> int:
        return -1 if self.line.is_income else 1


@dataclass(frozen=True)
class YearOutcome:
    """``period`` is the latest by which the forecasts are; None where what was spent is printed."""

    year: ContractYear
    period: Period | None
    lines: Sequence[Outcome]
    names: Mapping[int, str]

    @property
    def words(self) -> str:
        """ "spent in 2018/19"; where some lines take in, "actual in 2018/19"."""
        return f"forecast for {self.year}" if self.period else f"{self.came} in {self.year}"

    @property
    def came(self) -> str:
        return "actual" if any(one.line.tree_side is Side.INCOME for one in self.lines) else "spent"

    @property
    def known(self) -> list[Outcome]:
        """Those that make up the outturn."""
        return [one for one in self.lines if one.spent is not None]


def outcome_years(amounts: Amounts, entered: Mapping[int, int]) -> list[int]:
    """The years of which something was spent or is forecast; ``entered`` has the latest period of each year."""
    printed = {year for figure, year in amounts.sums if figure == "actual"}
    return sorted(printed | set(entered))


def year_outcome(
    amounts: Amounts, year: ContractYear, latest: int | None, forecasts: Mapping[int, Forecast]
) -> YearOutcome:
    """Printed actuals, else what was forecast last of each line, by its key, up to the period ``latest``. No query."""
    printed = ("actual", year.start) in amounts.sums
    lines = [
        _outcome(line, amounts, year.start, None if printed else forecasts.get(line.pk), printed=printed)
        for line in amounts.lines
        if line.kind == Line.Kind.LINE
    ]
    period = None if printed or latest is None else Period(year, latest)
    return YearOutcome(year, period, lines, names_of(amounts.lines))


def _outcome(line: Line, amounts: Amounts, year: int, forecast: Forecast | None, *, printed: bool) -> Outcome:
    side = line.tree_side
    budget = amounts.pence("budget", year, line)
    spent = amounts.pence("actual", year, line) if printed else forecast.pence if forecast else None
    base = Base(Of.INCOME if side is Side.INCOME else Of.GROSS, budget or 0)
    made_up = bool(forecast and forecast.illustrative) or (
        ("budget", year) in amounts.made_up and budget is not None
    )
    return Outcome(line, budget, spent, made_up, variance_of(budget, spent, base, side))
