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
    by_month = {reading.month: reading for reading in readings}
    reading = by_month.get(month)
    opening = f"In {month.label}"
    if reading is None:
        span = (
            f"its months run from {readings[0].month.label} to {readings[-1].month.label}" if readings else ""
        )
        words = f"there is no figure; {span}." if span else "there is no figure yet."
        return Lead(f"{opening} {words}", "", "", "", "", "", "")
    if reading.value is None:
        last = next(
            (
                reading
                for reading in reversed(readings)
                if reading.value is not None and reading.month < month
            ),
            None,
        )
        rest = gap_sentence(reading, last, indicator.unit_words, today)
        return Lead(f"{opening}:", "", "", reading.status, rest, reading.rule, "")
    before = by_month.get(month.previous())
    parts = [
        status_succession_sentence(
            reading,
            on_target_succession([reading for reading in readings if reading.month <= month]),
            (before and before.months_off_target) or 0,
        ),
        change_sentence(reading) or _without_change(before),
        year_ago_sentence(reading, by_month.get(month.previous(12)), smallest_change(indicator)),
    ]
    beside = [counts_words(reading, indicator.unit_words), _printed_as(statistics, reading)]
    counts = "; ".join(words for words in beside if words)
    return Lead(
        opening=f"{opening} it was",
        amount=amount_words(reading, indicator.unit_words),
        counts=f"({counts})" if counts else "",
        status=reading.status if reading.limits else "",
        rest=" ".join(part for part in parts if part),
        rule=reading.rule or _without_band(indicator),
        provenance=reading.value_provenance,
        revised=revised_words(reading),
        provisional=provisional_words(reading),
    )


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
