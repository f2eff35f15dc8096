"""The first paragraph of an indicator's page: what the month in view came to, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.values.months import Month
from kpis.definitions.models import Indicator, PublishedStatistic
from kpis.engine.readings import Reading
from kpis.presentation.tiles import on_target_succession
from kpis.sentences import (
    amount_words,
    change_sentence,
    counts_words,
    gap_sentence,
    provisional_words,
    revised_words,
    status_succession_sentence,
    year_ago_sentence,
)


@dataclass(frozen=True)
class Lead:
    """The month in view: "In March 2020 it was", "74.2%", "(46 of 62 returns)", the status, and what follows it."""

    opening: str
    amount: str
    counts: str
    status: str
    rest: str
    rule: str
    provenance: str
    revised: str = ""
    provisional: str = ""


def lead(
    indicator: Indicator,
    readings: Sequence[Reading],
    month: Month,
    today: date,
    statistics: Sequence[PublishedStatistic],
) -> Lead:
    reading = next((reading for reading in readings if reading.month == month), None)
    if reading is None:
        return _no_such_month(month, readings)
    if reading.value is None:
        rest = gap_sentence(reading, _last_value_before(month, readings), indicator.unit_words, today)
        return Lead(f"In {month.label}:", "", "", reading.status, rest, reading.rule, "")
    beside = [counts_words(reading, indicator.unit_words), _printed_as(statistics, reading)]
    counts = "; ".join(words for words in beside if words)
    return Lead(
        opening=f"In {month.label} it was",
        amount=amount_words(reading, indicator.unit_words),
        counts=f"({counts})" if counts else "",
        status=reading.status if reading.limits else "",
        rest=_against_the_months_before(indicator, reading, readings),
        rule=reading.rule or _without_band(indicator),
        provenance=reading.value_provenance,
        revised=revised_words(reading),
        provisional=provisional_words(reading),
    )


def _no_such_month(month: Month, readings: Sequence[Reading]) -> Lead:
    """A month before the indicator's first or after its last."""
    words = "there is no figure yet."
    if readings:
        span = f"its months run from {readings[0].month.label} to {readings[-1].month.label}"
        words = f"there is no figure; {span}."
    return Lead(f"In {month.label} {words}", "", "", "", "", "", "")


def _last_value_before(month: Month, readings: Sequence[Reading]) -> Reading | None:
    earlier = (reading for reading in reversed(readings) if reading.month < month)
    return next((reading for reading in earlier if reading.value is not None), None)


def _against_the_months_before(indicator: Indicator, reading: Reading, readings: Sequence[Reading]) -> str:
    """How long the status has lasted, the change since the month before, and that since a year before."""
    by_month = {reading.month: reading for reading in readings}
    before = by_month.get(reading.month.previous())
    until = [earlier for earlier in readings if earlier.month <= reading.month]
    off_target_before = (before and before.months_off_target) or 0
    year_ago = by_month.get(reading.month.previous(12))
    parts = [
        status_succession_sentence(reading, on_target_succession(until), off_target_before),
        change_sentence(reading) or _without_change(before),
        year_ago_sentence(reading, year_ago, smallest_change(indicator)),
    ]
    return " ".join(part for part in parts if part)


def smallest_change(indicator: Indicator) -> Decimal:
    """Below this a difference is no real change: the indicator's own setting, or one unit of its last decimal."""
    if indicator.no_change_below is not None:
        return indicator.no_change_below
    return Decimal(1).scaleb(-indicator.decimals)


def _printed_as(statistics: Sequence[PublishedStatistic], reading: Reading) -> str:
    """How the month's value is printed, where it is shown with other decimals: "printed as 72"; else empty."""
    for statistic in statistics:
        of_this_month = statistic.relation == "measure" and statistic.period_end == reading.month.first_day
        a_month_alone = statistic.period_start in (None, statistic.period_end)
        if of_this_month and a_month_alone and not statistic.qualifier:
            printed = statistic.printed_text.removesuffix("%")
            return "" if printed == reading.plain_value_text else f"printed as {printed}"
    return ""


def _without_change(before: Reading | None) -> str:
    """Why the month isn't compared with the one before; nothing where the series begins with it."""
    return f"No figure for {before.month.name}." if before and before.value is None else ""


def _without_band(indicator: Indicator) -> str:
    aim = f" The local aim: {indicator.local_aim_words[:1].lower()}{indicator.local_aim_words[1:]}."
    return "No band of the contract judges it." + (aim if indicator.local_aim_words else "")
