"""The page of one indicator: the month in view in one sentence and in tiles, all months as a chart and as a table,
how it is counted, and what the documents print about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.charts.frame import NARROW, WIDE
from core.values.months import Month
from core.values.numbers import count_words
from kpis.charts.drawing import Drawing, drawing
from kpis.charts.interactive import interactive_figure
from kpis.charts.line import PLAIN, LineChart, line_chart, mark_of
from kpis.charts.titles import series_title
from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.engine.readings import Reading
from kpis.engine.selectors import Freshness
from kpis.figures.models import FigureRevision
from kpis.indicator_page.lead import Lead, lead
from kpis.indicator_page.parts import Addition, Flag, flags, flags_in_words
from kpis.months.as_known import AsKnownOn, as_known_on
from kpis.months.asking import known_pairs, month_query
from kpis.months.picker import Link, MonthPicker, month_picker
from kpis.presentation.definition import Definition, definition
from kpis.presentation.figure_rows import FigureRow, figure_rows
from kpis.presentation.tiles import Tile, tiles
from kpis.published.presenter import CheckedTable, checked_table
from kpis.published.statistics import (
    Remark,
    StatisticRow,
    comparator_rows,
    compared_rows,
    further_rows,
    remarks,
)
from kpis.sentences import computed_words, spoken, voice_words


@dataclass(frozen=True)
class Sources:
    """All that was read for the page."""

    contract_code: str
    indicators: Sequence[Indicator]
    indicator: Indicator
    bands: Sequence[BandVersion]
    readings: Sequence[Reading]
    revisions: Mapping[Month, Sequence[FigureRevision]]
    statistics: Sequence[PublishedStatistic]
    notes: Sequence[SourceNote]
    begins: Month
    additions: Sequence[Addition] = ()


@dataclass(frozen=True)
class Picture:
    """The chart, drawn once for each width, and as a figure that scripts bring to life."""

    chart: LineChart
    drawings: list[tuple[str, Drawing]]
    figure: dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """What the documents print about the indicator; ``points_of_disagreement`` counts them in words."""

    comparators: list[StatisticRow]
    statistics: list[StatisticRow]
    further: list[StatisticRow]
    points_of_disagreement: str
    disagreements: list[Remark]
    observations: list[Remark]


@dataclass(frozen=True)
class IndicatorPage:
    code: str
    name: str
    title: str
    month: Month | None
    picker: MonthPicker | None
    known: AsKnownOn | None
    computed: str
    behind: bool
    lead: Lead | None
    tiles: list[Tile]
    said: FigureRow | None
    voice: str
    spoken: str
    counted: str
    derived: bool
    picture: Picture | None
    checked: CheckedTable | None
    checks_url: str
    additions: Sequence[Addition]
    flags: list[Flag]
    marks: list[str]
    rows: list[FigureRow]
    definition: Definition
    printed: Printed
    previous: Link | None
    next: Link | None
    csv_url: str
    values_url: str
    definition_url: str
    dashboard_url: str


def indicator_page(sources: Sources, fresh: Freshness, month: Month | None, today: date) -> IndicatorPage:
    """Everything that templates/kpis/indicator.html prints, as known now or on the day that ``fresh`` names."""
    address = _query(month, fresh)
    indicator, readings = sources.indicator, sources.readings
    rows = figure_rows(readings, sources.revisions, month, as_they_stand=fresh.known is None)
    before, after = _neighbours(sources, address)
    said = next((row for row in rows if row.focus and row.commentary), None)
    return IndicatorPage(
        code=indicator.code,
        name=indicator.short_name,
        title=indicator.title.strip(),
        month=month,
        picker=month_picker(fresh, month, known_pairs(fresh.known)) if month else None,
        known=as_known_on(fresh, today, [("month", str(month))]) if month else None,
        computed=computed_words(fresh.computed_at) if fresh.computed_at else "",
        behind=fresh.behind,
        lead=lead(indicator, readings, month, fresh.known or today, sources.statistics) if month else None,
        tiles=tiles(indicator, readings, month, sources.begins) if month else [],
        said=said,
        voice=_voice(indicator, said) if said else "",
        spoken=spoken(said.commentary, said.provenance) if said else "",
        counted=_counted(indicator),
        derived=any(reading.value_provenance == "derived" for reading in readings),
        picture=_picture(sources, month),
        checked=_checked(sources),
        checks_url=reverse("kpis:published-checks", args=[sources.contract_code]),
        additions=sources.additions,
        flags=flags(sources.additions, readings),
        marks=_marks(readings),
        rows=rows,
        definition=definition(indicator, sources.bands),
        printed=_printed(sources),
        previous=before,
        next=after,
        csv_url=_file("indicator-csv", sources, fresh),
        values_url=_file("indicator-values", sources, fresh),
        definition_url=reverse("kpis:how-we-measure", args=[sources.contract_code])
        + f"#{indicator.code.lower()}",
        dashboard_url=reverse("kpis:dashboard", args=[sources.contract_code]) + address,
    )


def month_in_view(asked: Month, explicit: bool, readings: Sequence[Reading]) -> Month:
    """The month asked for; without one, a measure whose figures end earlier shows its own last month."""
    if explicit or not readings or readings[-1].month >= asked:
        return asked
    return readings[-1].month


def _voice(indicator: Indicator, said: FigureRow) -> str:
    """Whose words the month's commentary is in, as the head above it."""
    words = voice_words(said.provenance, indicator.source_document)
    if said.provenance in ("published", "derived"):
        return f"{words}, in other words"
    return "The Trust says" if said.provenance == "returned" else words


