"""The heat map: every contract indicator by month, as a table of letters whose cells also say word and value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import display, plain
from kpis import sentences
from kpis.dashboard.ordering import Row
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.engine.selectors import Freshness, StripPoint
from kpis.months.as_known import AsKnownOn, as_known_on
from kpis.months.asking import known_pairs, month_query
from kpis.months.picker import Link, MonthPicker, month_picker

Status = IndicatorStatus.Status
LETTERS = {
    Status.ON_TARGET: "G",
    Status.WITHIN_TOLERANCE: "A",
    Status.FAILURE: "R",
    Status.NOT_REPORTED: "N",
    Status.NOT_APPLICABLE: "–",
}


@dataclass(frozen=True)
class MonthHead:
    """A column: its letter, with the year where one begins, its short name, and where its dashboard is."""

    letter: str
    name: str
    year: int
    url: str
    current: bool


@dataclass(frozen=True)
class YearHead:
    label: str
    months: int


@dataclass(frozen=True)
class Cell:
    letter: str
    status: str
    words: str
    value: str
    marks: str
    illustrative: bool
    month: MonthHead


@dataclass(frozen=True)
class HeatRow:
    code: str
    name: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMapPage:
    month: Month
    first: Month
    picker: MonthPicker
    known: AsKnownOn
    computed: str
    behind: bool
    summary: str
    provenance: str
    years: list[YearHead]
    heads: list[MonthHead]
    rows: list[HeatRow]
    on_target: list[tuple[MonthHead, int]]
    with_values: bool
    other_view: Link
    marked: str


class HeatMapPresenter:
    """Turns the strips of a contract into the heat map that ends at one month."""

    def __init__(
        self, contract_code: str, month: Month, with_values: bool, known: date | None = None
    ) -> None:
        self.contract_code = contract_code
        self.month = month
        self.with_values = with_values
        self.known = known

    def page(
        self,
        fresh: Freshness,
        rows: Sequence[Row],
        strips: Mapping[str, list[StripPoint]],
        months: list[Month],
        today: date,
    ) -> HeatMapPage:
        keep = [("show", "values")] if self.with_values else []
        keep += known_pairs(self.known)
        heads = [self._head(month) for month in months]
        heat_rows = [self._row(reading, strips.get(reading.code, []), months, heads) for _, reading in rows]
        cells = [cell for row in heat_rows for cell in row.cells]
        return HeatMapPage(
            month=self.month,
            first=months[0],
            picker=month_picker(fresh, self.month, keep),
            known=as_known_on(fresh, today, [("month", str(self.month)), *keep]),
            computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
            behind=fresh.behind,
            summary=sentences.months_sentence([cell.status for cell in cells], months[0], months[-1]),
            provenance=sentences.provenance_sentence(_provenances(rows, strips)),
            years=_years(months),
            heads=heads,
            rows=heat_rows,
            on_target=[(head, _green(heat_rows, at)) for at, head in enumerate(heads)],
            with_values=self.with_values,
            other_view=self._other_view(),
            marked=_key({mark for cell in cells for mark in cell.marks}),
        )

    def _head(self, month: Month) -> MonthHead:
        url = f"{reverse('kpis:dashboard', args=[self.contract_code])}{month_query(month, self.known)}"
        year = f"’{month.year % 100:02d}" if month.month in (1, 4) else ""
        return MonthHead(month.name[0] + year, month.name[:3], month.year, url, month == self.month)

    def _row(
        self, reading: Reading, points: Sequence[StripPoint], months: list[Month], heads: list[MonthHead]
    ) -> HeatRow:
        found = {point.month: point for point in points}
        url = reverse("kpis:indicator", args=[self.contract_code, reading.code])
        cells = [_cell(reading, found.get(month), head) for month, head in zip(months, heads, strict=True)]
        return HeatRow(reading.code, reading.short_name, url + month_query(self.month, self.known), cells)

    def _other_view(self) -> Link:
        query = month_query(self.month, self.known)
        if self.with_values:
            return Link("Show letters only", query)
        return Link("Show values too", f"{query}&show=values")


def _cell(reading: Reading, point: StripPoint | None, head: MonthHead) -> Cell:
    status = Status(point.status) if point else Status.NOT_APPLICABLE
    value = _value(reading, point) if point and point.value is not None else ""
    illustrative = bool(value) and point is not None and point.provenance == "illustrative"
    words = _words(reading, point, status) + (", illustrative" if illustrative else "")
    return Cell(LETTERS[status], status.value, words, value, _marks(point), illustrative, head)


def _words(reading: Reading, point: StripPoint | None, status: Status) -> str:
    """The status, and what a correction replaced: "failed; revised, was 73.1%"."""
    words = [sentences.STATUS_WORDS[status]]
    if point:
        shown = replace(
            reading,
            value=Fraction(point.value) if point.value is not None else None,
            limits=None,
            replaced=point.replaced,
            provisional_until=point.provisional_until,
        )
        words += [sentences.revised_words(shown), sentences.provisional_words(shown)]
    return "; ".join(word for word in words if word)


def _marks(point: StripPoint | None) -> str:
    """ "r" for revised and "p" for provisional, as the key explains them."""
    if point is None:
        return ""
    return f"{'r' if point.replaced else ''}{'p' if point.provisional_until else ''}"


def _value(reading: Reading, point: StripPoint) -> str:
    """The value without its unit, which the row's indicator names."""
    assert point.value is not None
    limits: list[Decimal] = [limit for limit in (point.target, point.failure) if limit is not None]
    return plain(display(point.value, reading.decimals, limits))


def _provenances(rows: Sequence[Row], strips: Mapping[str, list[StripPoint]]) -> list[str]:
    points = (point for _, reading in rows for point in strips.get(reading.code, []))
    return [point.provenance for point in points if point.value is not None]


def _key(marks: Set[str]) -> str:
    """What the small letters that occur mean; empty where none does."""
    meanings = {"r": "r: revised after it was accepted", "p": "p: provisional"}
    return "; ".join(words for mark, words in meanings.items() if mark in marks)


def _years(months: Sequence[Month]) -> list[YearHead]:
    years = groupby(months, key=lambda month: month.contract_year.label)
    return [YearHead(label, len(list(of_year))) for label, of_year in years]


def _green(rows: Sequence[HeatRow], at: int) -> int:
    return sum(1 for row in rows if row.cells[at].status == Status.ON_TARGET)
