"""Where the lines of a book's period stand, and what each is held against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgets.books.amounts import budgets_of
from budgets.models import Book, ClosedPeriod, Entry, Line, LineMonth
from budgets.rules.month_entry import Beside
from budgets.rules.periods import Period
from core import clock


@dataclass(frozen=True)
class Stands:
    """A line in a period: its month as it stands, None where nothing was submitted, and what it is held against."""

    line: Line
    month: LineMonth | None
    beside: Beside
    before: Entry | None = None  # what stood in the period before

    @property
    def latest(self) -> Entry | None:
        return self.month.latest if self.month else None


def standing_of(
    book: Book, period: Period, lines: Iterable[Line], known: date | None = None
) -> dict[str, Stands]:
    """By the line's code, in the order given. Four queries, however many lines.

    With ``known`` as it was known at the end of that day, in six; where a line stood between the parties then isn't
    told again.
    """
    lines = list(lines)
    months = months_of(lines, period, known)
    before = months_of(lines, period.previous, known) if period.previous else {}
    budgets = budgets_of(lines, period.year.start, known)
    closed = is_closed(book, period, known)
    found = {}
    for line in lines:
        earlier = before[line.pk].latest if line.pk in before else None
        found[line.code] = Stands(
            line,
            months.get(line.pk),
            Beside(
                budget=budgets.get(line.pk),
                forecast_before=earlier.forecast if earlier else None,
                side=line.tree_side,
                closed=closed,
                actual_before=earlier.actual if earlier else None,
            ),
            earlier,
        )
    return found


def months_of(lines: Collection[Line], period: Period, known: date | None = None) -> dict[int, LineMonth]:
    """By the line's key. One query; with ``known`` two, and what was the latest entry by then."""
    rows = LineMonth.objects.filter(
        line__in=[line.pk for line in lines], year=period.year.start, period=period.number
    ).select_related("latest")
    if known is None:
        return {row.line_id: row for row in rows}
    entered = Entry.objects.filter(month__in=rows, entered_at__lt=clock.end_of(known)).order_by("number")
    latest = {entry.month_id: entry for entry in entered}
    found = {}
    for row in rows:
        if row.pk in latest:
            row.latest = latest[row.pk]
            found[row.line_id] = row
    return found


def is_closed(book: Book, period: Period, known: date | None = None) -> bool:
    """Whether it is, or was by the end of the day."""
    closed = ClosedPeriod.objects.filter(book=book, year=period.year.start, period=period.number)
    return (closed if known is None else closed.filter(day__lte=known)).exists()


def closed_of(stands: Mapping[str, Stands], book: Book, period: Period, known: date | None = None) -> bool:
    """Whether the period of these lines is closed. No query where there are any."""
    for one in stands.values():
        return one.beside.closed
    return is_closed(book, period, known)
