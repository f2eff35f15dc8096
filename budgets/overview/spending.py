"""What a book's lines had, what was spent on them in a year, and how far apart the two are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.books.amounts import Amounts
from budgets.models import Line
from budgets.rules.tree import Side, Sums
from budgets.rules.variance import LIMITS, Base, Of, Status, Variance, status_of, variance_of
from core.values.months import ContractYear

ORDER = (Status.RED, Status.AMBER, Status.GREEN, Status.NONE)


@dataclass(frozen=True)
class Spent:
    """One line in a year, in pence; a side that is missing is None, and then there is no variance."""

    line: Line
    budget: int | None
    actual: int | None
    variance: Variance | None

    @property
    def status(self) -> Status:
        return status_of(self.variance, LIMITS)


@dataclass(frozen=True)
class YearSpent:
    """A book's year: the whole of it, and its lines, off track first. ``unbudgeted`` had no budget."""

    year: ContractYear
    total: Spent
    lines: Sequence[Spent]

    @property
    def unbudgeted(self) -> Sequence[Spent]:
        return [one for one in self.lines if one.budget is None and one.actual is not None]


def year_spent(amounts: Amounts) -> YearSpent | None:
    """The latest year of which something is known to be spent; None where that is of none."""
    years = [year for figure, year in amounts.sums if figure == "actual"]
    roots = [line for line in amounts.lines if line.parent_id is None]
    if not years or len(roots) != 1:
        return None
    year = max(years)
    lines = [_spent(amounts, year, line) for line in amounts.lines if line.kind == Line.Kind.LINE]
    return YearSpent(
        ContractYear(year),
        _spent(amounts, year, roots[0]),
        sorted(lines, key=lambda one: off_track_first(one.variance)),
    )


def off_track_first(variance: Variance | None) -> tuple[int, int]:
    """The key by which lines stand in order: by status, then the dearest first."""
    return ORDER.index(status_of(variance, LIMITS)), -(variance.costs if variance else 0)


def _spent(amounts: Amounts, year: int, line: Line) -> Spent:
    side = Side.INCOME if line.side == Line.Side.INCOME else Side.EXPENDITURE
    budget = _pence(line, amounts.of("budget", year, line.code), side)
    actual = _pence(line, amounts.of("actual", year, line.code), side)
    base = Base(Of.INCOME if side is Side.INCOME else Of.GROSS, budget or 0)
    return Spent(line, budget, actual, variance_of(budget, actual, base, side))


def _pence(line: Line, sums: Sums | None, side: Side) -> int | None:
    """A line without an amount has none; what holds lines comes to those that have one."""
    if sums is None or (line.kind == Line.Kind.LINE and sums.missing):
        return None
    return sums.income if side is Side.INCOME else sums.gross
