"""A definition as pages show it: what is counted, how it is judged, who answers for it. No figure stands here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.values.months import Month
from core.values.numbers import limit_with_unit
from core.values.words import day_words
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.readings import Limits
from kpis.rules.status import rule_in_words

HOW_COMPUTED = {
    "percent": "The first number divided by the second, times 100.",
    "rate_per_10000": "The first number divided by the second, times 10,000.",
    "mean": "The first number divided by the second.",
    "count": "The number itself.",
}
UNITS = {
    "percent": "Percent of {words}",
    "rate_per_10000": "{words}, per 10,000 of the population",
    "mean": "{words}, on average",
    "count": "Number of {words}",
}


@dataclass(frozen=True)
class BandRow:
    period: str
    target: str
    tolerance: str
    failure: str
    rule: str
    change_reference: str
    note: str


@dataclass(frozen=True)
class Definition:
    """Every text is ready to print; empty where there is none."""

    code: str
    anchor: str
    name: str
    title: str
    supporting: bool
    why: str
    numerator: str
    denominator: str
    computed: str
    unit: str
    polarity: str
    no_change: str
    bands: list[BandRow]
    local_aim: str
    source: str
    note: str
    owner: str
    author: str
    checker: str
    next_review: str


def definition(indicator: Indicator, bands: Sequence[BandVersion]) -> Definition:
    """The words of one indicator with its band versions, earliest first."""
    words = UNITS[indicator.unit].format(words=indicator.unit_words)
    return Definition(
        code=indicator.code,
        anchor=indicator.code.lower(),
        name=indicator.short_name,
        title=indicator.title.strip(),
        supporting=indicator.kind == Indicator.Kind.SUPPORTING,
        why=indicator.why_it_matters.strip(),
        numerator=indicator.numerator_words.strip(),
        denominator=indicator.denominator_words.strip(),
        computed=HOW_COMPUTED[indicator.unit],
        unit=words[0].upper() + words[1:],
        polarity=indicator.get_polarity_display(),
        no_change=_no_change(indicator),
        bands=[_band_row(indicator, band) for band in bands],
        local_aim=indicator.local_aim_words,
        source=", ".join(part for part in (indicator.source_document, indicator.source_place) if part),
        note=indicator.note.strip(),
        owner=indicator.owner_role,
        author=indicator.author,
        checker=indicator.checker,
        next_review=day_words(indicator.next_review),
    )


def period_words(band: BandVersion) -> str:
    """The months that a band version covers: "From April 2018", "April 2018 to March 2019"."""
    first = Month.of(band.valid_from).label
    return f"{first} to {Month.of(band.valid_to).label}" if band.valid_to else f"From {first}"


def _band_row(indicator: Indicator, band: BandVersion) -> BandRow:
    limits = Limits.of(band)
    return BandRow(
        period=period_words(band),
        target=band.target_text,
        tolerance=band.tolerance_text,
        failure=band.failure_text,
        rule=rule_in_words(
            indicator.unit, limits.target_operator, limits.target, limits.failure_operator, limits.failure
        ),
        change_reference=band.change_reference.strip(),
        note=band.note.strip(),
    )


def _no_change(indicator: Indicator) -> str:
    """Which change counts as none, in the words of the page."""
    unit = " points" if indicator.unit == "percent" else ""
    if indicator.no_change_below is not None:
        return (
            f"A change of less than {limit_with_unit(indicator.no_change_below, '')}{unit} is no real change."
        )
    smallest = "1" if indicator.decimals == 0 else f"0.{'1'.zfill(indicator.decimals)}"
    return f"A change of less than {smallest}{unit} is no real change."
