"""How many children stood behind a line at the start and at the end of a year. Beside its money, never its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgets.models import Book, Line, Observation, Series
from budgets.rules.written_money import count_printed
from core.values.months import ContractYear

# By the code of a series: what was observed of it, each with its series; never an empty list.
Observed = Mapping[str, Sequence[Observation]]


@dataclass(frozen=True)
class Driver:
    """As printed: what is counted, at the start and at the end of the year, and the most between where it is more."""

    name: str
    unit: str
    start: str
    end: str
    most: str
    source: str

    @property
    def words(self) -> str:
        """ "227 children at the start of the year, 293 at its end, 317 at the most"."""
        most = f", {self.most} at the most" if self.most else ""
        return f"{self.start} {self.unit} at the start of the year, {self.end} at its end{most}"


def series_of(book: Book) -> dict[str, Series]:
    """By code, those too of which nothing is held here, with what was observed. Two queries."""
    return {series.code: series for series in book.series.prefetch_related("observations")}


def observed_in(series: Mapping[str, Series]) -> Observed:
    """What was observed of series that came with it. No query."""
    return {code: rows for code, one in series.items() if (rows := list(one.observations.all()))}


def observed_of(books: Iterable[Book]) -> Mapping[int, Observed]:
    """What was observed, by the key of the book. One query."""
    books = list(books)
    found: dict[int, dict[str, list[Observation]]] = {book.pk: {} for book in books}
    for one in Observation.objects.filter(series__book__in=books).select_related("series"):
        found[one.series.book_id].setdefault(one.series.code, []).append(one)
    return found


def drivers_of(line: Line, observed: Observed, year: ContractYear) -> list[Driver]:
    """Those whose match with the line is fair, and which are printed for both ends of the year."""
    codes = [
        link["series"] for link in line.drivers if link["confidence"] == "fair" and len(link["series"]) == 1
    ]
    found = (_driver(observed[code], year) for (code,) in codes if code in observed)
    return [driver for driver in found if driver is not None]


def _driver(observations: Sequence[Observation], year: ContractYear) -> Driver | None:
    start_day, end_day = year.previous().last.last_day, year.last.last_day
    by_day = {one.ends_on: one.printed for one in observations if one.ends_on}
    if start_day not in by_day or end_day not in by_day:
        return None
    start, end = by_day[start_day], by_day[end_day]
    series = observations[0].series
    most = _most(printed for day, printed in by_day.items() if start_day <= day <= end_day)
    return Driver(
        name=series.name,
        unit=series.unit,
        start=start,
        end=end,
        most="" if most in (start, end) else most,
        source=f"{series.document}, {series.place}",
    )


def _most(printed: Iterable[str]) -> str:
    return max(printed, key=count_printed)
