"""A line and all that is known of it, now or as at a day, for whoever may read the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from budgets.models import Amount, Basis, Book, Entry, Line, LineMonth, MoneyStep, Profile
from core import clock
from parties.participants import Participant

Written = TypeVar("Written", Entry, MoneyStep)
Row = TypeVar("Row", Entry, MoneyStep, Profile)


@dataclass(frozen=True)
class MonthHistory:
    """A line's period with its entries and steps, the oldest first; there is at least one entry."""

    month: LineMonth
    entries: Sequence[Entry]
    steps: Sequence[MoneyStep]

    @property
    def latest(self) -> Entry:
        return self.entries[-1]


@dataclass(frozen=True)
class LineHistory:
    """``months`` of every year, the oldest first; entries, steps and profiles are told as at the day ``known``.

    ``amounts`` are budgets with their versions, in the order of these, and printed actuals.
    """

    line: Line
    months: Sequence[MonthHistory]
    amounts: Sequence[Amount]
    profiles: Sequence[Profile]
    bases: Mapping[int, Basis]
    known: date | None

    def budget(self, year: int) -> int | None:
        """By the latest version that names the line."""
        budgets = [one.hundredths for one in self.amounts if one.year == year and one.version is not None]
        return budgets[-1] if budgets else None

    def actual(self, year: int) -> int | None:
        """As printed."""
        printed = [one.hundredths for one in self.amounts if one.year == year and one.version is None]
        return printed[-1] if printed else None

    def profile(self, year: int) -> Profile | None:
        """The one that holds."""
        own = [one for one in self.profiles if one.year == year]
        return own[-1] if own else None

    def of_year(self, year: int) -> list[MonthHistory]:
        return [one for one in self.months if one.month.year == year]


def line_named(book: Book, code: str) -> Line:
    """Http404 where the book has no such line, or one that only adds up others."""
    line = book.lines.filter(code=code, kind=Line.Kind.LINE).first()
    if line is None:
        raise Http404("The book has no such line.")
    return line


def history_of(participant: Participant, line: Line, known: date | None) -> LineHistory:
    """Six queries, however many months."""
    end = clock.end_of(known) if known else None
    months = list(LineMonth.objects.visible_to(participant).filter(line=line).order_by("year", "period"))
    entries = _by_month(_until(Entry.objects.filter(month__in=months).order_by("number"), "entered_at", end))
    steps = _by_month(_until(MoneyStep.objects.filter(month__in=months).order_by("pk"), "taken_at", end))
    amounts = Amount.objects.filter(line=line, figure__in=[Amount.Figure.BUDGET, Amount.Figure.ACTUAL])
    if end:
        # A budget that was changed by both parties is known from the day on which they agreed.
        agreed = Q(version__proposal__answer__taken_at__lt=end)
        amounts = amounts.filter(Q(version__proposal__isnull=True) | agreed)
    return LineHistory(
        line=line,
        months=[
            MonthHistory(month, entries[month.pk], steps.get(month.pk, []))
            for month in months
            if month.pk in entries
        ],
        amounts=list(amounts.select_related("version").order_by("version__number")),
        profiles=list(_until(line.profiles.order_by("year", "number"), "entered_at", end)),
        bases={basis.year: basis for basis in line.bases.all()},
        known=known,
    )


def _until(rows: QuerySet[Row], written: str, end: datetime | None) -> QuerySet[Row]:
    return rows.filter(**{f"{written}__lt": end}) if end else rows


def _by_month(rows: QuerySet[Written]) -> dict[int, list[Written]]:
    found: dict[int, list[Written]] = {}
    for row in rows:
        found.setdefault(row.month_id, []).append(row)
    return found
