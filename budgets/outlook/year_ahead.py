"""What a book's year is to come to: of each line what was entered of it last, and by how much that moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.outlook.reading import LineEntered
from budgets.outlook.standing import LineMoney, Standing, standing_of
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Variance, variance_of
from core.values.months import ContractYear


@dataclass(frozen=True)
class Outlook:
    """The year of the latest period of which something is entered, in pence; sums are of the lines entered in it.

    Of these ``earlier`` were entered last in a period before the latest; ``missing`` lines weren't entered in the year.
    ``moved`` is since the period before, of the lines of which both are entered. There is no variance where no line has
    a budget. ``lines`` are all of the book, by their keys.
    """

    period: Period
    standing: Standing
    lines: Mapping[int, LineEntered]
    entered: int
    earlier: int
    missing: int
    forecast: int
    moved: int | None
    variance: Variance | None
    made_up: bool
    budget_made_up: bool

    @property
    def illustrative(self) -> bool:
        """Whether any of it is made up: what was entered, or what it is held against."""
        return self.made_up or self.budget_made_up


def outlook_of(lines: Sequence[LineEntered], limits: Limits) -> Outlook | None:
    """None where nothing is entered."""
    latest = max((one.at for one in lines if one.at), default=None)
    if latest is None:
        return None
    of_year = [one for one in lines if one.at and one.at[0] == latest[0]]
    monies = [_money(one, latest) for one in of_year]
    moves = [_signed(one, one.moved) for one in monies if one.moved is not None]
    return Outlook(
        period=Period(ContractYear(latest[0]), latest[1]),
        standing=standing_of(monies, limits),
        lines={one.line: one for one in lines},
        entered=len(of_year),
        earlier=sum(one.at != latest for one in of_year),
        missing=len(lines) - len(of_year),
        forecast=sum(_signed(one, one.money) for one in monies if one.money is not None),
        moved=sum(moves) if moves else None,
        variance=_together(monies),
        made_up=any(one.made_up for one in of_year),
        budget_made_up=any(one.budget_made_up for one in of_year),
    )


def _money(one: LineEntered, latest: tuple[int, int]) -> LineMoney:
    """What moved in an earlier period is no movement of the latest."""
    moved = None
    if one.at == latest and one.before is not None and one.forecast is not None:
        moved = one.forecast - one.before
    return LineMoney(one.line, one.side, one.budget, one.forecast, moved)


def _together(lines: Sequence[LineMoney]) -> Variance | None:
    """Expenditure less income; a line without a budget counts with what it is to cost."""
    budgets = [_signed(one, one.budget) for one in lines if one.budget is not None]
    if not budgets:
        return None
    forecast = sum(_signed(one, one.money) for one in lines if one.money is not None)
    of = Of.NET if any(one.side is Side.INCOME for one in lines) else Of.GROSS
    return variance_of(sum(budgets), forecast, Base(of, sum(budgets)))


def _signed(one: LineMoney, pence: int) -> int:
    return -pence if one.side is Side.INCOME else pence