def _counted(indicator: Indicator) -> str:
    """What is counted, in one or two sentences; the definition in full stands below."""
    numerator, denominator = indicator.numerator_words.strip(), indicator.denominator_words.strip()
    if not denominator:
        return numerator
    return f"{numerator} Divided by: {denominator[:1].lower()}{denominator[1:]}"


def _checked(sources: Sources) -> CheckedTable | None:
    """The indicator's printed table, where any of its cells can be recomputed."""
    months = {sources.indicator.code: sources.readings}
    table = checked_table(sources.contract_code, sources.indicator, sources.statistics, months)
    return table if table.checked else None


def _printed(sources: Sources) -> Printed:
    disagreements, observations = remarks(sources.notes)
    return Printed(
        comparators=comparator_rows(sources.statistics),
        statistics=compared_rows(sources.statistics, sources.readings),
        further=further_rows(sources.statistics),
        points_of_disagreement=count_words(len(disagreements), "point") if disagreements else "",
        disagreements=disagreements,
        observations=observations,
    )


def _picture(sources: Sources, month: Month | None) -> Picture | None:
    chart = _chart(sources, month)
    if chart is None:
        return None
    drawings = [("wide", drawing(chart, WIDE)), ("narrow", drawing(chart, NARROW))]
    return Picture(chart, drawings, interactive_figure(chart))


def _chart(sources: Sources, month: Month | None) -> LineChart | None:
    indicator, readings = sources.indicator, sources.readings
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return None
    missing = len(readings) - len(known)
    described = (
        f"{indicator.code} {indicator.short_name}, {count_words(len(readings), 'month')} from"
        f" {readings[0].month.label} to {readings[-1].month.label}: from {known[0].value_text} to"
        f" {known[-1].value_text}"
    )
    if missing:
        described += f"; {count_words(missing, 'month')} without a figure, shown as a gap"
    marked = flags_in_words(flags(sources.additions, readings))
    words = [f"{described}.", marked, "The table below holds the same numbers."]
    return line_chart(
        readings,
        title=series_title(readings),
        description=" ".join(word for word in words if word),
        aim=indicator.local_aim,
        focus=month,
        dated=[one for addition in sources.additions for one in addition.dated],
    )


def _marks(readings: Sequence[Reading]) -> list[str]:
    """The shapes that occur, in the order of the legend, and "illustrative" where hollow points do."""
    order = ["on_target", "within_tolerance", "failure", "not_reported", "not_applicable"]
    found = {mark_of(reading) for reading in readings}
    marks = [mark for mark in order if mark in found]
    if PLAIN in found and marks:
        marks.append(PLAIN)
    if any(reading.provenance == "illustrative" for reading in readings):
        marks.append("illustrative")
    return marks


def _file(name: str, sources: Sources, fresh: Freshness) -> str:
    """The address of a file of the indicator, as known on the day that the page speaks of."""
    address = reverse(f"kpis:{name}", args=[sources.contract_code, sources.indicator.code])
    return address + (f"?{urlencode(known_pairs(fresh.known))}" if fresh.known else "")


def _neighbours(sources: Sources, address: str) -> tuple[Link | None, Link | None]:
    """The indicators before and after this one, in contract order, in the same month."""
    place = next(
        place for place, indicator in enumerate(sources.indicators) if indicator.pk == sources.indicator.pk
    )
    around: list[Link | None] = []
    for beside in (place - 1, place + 1):
        if 0 <= beside < len(sources.indicators):
            neighbour = sources.indicators[beside]
            url = reverse("kpis:indicator", args=[sources.contract_code, neighbour.code]) + address
            around.append(Link(f"{neighbour.code} {neighbour.short_name}", url))
        else:
            around.append(None)
    return around[0], around[1]


def _query(month: Month | None, fresh: Freshness) -> str:
    return month_query(month, fresh.known) if month else ""
