"""Printed statistics of one indicator beside the computed ones, comparators, and what the documents disagree about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.values.months import Month
from core.values.numbers import display, plain
from kpis.definitions.models import PublishedStatistic, SourceNote
from kpis.engine.readings import Reading
from kpis.published.statistic_words import how_words, period_words, statistic_words
from kpis.rules.statistics import (
    AGREES,
    COMPARED,
    DIFFERS,
    NOT_COMPUTED,
    NOT_EXTREME,
    Comparison,
    Series,
    Statistic,
    compare,
)

VERDICTS = {
    AGREES: "Agrees",
    DIFFERS: "Differs",
    NOT_EXTREME: "Another month goes further",
    NOT_COMPUTED: "Can’t be computed",
}
# Of the remarks on the documents, those that say that two printed numbers, dates or units contradict each other.
DISAGREEMENTS = frozenset({"numeric_disagreement", "date", "unit"})


@dataclass(frozen=True)
class StatisticRow:
    """One printed number; ``computed`` is empty where there is none and ``words`` then says why."""

    reference: str
    name: str
    period: str
    printed: str
    computed: str
    verdict: str
    verdict_words: str
    words: str
    note: str
    place: str


@dataclass(frozen=True)
class Remark:
    reference: str
    words: str
    place: str


def series_of(readings: Sequence[Reading]) -> Series:
    """The months as the rule wants them."""
    return Series(
        values={reading.month: reading.value for reading in readings},
        counts={
            reading.month: None if reading.numerator is None else Fraction(reading.numerator)
            for reading in readings
        },
        targets={reading.month: reading.limits.target if reading.limits else None for reading in readings},
        higher_is_better=bool(readings) and readings[0].polarity == "higher",
        decimals=readings[0].decimals if readings else 0,
    )


def compared_rows(
    statistics: Sequence[PublishedStatistic], readings: Sequence[Reading]
) -> list[StatisticRow]:
    """What can be held against the months, in the order of the definition."""
    series = series_of(readings)
    return [
        _row(statistic, compare(_statistic(statistic), series), readings)
        for statistic in statistics
        if statistic.relation in COMPARED
    ]


def comparator_rows(statistics: Sequence[PublishedStatistic]) -> list[StatisticRow]:
    """Other areas, each with its own year; a number printed in several places stands once, with all of them."""
    found: dict[tuple[str, str, str], list[PublishedStatistic]] = {}
    for statistic in statistics:
        if statistic.relation == "comparator":
            end = statistic.period_end
            year = Month.of(end).contract_year.label if end else statistic.period_text
            found.setdefault((statistic.statistic, statistic.printed_text, year), []).append(statistic)
    return [
        StatisticRow(
            reference=same[0].reference,
            name=statistic_words(same[0].statistic),
            period=year,
            printed=_printed(same[0]),
            computed="",
            verdict="",
            verdict_words="",
            words="",
            note="",
            place="; ".join(dict.fromkeys(_place(statistic) for statistic in same)),
        )
        for (_, _, year), same in found.items()
    ]


def further_rows(statistics: Sequence[PublishedStatistic]) -> list[StatisticRow]:
    """What else is printed about the indicator: standards, volumes, the target said again."""
    rest = [
        statistic
        for statistic in statistics
        if statistic.relation not in COMPARED and statistic.relation != "comparator"
    ]
    return [_row(statistic, None, ()) for statistic in rest]


def remarks(notes: Sequence[SourceNote]) -> tuple[list[Remark], list[Remark]]:
    """What the documents disagree about, and what else there is to remark."""
    pairs = [
        (note.kind in DISAGREEMENTS, Remark(note.reference, note.words, note.source_place)) for note in notes
    ]
    return [remark for first, remark in pairs if first], [remark for first, remark in pairs if not first]


def disagreements(notes: Sequence[SourceNote]) -> list[SourceNote]:
    """Those that say that the documents contradict each other."""
    return [note for note in notes if note.kind in DISAGREEMENTS]


def _row(
    printed: PublishedStatistic, comparison: Comparison | None, readings: Sequence[Reading]
) -> StatisticRow:
    period = period_words(printed)
    return StatisticRow(
        reference=printed.reference,
        name=statistic_words(printed.statistic),
        period=period,
        printed=_printed(printed),
        computed=_computed(printed, comparison, readings),
        verdict=comparison.verdict if comparison else "",
        verdict_words=VERDICTS[comparison.verdict] if comparison else "",
        words=_how(printed, comparison, period),
        note=printed.note,
        place=_place(printed),
    )


def _how(printed: PublishedStatistic, comparison: Comparison | None, period: str) -> str:
    """How it was computed or why not; nothing where the note says itself what is not printed."""
    if comparison is None:
        return ""
    if printed.period_end is None and printed.note.endswith("not printed."):
        return ""
    return how_words(comparison.words, period)


def _statistic(printed: PublishedStatistic) -> Statistic:
    return Statistic(
        name=printed.statistic,
        relation=printed.relation,
        start=Month.of(printed.period_start) if printed.period_start else None,
        end=Month.of(printed.period_end) if printed.period_end else None,
        printed=printed.value,
        places=printed_places(printed),
        qualifier=printed.qualifier,
    )


def printed_places(printed: PublishedStatistic) -> int:
    """How many decimals are printed."""
    return len(printed.printed_text.removesuffix("%").partition(".")[2])


def _computed(printed: PublishedStatistic, comparison: Comparison | None, readings: Sequence[Reading]) -> str:
    """The computed number with at least the printed decimals, and enough to tell it from the printed one."""
    if comparison is None or comparison.computed is None or printed.value is None:
        return ""
    places = max(printed_places(printed), readings[0].decimals if printed.relation == "measure" else 0)
    apart = [printed.value] if comparison.verdict == DIFFERS else []
    return _with_unit(plain(display(comparison.computed, places, apart)), printed.unit)


def _printed(printed: PublishedStatistic) -> str:
    number = _with_unit(printed.printed_text.removesuffix("%"), printed.unit)
    return f"{printed.qualifier} {number}" if printed.qualifier else number


def _with_unit(number: str, unit: str) -> str:
    if unit == "percent":
        return f"{number}%"
    words = {"percentage_points": "points", "rate_per_10000": "per 10,000"}.get(unit, unit)
    return f"{number} {words}"


def _place(printed: PublishedStatistic) -> str:
    return ", ".join(part for part in (printed.source_document, printed.source_place) if part)
