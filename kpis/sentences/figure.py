"""One indicator in one month: its value, status, succession, change and marks, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.values.months import Month
from core.values.numbers import count_words, difference_words, limit_with_unit
from core.values.words import day_words
from kpis.engine.readings import Reading
from kpis.rules.polarity import OPERATOR_WORDS
from kpis.sentences.words import DIRECTION_WORDS, STATUS_WORDS, Direction, Status


def reading_sentence(reading: Reading, today: date) -> str:
    """All about one reading: "73.8%, failed (less than 75% is failure). Month 8 in succession off target. …"."""
    parts = [
        status_sentence(reading, today),
        marks_sentence(reading),
        succession_sentence(reading),
        change_sentence(reading),
    ]
    return " ".join(part for part in parts if part)


def revised_words(reading: Reading) -> str:
    """What a correction of an accepted figure replaced: "revised, was 73.1%"; empty for any other."""
    return f"revised, was {reading.replaced_text}" if reading.replaced else ""


def provisional_words(reading: Reading) -> str:
    """Until when a figure is not final: "provisional, final expected 12 May 2020"; empty for a final one."""
    return (
        f"provisional, final expected {day_words(reading.provisional_until)}"
        if reading.provisional_until
        else ""
    )


def marks_sentence(reading: Reading) -> str:
    """Both in a sentence each: "Revised, was 73.1%. Provisional, final expected 12 May 2020."."""
    words = (revised_words(reading), provisional_words(reading))
    return " ".join(f"{mark[0].upper()}{mark[1:]}." for mark in words if mark)


def status_sentence(reading: Reading, today: date) -> str:
    """Value, status and the limit that matters."""
    if reading.status == Status.NOT_REPORTED:
        if reading.stated:
            return f"Not reported; {stated_words(reading, today)}."
        late = "it was due on" if reading.overdue(today) else "it is due on"
        return f"Not reported; {late} {day_words(reading.due_on)}."
    if reading.value is None:
        return "Not applicable: there was nothing to count this month."
    if reading.limits is None:
        return f"{reading.value_text}. {reading.local_aim_words or 'No band judges this month'}."
    return f"{reading.value_text}, {STATUS_WORDS[Status(reading.status)]} ({_limit_words(reading)})."


def stated_words(reading: Reading, today: date) -> str:
    """Why the Trust can't report it: "the Trust can’t report it: the system was down; expected on 12 May 2020"."""
    assert reading.expected_on is not None
    expected = "it was expected on" if today > reading.expected_on else "expected on"
    return f"the Trust can’t report it: {reading.stated.rstrip('. ')}; {expected} {day_words(reading.expected_on)}"


def succession_sentence(reading: Reading) -> str:
    """How long it has been off target; after a gap it says "at least" and what is missing."""
    off_target = reading.months_off_target
    if not off_target:
        return ""
    if not reading.succession_certain and reading.succession_broken_by:
        months = count_words(off_target, "month")
        what = STATUS_WORDS[Status(reading.succession_broken_status or Status.NOT_REPORTED)]
        return f"Off target for at least {months}; {reading.succession_broken_by.label} {what}."
    if off_target == 1:
        return "First month off target."
    return f"Month {off_target} in succession off target."


def change_words(reading: Reading) -> str:
    """Direction and size without the month: "Better by 0.9 points", "No real change"; empty where not known."""
    if reading.direction is None or reading.change is None:
        return ""
    if reading.direction == Direction.NO_REAL_CHANGE:
        return "No real change"
    size = difference_words(reading.change, reading.unit, reading.decimals)
    return f"{DIRECTION_WORDS[reading.direction].capitalize()} by {size}"


def change_sentence(reading: Reading) -> str:
    """The same against the month before: "Better by 0.9 points on February."; said where that month is invented."""
    words = change_words(reading)
    remark = " (illustrative)" if reading.compared_with_an_illustrative_month else ""
    return f"{words} on {reading.month.previous().name}{remark}." if words else ""


def succession_words(reading: Reading) -> str:
    """Months off target for a table's cell: "8", "at least 2", "0"; a dash in a month without a colour."""
    if reading.months_off_target is None:
        return "–"
    if reading.months_off_target and not reading.succession_certain:
        return f"at least {reading.months_off_target}"
    return str(reading.months_off_target)


