"""What a book's year is to come to, as it was entered last: each line's forecast, and by how much it moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.books.amounts import Amounts
from budgets.models import Book, Entry, Line, LineMonth
from budgets.months.entering import said_of
from budgets.overview.spending import off_track_first
from budgets.rules.month_entry import Beside, outturn_variance
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import LIMITS, Base, Of, Status, Variance, status_of, variance_of
from core.values.months import ContractYear
from parties.participants import Participant


@dataclass(frozen=True)
class LineOutlook:
    line: Line
    entry: Entry
    variance: Variance | None
    moved: int | None  # since the period before, in pence

    @property
    def status(self) -> Status:
        return status_of(self.variance, LIMITS)


@dataclass(frozen=True)
class Outlook:
    """The latest period of which something is entered; ``missing`` lines are not. Sums are of the lines entered."""

    period: Period
    lines: Sequence[LineOutlook]
    missing: int
    budget: int
    forecast: int
    moved: int | None
    variance: Variance | None


def latest_months(participant: Participant, books: Sequence[Book], lines: int) -> dict[int, list[LineMonth]]:
    """Of the books, by their keys, the months entered last: at least two periods of each line. One query."""
    rows = (
        LineMonth.objects.visible_to(participant)
        .filter(line__book__in=books)
        .select_related("latest", "line")
        .order_by("-year", "-period", "line__position")[: 2 * lines]
    )
    found: dict[int, list[LineMonth]] = {}
    for row in rows:
        found.setdefault(row.line.book_id, []).append(row)
    return found


def outlook_of(amounts: Amounts, months: Sequence[LineMonth]) -> Outlook | None:
    if not months:
        return None
    year, number = max((month.year, month.period) for month in months)
    period = Period(ContractYear(year), number)
    before = {
        month.line_id: month.latest.forecast
        for month in months
        if (month.year, month.period) == (year, number - 1) and month.latest
    }
    lines = [
        _line(amounts, month, before)
        for month in months
        if (month.year, month.period) == (year, number) and month.latest
    ]
    return _together(period, amounts, sorted(lines, key=lambda one: off_track_first(one.variance)))


def _line(amounts: Amounts, month: LineMonth, before: Mapping[int, int]) -> LineOutlook:
    entry = month.latest
    assert entry is not None
    side = Side.INCOME if month.line.side == Line.Side.INCOME else Side.EXPENDITURE
    earlier = before.get(month.line_id)
    beside = Beside(_budget(amounts, month), earlier, side, closed=False)
    moved = None if earlier is None else entry.forecast - earlier
    return LineOutlook(month.line, entry, outturn_variance(said_of(entry), beside), moved)


def _budget(amounts: Amounts, month: LineMonth) -> int | None:
    sums = amounts.of("budget", month.year, month.line.code)
    if sums is None or sums.missing:
        return None
    return sums.income if month.line.side == Line.Side.INCOME else sums.gross


def _together(period: Period, amounts: Amounts, lines: Sequence[LineOutlook]) -> Outlook:
    """Expenditure less income, of the lines that are entered."""
    signs = [-1 if one.line.side == Line.Side.INCOME else 1 for one in lines]
    budget = sum(
        sign * one.variance.base.pence for sign, one in zip(signs, lines, strict=True) if one.variance
    )
    forecast = sum(sign * one.entry.forecast for sign, one in zip(signs, lines, strict=True))
    moves = [sign * one.moved for sign, one in zip(signs, lines, strict=True) if one.moved is not None]
    all_lines = sum(line.kind == Line.Kind.LINE for line in amounts.lines)
    of = Of.NET if -1 in signs else Of.GROSS
    return Outlook(
        period=period,
        lines=lines,
        missing=all_lines - len(lines),
        budget=budget,
        forecast=forecast,
        moved=sum(moves) if moves else None,
        variance=variance_of(budget, forecast, Base(of, budget)),
    )
