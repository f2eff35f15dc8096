"""Where the lines of a book's period stand, and what each is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budgets.models import Amount, Book, ClosedPeriod, Entry, Line, LineMonth
from budgets.rules.month_entry import Beside
from budgets.rules.periods import Period
from budgets.rules.tree import Side


@dataclass(frozen=True)
class Stands:
    """A line in a period: its month as it stands, None where nothing was submitted, and what it is held against."""

    line: Line
    month: LineMonth | None
    beside: Beside

    @property
    def latest(self) -> Entry | None:
        return self.month.latest if self.month else None


def standing_of(book: Book, period: Period, lines: Iterable[Line]) -> dict[str, Stands]:
    """By the line's code, in the order given. Four queries, however many lines."""
    lines = list(lines)
    months = months_of(lines, period)
    before = months_of(lines, period.previous) if period.previous else {}
    budgets = budgets_of(lines, period.year.start)
    closed = is_closed(book, period)
    found = {}
    for line in lines:
        earlier = before.get(line.pk)
        found[line.code] = Stands(
            line,
            months.get(line.pk),
            Beside(
                budget=budgets.get(line.pk),
                forecast_before=earlier.latest.forecast if earlier and earlier.latest else None,
                side=Side.INCOME if line.side == Line.Side.INCOME else Side.EXPENDITURE,
                closed=closed,
            ),
        )
    return found


def months_of(lines: Iterable[Line], period: Period) -> dict[int, LineMonth]:
    """By the line's key. One query."""
    rows = LineMonth.objects.filter(
        line__in=[line.pk for line in lines], year=period.year.start, period=period.number
    ).select_related("latest", "accepted")
    return {row.line_id: row for row in rows}


def budgets_of(lines: Iterable[Line], year: int) -> Mapping[int, int | None]:
    """The year's budget of each line by the latest version that names it. One query."""
    rows = Amount.objects.filter(line__in=[line.pk for line in lines], figure=Amount.Figure.BUDGET, year=year)
    return dict(rows.order_by("version__number").values_list("line_id", "hundredths"))


def is_closed(book: Book, period: Period) -> bool:
    return ClosedPeriod.objects.filter(book=book, year=period.year.start, period=period.number).exists()


def budgets_by_year(line: Line) -> dict[int, int | None]:
    """A line's budget by year, by the latest version that names it. One query."""
    rows = Amount.objects.filter(line=line, figure=Amount.Figure.BUDGET).order_by("version__number")
    return dict(rows.values_list("year", "hundredths"))
