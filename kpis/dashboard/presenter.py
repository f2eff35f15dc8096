"""The dashboard of a month: what it says first, what is to be discussed, and one line per indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.words import first_sentence
from kpis import sentences
from kpis.charts.strip import strip
from kpis.dashboard.filters import CONTRACT_ORDER, ORDERS, STATUS_FILTERS, THEME_FILTERS, Filters
from kpis.dashboard.ordering import Row, chosen_rows, counted
from kpis.dashboard.page import Choice, DashboardPage, Discussion, Exceptional, TableRow, Tile
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.engine.selectors import Freshness, StripPoint
from kpis.months.as_known import as_known_on
from kpis.months.asking import month_query
from kpis.months.picker import month_picker
from kpis.presentation.ordering import MOST_TO_DISCUSS, to_discuss

Status = IndicatorStatus.Status
TABLE = "#indicators"
ARROWS = {True: "↑", False: "↓"}


class DashboardPresenter:
    """Turns one month's readings and strips of a contract into what the template prints."""

    def __init__(
        self, contract_code: str, month: Month, filters: Filters, today: date, *, sees_round: bool = False
    ) -> None:
        self.contract_code = contract_code
        self.sees_round = sees_round
        self.month = month
        self.filters = filters
        self.today = today
        self.then = filters.known or today
        self._query = month_query(month, filters.known)
        self.first: Month | None = None
        self.documents: dict[str, str] = {}

    def page(
        self, fresh: Freshness, rows: Sequence[Row], strips: Mapping[str, list[StripPoint]]
    ) -> DashboardPage:
        self.first = fresh.first
        keep = [("month", str(self.month)), *self.filters.pairs()]
        self.documents = {indicator.code: indicator.source_document for indicator, _ in rows}
        judged = [row for row in rows if row[1].limits is not None]
        readings = [reading for _, reading in judged]
        return DashboardPage(
            month=self.month,
            picker=month_picker(fresh, self.month, self.filters.pairs()),
            known=as_known_on(fresh, self.today, keep),
            computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
            behind=fresh.behind,
            acceptance=sentences.acceptance_words([reading.state for reading in readings if reading.state]),
            review_url=self._review_url(),
            summary=f"{sentences.month_sentence(readings)} {sentences.longest_succession_sentence(readings)}".strip(),
            tiles=self._tiles(judged),
            discussion=self._discussion(readings),
            provenance=sentences.provenance_sentence(
                [reading.provenance for reading in readings if reading.value is not None]
            ),
            rows=[self._row(reading, strips) for _, reading in chosen_rows(judged, self.filters)],
            supporting=self._supporting(rows),
            indicators=len(judged),
            statuses=self._status_choices(judged),
            themes=self._theme_choices(judged),
            orders=[self._order(sort) for sort in ORDERS],
            heads={sort or "contract": self._order(sort) for sort in ORDERS},
            filters=self.filters,
            filter_words=self._filter_words(),
            everything=self._url(status="", theme=""),
            csv_url=f"{reverse('kpis:dashboard-csv', args=[self.contract_code])}{self._query}",
            checks_url=reverse("kpis:published-checks", args=[self.contract_code]),
            how_we_measure_url=reverse("kpis:how-we-measure", args=[self.contract_code]),
            strip_months=max((len(points) for points in strips.values()), default=0),
            averages_from=_averages_from(fresh, self.month),
        )

    def _url(self, **changed: str) -> str:
        return self.filters.query(self.month, **changed) + TABLE

    def _indicator_url(self, code: str) -> str:
        return f"{reverse('kpis:indicator', args=[self.contract_code, code])}{self._query}"

    def _review_url(self) -> str:
        """Empty for who may not see the round."""
        if not self.sees_round:
            return ""
        return f"{reverse('kpis:review', args=[self.contract_code])}?month={self.month}"

    def _tiles(self, rows: Sequence[Row]) -> list[Tile]:
        statuses = [Status.ON_TARGET, Status.WITHIN_TOLERANCE, Status.FAILURE, Status.NOT_REPORTED]
        tiles = [self._tile(rows, status, status=status) for status in statuses]
        before = self.month.previous().name
        if not any(reading.direction for _, reading in rows):
            return tiles
        return [
            *tiles,
            self._tile(rows, "better", words=f"better than {before}"),
            self._tile(rows, "worse", words=f"worse than {before}"),
        ]

    def _tile(self, rows: Sequence[Row], name: str, status: str = "", words: str = "") -> Tile:
        number = counted(rows, name)
        url = self._url(status=name, theme="") if number else ""
        return Tile(number, status, words, "" if status else name, url)

    def _discussion(self, readings: Sequence[Reading]) -> Discussion:
        ordered = to_discuss(readings)
        beyond = ordered[MOST_TO_DISCUSS:]
        missing = [reading for reading in readings if reading.status == Status.NOT_REPORTED]
        return Discussion(
            first=[self._exceptional(reading) for reading in ordered[:MOST_TO_DISCUSS]],
            off_target_beyond=sum(1 for reading in beyond if reading.off_target),
            worse_beyond=sum(1 for reading in beyond if not reading.off_target),
            missing=[self._exceptional(reading) for reading in missing],
            off_target_url=self._url(status="off_target", theme="", sort="worst"),
            worse_url=self._url(status="worse", theme="", sort="change"),
        )

    def _exceptional(self, reading: Reading) -> Exceptional:
        if reading.status == Status.NOT_REPORTED:
            sentence = sentences.due_words(reading, self.then)
        else:
            sentence = sentences.reading_sentence(reading, self.then)
        return Exceptional(
            reading.code,
            reading.short_name,
            self._indicator_url(reading.code),
            reading.status,
            sentence,
            reading.value_provenance,
            sentences.voice_words(reading.provenance, self.documents.get(reading.code, "")),
            first_sentence(sentences.spoken(reading.commentary, reading.provenance)),
        )

    def _row(self, reading: Reading, strips: Mapping[str, list[StripPoint]]) -> TableRow:
        points = strips.get(reading.code, [])
        moved = reading.direction in ("better", "worse") and reading.change is not None
        return TableRow(
            code=reading.code,
            name=reading.short_name,
            url=self._indicator_url(reading.code),
            value=reading.value_text,
            status=reading.status,
            arrow=ARROWS[reading.change > 0] if moved and reading.change is not None else "",
            direction=reading.direction or "",
            change=sentences.change_words(reading) or sentences.no_change_words(reading, self.first),
            change_provenance="illustrative" if reading.compared_with_an_illustrative_month else "",
            target=sentences.target_words(reading),
            average=reading.amount(reading.average_12),
            average_note=sentences.average_note(reading),
            succession=sentences.succession_words(reading),
            provenance=reading.value_provenance,
            revised=sentences.revised_words(reading),
            provisional=sentences.provisional_words(reading),
            strip=strip(points, higher_is_better=reading.polarity == Indicator.Polarity.HIGHER),
            strip_words=sentences.series_words(reading, [point.value for point in points]),
        )

    def _supporting(self, rows: Sequence[Row]) -> list[TableRow]:
        """Supporting measures with a figure in the month; they have no strip."""
        measures = [reading for _, reading in rows if reading.supporting and reading.value is not None]
        return [self._row(reading, {}) for reading in measures]

    def _status_choices(self, rows: Sequence[Row]) -> list[Choice]:
        """Counts are of the theme chosen, because the links keep it."""
        rows = [row for row in rows if self.filters.theme in ("", row[0].theme)]
        return [
            Choice(
                label,
                self._url(status=word),
                self.filters.status == word,
                counted(rows, word) if word else None,
            )
            for word, label in STATUS_FILTERS.items()
        ]

    def _theme_choices(self, rows: Sequence[Row]) -> list[Choice]:
        present = {indicator.theme for indicator, _ in rows} | {"", self.filters.theme}
        return [
            Choice(label, self._url(theme=word), self.filters.theme == word)
            for word, label in THEME_FILTERS.items()
            if word in present
        ]

    def _order(self, sort: str) -> Choice:
        return Choice(ORDERS[sort], self._url(sort=sort), self.filters.sort == sort)

    def _filter_words(self) -> str:
        chosen = [STATUS_FILTERS[self.filters.status], THEME_FILTERS[self.filters.theme]]
        words = [
            word
            for word, value in zip(chosen, (self.filters.status, self.filters.theme), strict=True)
            if value
        ]
        if self.filters.sort != CONTRACT_ORDER:
            words.append(f"order: {ORDERS[self.filters.sort]}")
        return ", ".join(words)


def _averages_from(fresh: Freshness, month: Month) -> Month | None:
    """The first month in which the contract's own months make an average, where this month comes before it."""
    if fresh.first is None or month >= fresh.first.next(11):
        return None
    return fresh.first.next(11)
