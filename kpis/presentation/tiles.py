"""The tiles of an indicator's page: value, change, average, months in succession, months not reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.values.months import Month
from core.values.numbers import limit_with_unit, plain, rounded
from core.values.words import listed
from kpis.definitions.models import Indicator
from kpis.engine.readings import Reading

MOST_NAMED = 2


@dataclass(frozen=True)
class Tile:
    """One number and its words; ``arrow`` says which way the number went, ``direction`` whether that is good."""

    number: str
    words: str
    arrow: str = ""
    direction: str = ""


def tiles(indicator: Indicator, readings: Sequence[Reading], month: Month, begins: Month) -> list[Tile]:
    """The month in view; none where it isn't a month of this indicator. The contract ``begins`` with its month."""
    reading = next((reading for reading in readings if reading.month == month), None)
    if reading is None:
        return []
    until = [reading for reading in readings if reading.month <= month]
    return [
        Tile(reading.value_text, month.label if reading.value is not None else f"{month.label}: no figure"),
        _change(reading, begins),
        _average(reading),
        *_succession(indicator, reading, until),
        _missing(until),
    ]


def on_target_succession(until: Sequence[Reading]) -> int:
    """How many months in succession, up to and with the last one, are on target; a missing month ends the count."""
    return sum(1 for _ in takewhile(lambda reading: reading.status == "on_target", reversed(until)))


def _change(reading: Reading, begins: Month) -> Tile:
    before = reading.month.previous().name
    remark = " (illustrative)" if reading.compared_with_an_illustrative_month else ""
    if reading.change is None or reading.direction is None:
        if reading.month == begins:
            return Tile("–", "first month of the contract: nothing to compare with")
        return Tile("–", f"no comparison with {before}")
    if reading.direction == "no_real_change":
        return Tile(
            "0" if reading.change == 0 else "±0",
            f"no real change since {before}{remark}",
            direction=reading.direction,
        )
    size = abs(rounded(reading.change, reading.decimals))
    unit = ("point " if size == 1 else "points ") if reading.unit == "percent" else ""
    arrow = "▲" if reading.change > 0 else "▼"
    return Tile(plain(size), f"{unit}since {before}{remark}: {reading.direction}", arrow, reading.direction)


def _average(reading: Reading) -> Tile:
    if reading.average_12 is None:
        return Tile("–", "12-month average: not twelve months yet")
    notes = []
    if reading.months_in_average is not None and reading.months_in_average < 12:
        notes.append(f"{reading.months_in_average} of 12 months")
    if reading.pooled_12 is not None:
        notes.append(f"pooled {reading.amount(reading.pooled_12)}")
    words = "12-month average" + (f" ({'; '.join(notes)})" if notes else "")
    return Tile(reading.amount(reading.average_12), words)


def _succession(indicator: Indicator, reading: Reading, until: Sequence[Reading]) -> list[Tile]:
    """How long the status has lasted; the local aim of a measure that no band judges; nothing where neither is."""
    if reading.limits is None:
        if indicator.local_aim is None:
            return []
        return [Tile(limit_with_unit(indicator.local_aim, indicator.unit), "local aim; no contract band")]
    if reading.months_off_target is None:
        why = "not reported" if reading.status == "not_reported" else "not judged"
        return [Tile("–", f"months off target not known: this month is {why}")]
    if reading.months_off_target:
        prefix = "" if reading.succession_certain else "at least, "
        months = "month" if reading.months_off_target == 1 else "months in succession"
        return [Tile(str(reading.months_off_target), f"{prefix}{months} off target")]
    on_target = on_target_succession(until)
    return [Tile(str(on_target), f"{'month' if on_target == 1 else 'months in succession'} on target")]


def _missing(until: Sequence[Reading]) -> Tile:
    missing = [reading.month.label for reading in until if reading.status == "not_reported"]
    words = f"{'month' if len(missing) == 1 else 'months'} not reported since {until[0].month.label}"
    if 0 < len(missing) <= MOST_NAMED:
        words += f": {listed(missing)}"
    return Tile(str(len(missing)), words)
