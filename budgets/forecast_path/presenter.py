"""The forecasts of a book's year as tiny pictures, what moved furthest first, and how wrong forecasts were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from budgets.books.amounts import budgets_of
from budgets.books.naming import names_of
from budgets.books.places import book_url, line_url
from budgets.charts.tiny import TinyPath, tiny_path
from budgets.forecast_path import selectors
from budgets.forecast_path.accuracy import (
    NO_OWNER,
    AccuracyRow,
    accuracy_rows,
    error_words,
    judged_forecasts,
    percent_words,
    together,
)
from budgets.forecast_path.selectors import LineYear, Said
from budgets.models import Book, Line
from budgets.rules.money import signed, written
from budgets.rules.periods import MONTHS, Period
from core.values.months import ContractYear
from core.values.numbers import count_words
from parties.participants import Participant

# A book of thousands of lines shows those that moved furthest.
MOST = 60


@dataclass(frozen=True)
class Choice:
    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class PathRow:
    name: str
    url: str
    owner: str
    tiny: TinyPath | None
    budget: str
    first: tuple[str, str]  # the amount, and when it was
    last: tuple[str, str]
    moved: str
    outturn: str
    error: str
    illustrative: bool


@dataclass(frozen=True)
class ForecastsPage:
    book: Book
    book_url: str
    books: Sequence[Choice]
    years: Sequence[Choice]
    year: str
    summary: str
    together: Sequence[tuple[str, str]]
    illustrative: bool
    rows: Sequence[PathRow]
    left_out: str
    by_line: Sequence[AccuracyRow]
    by_owner: Sequence[AccuracyRow]
    judged_years: str
    made_up: bool  # something by which forecasts are judged
    without_outturn: Sequence[str]


@dataclass(frozen=True)
class Paths:
    """What a book's page is made of."""

    lines: Sequence[Line]
    names: Mapping[int, str]
    years: Sequence[int]
    said: Mapping[int, Said]
    judged: Mapping[LineYear, Said]
    budgets: Mapping[int, int | None]
    outturns: Mapping[LineYear, int]

    @classmethod
    def of(cls, participant: Participant, book: Book, years: Sequence[int], year: int) -> Paths:
        """Seven queries, however long the book and its months."""
        lines = selectors.lines_of(book)
        return cls(
            [line for line in lines if line.kind == Line.Kind.LINE],
            names_of(lines),
            years,
            selectors.said_in(participant, book, year),
            selectors.said_when_judged(participant, book),
            budgets_of(book.lines.all(), year),
            selectors.outturns_of(participant, book),
        )


def forecasts_page(
    participant: Participant, books: Sequence[Book], book: Book, year: ContractYear, paths: Paths
) -> ForecastsPage:
    """No query."""
    rows = sorted(_rows(participant, book, year, paths), key=lambda pair: -pair[0])
    judged = judged_forecasts(paths.lines, paths.judged, paths.outturns)
    of_year = [one for one in judged if one.year == year.label]
    codes = {line.code: paths.names[line.pk] for line in paths.lines}
    signs = {line.code: -1 if line.is_income else 1 for line in paths.lines}
    return ForecastsPage(
        book=book,
        book_url=book_url(participant, book),
        books=[Choice(one.name, f"?{urlencode({'book': one.code})}", one == book) for one in books],
        years=[
            Choice(
                ContractYear(one).label, f"?{urlencode({'book': book.code, 'year': one})}", one == year.start
            )
            for one in paths.years
        ],
        year=year.label,
        summary=_summary([row for _, row in rows], year),
        together=together(of_year, signs),
        illustrative=any(row.illustrative for _, row in rows),
        rows=[row for _, row in rows[:MOST]],
        left_out=f"The {MOST} that moved furthest of {count_words(len(rows), 'line')}."
        if len(rows) > MOST
        else "",
        by_line=accuracy_rows(judged, lambda one: one.line, codes, MOST),
        by_owner=accuracy_rows(judged, lambda one: one.owner, {}, MOST)
        if any(one.owner != NO_OWNER for one in judged)
        else (),
        judged_years=", ".join(dict.fromkeys(one.year for one in judged)),
        made_up=any(said.made_up for key, said in paths.judged.items() if key in paths.outturns),
        without_outturn=_without_outturn(paths),
    )


def _rows(
    participant: Participant, book: Book, year: ContractYear, paths: Paths
) -> list[tuple[int, PathRow]]:
    """Each with how far its forecast ever stood from where it ended, in pence."""
    return [
        _row(line, paths, year, f"{line_url(participant, book, line)}?year={year.start}")
        for line in paths.lines
        if line.pk in paths.said
    ]


def _row(line: Line, paths: Paths, year: ContractYear, url: str) -> tuple[int, PathRow]:
    said, budget = paths.said[line.pk], paths.budgets.get(line.pk)
    outturn = paths.outturns.get((line.pk, year.start))
    first, last = said.forecasts[min(said.forecasts)], said.forecasts[max(said.forecasts)]
    end = last if outturn is None else outturn
    error = None if outturn is None else first - outturn
    share = percent_words(Fraction(error), Fraction(outturn)) if error and outturn else ""
    return max(abs(pence - end) for pence in said.forecasts.values()), PathRow(
        name=paths.names[line.pk],
        url=url,
        owner=line.owner,
        tiny=tiny_path(said.forecasts, budget, hollow=said.made_up),
        budget="" if budget is None else written(budget),
        first=(written(first), _label(year, min(said.forecasts))),
        last=(written(last), _label(year, max(said.forecasts))),
        moved=signed(last - first) if last != first else "Unchanged",
        outturn="" if outturn is None else written(outturn),
        error="" if error is None else ", ".join(filter(None, (error_words(Fraction(error)), share))),
        illustrative=said.made_up,
    )


def _summary(rows: Sequence[PathRow], year: ContractYear) -> str:
    if not rows:
        return f"Nothing is forecast of {year}."
    moved = sum(row.moved != "Unchanged" for row in rows)
    return f"{moved} of {count_words(len(rows), 'forecast')} of {year} moved."


def _without_outturn(paths: Paths) -> list[str]:
    """Of each year that is forecast and has no outturn, why."""
    known = {year for _, year in paths.outturns}
    return [
        f"{year} has no outturn yet: none is printed, and {_label(year, MONTHS)} isn’t closed."
        for year in map(ContractYear, paths.years)
        if year.start not in known
    ]


def _label(year: ContractYear, number: int) -> str:
    return Period(year, number).label
