"""Many figures in one sentence: all indicators of a month, all months of an indicator, all cells of a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from kpis.engine.readings import Reading
from kpis.figures.models import Figure
from kpis.sentences.words import MOST_NAMED, STATUS_WORDS, Direction, Status


def month_sentence(readings: Sequence[Reading]) -> str:
    """The month in one sentence: "9 of 15 on target, 3 within tolerance, 2 failed, 1 not reported; 2 better and …"."""
    if not readings:
        return "No indicator has a band in this month."
    counts = {status: sum(1 for reading in readings if reading.status == status) for status in Status}
    parts = [f"{counts[Status.ON_TARGET]} of {len(readings)} on target"]
    parts += [f"{counts[status]} {STATUS_WORDS[status]}" for status in list(Status)[1:4]]
    if counts[Status.NOT_APPLICABLE]:
        parts.append(f"{counts[Status.NOT_APPLICABLE]} not applicable")
    return f"{', '.join(parts)}; {movement_words(readings)}."


def movement_words(readings: Sequence[Reading]) -> str:
    """How they moved against the month before: "2 better and 4 worse than February, 1 with no real change".

    All of them are counted: what can't be compared, because a month is missing, is said to be so.
    """
    counts = Counter(reading.direction for reading in readings)
    before = readings[0].month.previous().name
    if counts[None] == len(readings):
        return f"no comparison with {before}"
    words = f"{counts[Direction.BETTER]} better and {counts[Direction.WORSE]} worse than {before}"
    if counts[Direction.NO_REAL_CHANGE]:
        words += f", {counts[Direction.NO_REAL_CHANGE]} with no real change"
    return words + (f", {counts[None]} without a comparison" if counts[None] else "")


def longest_succession_sentence(readings: Sequence[Reading]) -> str:
    """Who has been off target for longest: "PI9 has missed its target for 24 months in succession.".

    A succession after a gap may be longer than is known; "at least" is said of those alone. Nothing is said of a month
    of which no figure is reported.
    """
    if all(reading.status == Status.NOT_REPORTED for reading in readings):
        return ""
    longest = max((reading.months_off_target or 0 for reading in readings), default=0)
    if longest == 0:
        return "No indicator is known to be off target."
    worst = [reading for reading in readings if reading.months_off_target == longest]
    if longest == 1:
        return f"{_missed(worst)} this month; none is known to have been off target for longer."
    certain = [reading for reading in worst if reading.succession_certain]
    uncertain = [reading for reading in worst if not reading.succession_certain]
    if not certain:
        return f"{_missed(uncertain)} for at least {longest} months in succession."
    more = f", {_named(uncertain)} for at least {longest}" if uncertain else ""
    return f"{_missed(certain)} for {longest} months in succession{more}."


def _missed(readings: Sequence[Reading]) -> str:
    """ "PI9 has missed its target", "PI2 and PI4 have missed their targets"."""
    return (
        f"{_named(readings)} {'has missed its target' if len(readings) == 1 else 'have missed their targets'}"
    )


def _named(readings: Sequence[Reading]) -> str:
    """Their codes, or how many where they are too many to name."""
    codes = [reading.code for reading in readings]
    return listed(codes) if len(codes) <= MOST_NAMED else f"{len(codes)} indicators"


def provenance_sentence(provenances: Sequence[str]) -> str:
    """How many of a page's figures, each given by where it comes from, are illustrative; empty where none is."""
    made_up = sum(1 for provenance in provenances if provenance == "illustrative")
    if not made_up:
        return ""
    all_of_them = "All" if made_up == len(provenances) > 1 else f"{made_up} of the"
    verb = "is" if made_up == 1 else "are"
    return (
        f"{all_of_them} {count_words(len(provenances), 'figure')} here {verb} illustrative: made up for the"
        " demonstration, and printed in no document."
    )


def acceptance_words(states: Sequence[str]) -> str:
    """How many of a month's figures the council has accepted: "all 15 figures accepted", "3 of 14 figures wait …"."""
    if not states:
        return ""
    waiting = [state for state in states if state != Figure.State.ACCEPTED]
    if not waiting:
        return f"{'all ' if len(states) > 1 else ''}{count_words(len(states), 'figure')} accepted"
    wait = "waits" if len(waiting) == 1 else "wait"
    return f"{len(waiting)} of {count_words(len(states), 'figure')} {wait} for acceptance"


def series_words(reading: Reading, values: Sequence[Decimal | None]) -> str:
    """The months up to a reading in words: "24 months to March 2019: from 78.0% to 72.0%, lowest …, highest …"."""
    known = [value for value in values if value is not None]
    months = f"{count_words(len(values), 'month')} to {reading.month.label}"
    if not known:
        return f"{months}: no figures"
    missing = len(values) - len(known)
    ends = f"from {reading.amount(known[0])} to {reading.amount(known[-1])}"
    between = f"lowest {reading.amount(min(known))}, highest {reading.amount(max(known))}"
    return f"{months}: {ends}, {between}" + (f", {missing} without a figure" if missing else "")


def months_sentence(statuses: Sequence[str], first: Month, last: Month) -> str:
    """All cells of a heat map in one sentence: "April 2018 to March 2020: of 360 monthly results 201 were …"."""
    counts = {status: sum(1 for shown in statuses if shown == status) for status in Status}
    parts = [f"{counts[Status.ON_TARGET]} were on target"]
    parts += [f"{counts[status]} {STATUS_WORDS[status]}" for status in list(Status)[1:] if counts[status]]
    return f"{first.label} to {last.label}: of {len(statuses)} monthly results {listed(parts)}."