def average_words(reading: Reading) -> str:
    """The 12-month average with how many months it rests on where some are missing: "76.4% (11 of 12 months)"."""
    note = average_note(reading)
    return reading.amount(reading.average_12) + (f" ({note})" if note else "")


def average_note(reading: Reading) -> str:
    """On how many months a 12-month average rests: "11 of 12 months"; empty where on all, or where there is none."""
    months = reading.months_in_average
    return (
        f"{months} of 12 months"
        if reading.average_12 is not None and months is not None and months < 12
        else ""
    )


def target_words(reading: Reading) -> str:
    """The target as a condition: "more than 75%"; the local aim of a supporting measure; a dash otherwise."""
    if reading.limits is None:
        return reading.local_aim_words or "–"
    limit = limit_with_unit(reading.limits.target, reading.unit)
    return f"{OPERATOR_WORDS[reading.limits.target_operator]} {limit}"


def no_change_words(reading: Reading, first: Month | None = None) -> str:
    """Why a month has no change to show: "No figure for February", or that it is the contract's first."""
    if reading.value is None:
        return "–"
    if reading.month == first:
        return "First month of the contract"
    return f"No figure for {reading.month.previous().name}"


def due_words(reading: Reading, today: date) -> str:
    """When a missing figure is due: "due on 16 April 2020, overdue"; what the Trust stated where it did."""
    if reading.stated:
        return f"{stated_words(reading, today)}{', overdue' if reading.overdue(today) else ''}"
    return f"due on {day_words(reading.due_on)}{', overdue' if reading.overdue(today) else ''}"


def amount_words(reading: Reading, unit_words: str) -> str:
    """A value with what it counts: "74.2%", "72.00 per 10,000", "3 children", "19.40 children a worker"."""
    if reading.unit == "percent":
        return reading.value_text
    return f"{reading.value_text} {'per 10,000' if reading.unit == 'rate_per_10000' else unit_words}"


def counts_words(reading: Reading, unit_words: str) -> str:
    """The numbers behind it: "46 of 62 returns", "584 children", "3,545 across 182.7"; empty where none are known."""
    if reading.unit == "mean":
        return reading.counts_text.replace(" of ", " across ")
    return f"{reading.counts_text} {unit_words}" if reading.counts_text else ""


def status_succession_sentence(reading: Reading, on_target: int, off_target_before: int) -> str:
    """How long the status has lasted, also on target: "Month 5 in succession on target."."""
    if reading.status != Status.ON_TARGET:
        return succession_sentence(reading)
    if on_target > 1:
        return f"Month {on_target} in succession on target."
    if not off_target_before:
        return ""
    return f"Back on target after {count_words(off_target_before, 'month')} off it."


def year_ago_sentence(reading: Reading, then: Reading | None, threshold: Decimal) -> str:
    """Against the same month a year before: "Better by 25.9 points than in March 2019."; empty where not known."""
    if reading.value is None or then is None or then.value is None:
        return ""
    change = reading.value - then.value
    invented = then.provenance == "illustrative" and reading.provenance != "illustrative"
    remark = " (illustrative)" if invented else ""
    if abs(change) < threshold:
        return f"No real change since {then.month.label}{remark}."
    better = (change > 0) == (reading.polarity == "higher")
    size = difference_words(change, reading.unit, reading.decimals)
    return f"{'Better' if better else 'Worse'} by {size} than in {then.month.label}{remark}."


def gap_sentence(reading: Reading, last: Reading | None, unit_words: str, today: date) -> str:
    """A month without a value: when it is due, and what the last one was."""
    words = status_sentence(reading, today).removeprefix("Not reported; ").removeprefix("Not applicable: ")
    first = f"{words[0].upper()}{words[1:]}"
    if last is None:
        return first
    verdict = f", {STATUS_WORDS[Status(last.status)]}" if last.limits else ""
    return f"{first} The last month with a figure is {last.month.label}: {amount_words(last, unit_words)}{verdict}."


def _limit_words(reading: Reading) -> str:
    limits = reading.limits
    assert limits is not None
    if reading.status == Status.FAILURE:
        limit = limit_with_unit(limits.failure, reading.unit)
        return f"{OPERATOR_WORDS[limits.failure_operator]} {limit} is failure"
    if reading.status == Status.ON_TARGET:
        return target_words(reading)
    return f"target {target_words(reading)}"
