"""Everything that the page of demand shows: the series of a book, and what its lines cost in the same year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.books.amounts import Amounts, amounts_of
from budgets.books.drivers import series_of
from budgets.books.selectors import books_of
from budgets.models import Basis, Book, Entry, Line, LineMonth, Series
from core.values.months import ContractYear, Month
from kpis.definitions.models import PublishedStatistic, SourceNote
from kpis.engine.readings import Reading
from kpis.engine.selectors import readings_of
from kpis.published.selectors import notes_of_each, statistics_of_each
from parties.participants import Participant


@dataclass(frozen=True)
class Held:
    """What indicators hold of the series: months by code, what is printed of them, and remarks on that.

    Empty for whoever may not see indicators.
    """

    readings: Mapping[str, Sequence[Reading]]
    statistics: Sequence[PublishedStatistic]
    notes: Sequence[SourceNote]

    def aim(self, code: str) -> tuple[Fraction, PublishedStatistic] | None:
        """An indicator's local aim, and where it is printed."""
        for one in self.statistics:
            aim = one.indicator.local_aim
            if one.indicator.code == code and one.statistic == "local_aim" and aim is not None:
                return Fraction(aim), one
        return None


@dataclass(frozen=True)
class Demand:
    """A book, the year that it is told of, its series by code, and its lines' budgets, actuals and forecasts.

    ``entries`` are the latest of each line and month, by the line's key.
    """

    book: Book
    year: ContractYear
    amounts: Amounts
    series: Mapping[str, Series]
    bases: Mapping[int, Basis]
    entries: Mapping[int, Mapping[Month, Entry]]
    held: Held

    @property
    def start(self) -> Month:
        """The month at whose end the year starts."""
        return self.year.previous().last

    def pence(self, figure: str, line: Line) -> int | None:
        """A line's budget or actual of the year, by its side; None where it isn't printed."""
        return self.amounts.pence(figure, self.year.start, line)

    @property
    def sources(self) -> str:
        """Where its lines are printed."""
        return f"{self.book.document}, {self.book.place}"


def demand_of(participant: Participant) -> Demand | None:
    """Of the first of the contract's own books that has series; None where there is none.

    The year is the last one whose spending is printed. Ten queries, and two more for each own book without series.
    """
    for book in books_of(participant):
        series = series_of(book) if book.kept_by else {}
        if series:
            return _demand(participant, book, series)
    return None


def _demand(participant: Participant, book: Book, series: Mapping[str, Series]) -> Demand:
    amounts = amounts_of([book])[book.pk]
    spent = [year for figure, year in amounts.sums if figure == "actual"]
    year = ContractYear(max(spent, default=book.first_year))
    codes = {one.indicator for one in series.values() if one.indicator}
    bases = Basis.objects.filter(line__book=book, year=year.start)
    return Demand(
        book=book,
        year=year,
        amounts=amounts,
        series=series,
        bases={one.line_id: one for one in bases},
        entries=_entries(participant, book, year),
        held=Held(
            readings=readings_of(participant, codes, year.first, year.last),
            statistics=statistics_of_each(participant, codes),
            notes=notes_of_each(participant, codes),
        ),
    )


def _entries(participant: Participant, book: Book, year: ContractYear) -> dict[int, dict[Month, Entry]]:
    months = LineMonth.objects.visible_to(participant).filter(line__book=book, year=year.start)
    found: dict[int, dict[Month, Entry]] = {}
    for month in months.filter(period__lte=12).select_related("latest"):
        if month.latest:
            found.setdefault(month.line_id, {})[year.first.next(month.period - 1)] = month.latest
    return found
