"""The checks on the published tables: which printed cells differ from their own numerator and denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import SCALES, plain, rounded, signed
from kpis.definitions.models import Indicator, PublishedStatistic, SourceNote
from kpis.engine.readings import Reading
from kpis.presentation.figure_rows import count_text
from kpis.published.statistics import StatisticRow, compared_rows, disagreements, printed_places
from kpis.rules.published import EXPLANATIONS, difference
from kpis.rules.statistics import DIFFERS, NOT_EXTREME

MONTHLY = "monthly_value"
RECOMPUTED_PLACES = 3


@dataclass(frozen=True)
class Cell:
    """One printed cell that differs; ``difference`` is printed less recomputed."""

    month: str
    printed: str
    numerator: str
    denominator: str
    recomputed: str
    difference: str
    explanation: str


@dataclass(frozen=True)
class CheckedTable:
    """One printed table: how many of its cells could be recomputed, and those that differ."""

    code: str
    anchor: str
    name: str
    place: str
    url: str
    checked: int
    cells: list[Cell]


@dataclass(frozen=True)
class Contradiction:
    """One indicator whose printed statistics differ from the months, or whose documents disagree."""

    code: str
    name: str
    url: str
    statistics: list[StatisticRow]
    remarks: list[SourceNote]


@dataclass(frozen=True)
class ExplanationCount:
    words: str
    count: int


@dataclass(frozen=True)
class PublishedChecks:
    tables: list[CheckedTable]
    explanations: list[ExplanationCount]
    contradictions: list[Contradiction]
    checked: int
    differing: int


def published_checks_page(
    contract_code: str,
    statistics: Sequence[PublishedStatistic],
    notes: Sequence[SourceNote],
    series: Mapping[str, Sequence[Reading]],
) -> PublishedChecks:
    """Everything that templates/kpis/published_checks.html prints, from what is printed and the months' figures."""
    tables = [
        checked_table(
            contract_code,
            indicator,
            [statistic for statistic in statistics if statistic.indicator_id == indicator.pk],
            series,
        )
        for indicator in _indicators(statistics, monthly=True)
    ]
    words = [cell.explanation for table in tables for cell in table.cells]
    counts = [ExplanationCount(text, words.count(text)) for text in EXPLANATIONS.values()]
    return PublishedChecks(
        tables=tables,
        explanations=[explanation for explanation in counts if explanation.count],
        contradictions=_contradictions(contract_code, statistics, notes, series),
        checked=sum(table.checked for table in tables),
        differing=len(words),
    )


def _indicators(statistics: Sequence[PublishedStatistic], *, monthly: bool) -> list[Indicator]:
    wanted = [
        statistic.indicator for statistic in statistics if statistic.statistic == MONTHLY or not monthly
    ]
    return list({indicator.pk: indicator for indicator in wanted}.values())


def checked_table(
    contract_code: str,
    indicator: Indicator,
    printed: Sequence[PublishedStatistic],
    series: Mapping[str, Sequence[Reading]],
) -> CheckedTable:
    """The printed monthly cells of one indicator, each held against its own numerator and denominator."""
    readings = {reading.month: reading for reading in series.get(indicator.code, ())}
    pairs = [
        (statistic, readings.get(Month.of(statistic.period_end)))
        for statistic in printed
        if statistic.statistic == MONTHLY and statistic.period_end and statistic.value is not None
    ]
    known = [
        (statistic, reading) for statistic, reading in pairs if reading is not None and reading.denominator
    ]
    cells = [
        cell for statistic, reading in known if (cell := _cell(statistic, reading, indicator)) is not None
    ]
    return CheckedTable(
        code=indicator.code,
        anchor=f"table-{indicator.code.lower()}",
        name=indicator.short_name,
        place=next((statistic.source_place for statistic, _ in pairs), ""),
        url=reverse("kpis:indicator", args=[contract_code, indicator.code]),
        checked=len(known),
        cells=cells,
    )


def _cell(printed: PublishedStatistic, reading: Reading, indicator: Indicator) -> Cell | None:
    """The cell if it differs. Only figures that are themselves as published can show a printing wrong."""
    if reading.provenance != "published" or printed.value is None:
        return None
    if reading.numerator is None or reading.denominator is None:
        return None
    found = difference(
        printed=printed.value,
        places=printed_places(printed),
        numerator=reading.numerator,
        denominator=reading.denominator,
        scale=SCALES[indicator.unit],
    )
    if found is None:
        return None
    unit = "%" if indicator.unit == "percent" else ""
    return Cell(
        month=reading.month.label,
        printed=f"{printed.printed_text.removesuffix('%')}{unit}",
        numerator=count_text(reading.numerator),
        denominator=count_text(reading.denominator),
        recomputed=f"{plain(rounded(found.recomputed, RECOMPUTED_PLACES))}{unit}",
        difference=signed(found.difference, RECOMPUTED_PLACES),
        explanation=EXPLANATIONS[found.explanation],
    )


def _contradictions(
    contract_code: str,
    statistics: Sequence[PublishedStatistic],
    notes: Sequence[SourceNote],
    series: Mapping[str, Sequence[Reading]],
) -> list[Contradiction]:
    """Indicators in contract order, without the monthly cells, which have their own tables."""
    by_pk = {statistic.indicator_id: statistic.indicator for statistic in statistics}
    by_pk |= {note.indicator_id: note.indicator for note in notes}
    found = []
    for indicator in sorted(by_pk.values(), key=lambda indicator: indicator.position):
        own = [
            statistic
            for statistic in statistics
            if statistic.indicator_id == indicator.pk and statistic.statistic != MONTHLY
        ]
        differing = [
            row
            for row in compared_rows(own, series.get(indicator.code, ()))
            if row.verdict in (DIFFERS, NOT_EXTREME)
        ]
        remarks = disagreements([note for note in notes if note.indicator_id == indicator.pk])
        if differing or remarks:
            url = reverse("kpis:indicator", args=[contract_code, indicator.code])
            found.append(Contradiction(indicator.code, indicator.short_name, url, differing, remarks))
    return found
