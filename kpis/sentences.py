"""The one place where sentences about figures are made: pages, mail, reports and the API say the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from kpis.models import Figure, IndicatorStatus
from kpis.readings import Reading
from kpis.rules.polarity import OPERATOR_WORDS
from sandwell.numbers import count_words, difference_words, limit_with_unit
from sandwell.periods import Month

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction
STATUS_WORDS = {
    Status.ON_TARGET: "on target",
    Status.WITHIN_TOLERANCE: "within tolerance",
    Status.FAILURE: "failed",
    Status.NOT_REPORTED: "not reported",
    Status.NOT_APPLICABLE: "not applicable",
}
# More than this many are counted, not named, in a sentence.
MOST_NAMED = 5
DIRECTION_WORDS = {"better": "better", "worse": "worse", "no_real_change": "no real change"}


def day(when: date) -> str:
    """12 April 2019."""
    return f"{when.day} {Month.of(when).label}"


def reading_sentence(reading: Reading, today: date) -> str:
    """All about one reading: "73.8%, failed (less than 75% is failure). Month 8 in succession off target. …"."""
    parts = [
        status_sentence(reading, today),
        marks_sentence(reading),
        run_sentence(reading),
        change_sentence(reading),
    ]
    return " ".join(part for part in parts if part)


def revised_words(reading: Reading) -> str:
    """What a correction of an accepted figure replaced: "revised, was 73.1%"; empty for any other."""
    return f"revised, was {reading.replaced_text}" if reading.replaced else ""


def provisional_words(reading: Reading) -> str:
    """Until when a figure is not final: "provisional, final expected 12 May 2020"; empty for a final one."""
    return (
        f"provisional, final expected {day(reading.provisional_until)}" if reading.provisional_until else ""
    )


def marks_sentence(reading: Reading) -> str:
    """Both in a sentence each: "Revised, was 73.1%. Provisional, final expected 12 May 2020."."""
    words = (revised_words(reading), provisional_words(reading))
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in words if one)


def status_sentence(reading: Reading, today: date) -> str:
    """Value, status and the limit that matters."""
    if reading.status == Status.NOT_REPORTED:
        if reading.stated:
            return f"Not reported; {stated_words(reading, today)}."
        late = "it was due on" if reading.overdue(today) else "it is due on"
        return f"Not reported; {late} {day(reading.due_on)}."
    if reading.value is None:
        return "Not applicable: there was nothing to count this month."
    if reading.limits is None:
        return f"{reading.value_text}. {reading.local_aim_words or 'No band judges this month'}."
    return f"{reading.value_text}, {STATUS_WORDS[Status(reading.status)]} ({_limit_words(reading)})."


def stated_words(reading: Reading, today: date) -> str:
    """Why the Trust can't report it: "the Trust can’t report it: the system was down; expected on 12 May 2020"."""
    assert reading.expected_on is not None
    expected = "it was expected on" if today > reading.expected_on else "expected on"
    return f"the Trust can’t report it: {reading.stated.rstrip('. ')}; {expected} {day(reading.expected_on)}"


def run_sentence(reading: Reading) -> str:
    """How long it has been off target; a run after a gap says "at least" and what is missing."""
    run = reading.run_off_target
    if not run:
        return ""
    if not reading.run_certain and reading.run_broken_by:
        months = count_words(run, "month")
        what = STATUS_WORDS[Status(reading.run_broken_status or Status.NOT_REPORTED)]
        return f"Off target for at least {months}; {reading.run_broken_by.label} {what}."
    if run == 1:
        return "First month off target."
    return f"Month {run} in succession off target."


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


def run_words(reading: Reading) -> str:
    """The run for a table's cell: "8", "at least 2", "0"; a dash in a month without a colour."""
    if reading.run_off_target is None:
        return "–"
    if reading.run_off_target and not reading.run_certain:
        return f"at least {reading.run_off_target}"
    return str(reading.run_off_target)


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


def month_sentence(readings: Sequence[Reading]) -> str:
    """The month in one sentence: "9 of 15 on target, 3 within tolerance, 2 failed, 1 not reported; 2 better and …"."""
    if not readings:
        return "No indicator has a band in this month."
    counts = {status: sum(1 for one in readings if one.status == status) for status in Status}
    parts = [f"{counts[Status.ON_TARGET]} of {len(readings)} on target"]
    parts += [f"{counts[status]} {STATUS_WORDS[status]}" for status in list(Status)[1:4]]
    if counts[Status.NOT_APPLICABLE]:
        parts.append(f"{counts[Status.NOT_APPLICABLE]} not applicable")
    return f"{', '.join(parts)}; {movement_words(readings)}."


def movement_words(readings: Sequence[Reading]) -> str:
    """How they moved against the month before: "2 better and 4 worse than February, 1 with no real change".

    All of them are counted: what can't be compared, because a month is missing, is said to be so.
    """
    counts = Counter(one.direction for one in readings)
    before = readings[0].month.previous().name
    if counts[None] == len(readings):
        return f"no comparison with {before}"
    words = f"{counts[Direction.BETTER]} better and {counts[Direction.WORSE]} worse than {before}"
    if counts[Direction.NO_REAL_CHANGE]:
        words += f", {counts[Direction.NO_REAL_CHANGE]} with no real change"
    return words + (f", {counts[None]} without a comparison" if counts[None] else "")


def computed_words(when: datetime) -> str:
    """When the statuses on a page were computed: "As computed at 12 April 2019, 09:14", in the time of the place."""
    local = timezone.localtime(when)
    return f"As computed at {day(local.date())}, {local:%H:%M}"


def listed(words: Sequence[str]) -> str:
    """ "PI2", "PI2 and PI4", "PI2, PI4 and PI14"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def longest_run_sentence(readings: Sequence[Reading]) -> str:
    """Who has been off target for longest: "PI9 has missed its target for 24 months in succession.".

    A run after a gap may be longer than is known; "at least" is said of those alone.
    """
    longest = max((one.run_off_target or 0 for one in readings), default=0)
    if longest == 0:
        return "No indicator is known to be off target."
    those = [one for one in readings if one.run_off_target == longest]
    if longest == 1:
        return f"{_missed(those)} this month; none is known to have been off target for longer."
    certain = [one for one in those if one.run_certain]
    uncertain = [one for one in those if not one.run_certain]
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
    codes = [one.code for one in readings]
    return listed(codes) if len(codes) <= MOST_NAMED else f"{len(codes)} indicators"


def provenance_sentence(provenances: Sequence[str]) -> str:
    """How many of a page's figures, each given by where it comes from, are illustrative; empty where none is."""
    made_up = sum(1 for one in provenances if one == "illustrative")
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
    waiting = [one for one in states if one != Figure.State.ACCEPTED]
    if not waiting:
        return f"{'all ' if len(states) > 1 else ''}{count_words(len(states), 'figure')} accepted"
    wait = "waits" if len(waiting) == 1 else "wait"
    return f"{len(waiting)} of {count_words(len(states), 'figure')} {wait} for acceptance"


def no_change_words(reading: Reading, first: Month | None = None) -> str:
    """Why a month has no change to show: "No figure for February", or that it is the contract's first."""
    if reading.value is None:
        return "–"
    if reading.month == first:
        return "First month of the contract"
    return f"No figure for {reading.month.previous().name}"


def voice_words(provenance: str, document: str) -> str:
    """Whose words stand beside a figure. Only what was returned is the Trust's own; a ``document`` was summed up."""
    if provenance == "illustrative":
        return "Example of a commentary"
    if provenance in ("published", "derived"):
        return f"After the {document}" if document else "Beside the published figure"
    return "The Trust"


def spoken(commentary: str, provenance: str) -> str:
    """A commentary without the mark of an example, for where `voice_words` stand before it."""
    return commentary.removeprefix("Example: ") if provenance == "illustrative" else commentary


def first_sentence(text: str, most: int = 180) -> str:
    """The beginning of a commentary: its first sentence, cut at a word where it is long."""
    first = text.split("\n", 1)[0].strip()
    end = first.find(". ", 12 if first.startswith("Example:") else 0)
    first = first[: end + 1] if end != -1 else first
    return first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]} …"


def due_words(reading: Reading, today: date) -> str:
    """When a missing figure is due: "due on 16 April 2020, overdue"; what the Trust stated where it did."""
    if reading.stated:
        return f"{stated_words(reading, today)}{', overdue' if reading.overdue(today) else ''}"
    return f"due on {day(reading.due_on)}{', overdue' if reading.overdue(today) else ''}"


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
    counts = {status: sum(1 for one in statuses if one == status) for status in Status}
    parts = [f"{counts[Status.ON_TARGET]} were on target"]
    parts += [f"{counts[status]} {STATUS_WORDS[status]}" for status in list(Status)[1:] if counts[status]]
    return f"{first.label} to {last.label}: of {len(statuses)} monthly results {listed(parts)}."


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


def run_of_status_sentence(reading: Reading, on_target: int, run_before: int) -> str:
    """How long the status has lasted, also on target: "Month 5 in succession on target."."""
    if reading.status != Status.ON_TARGET:
        return run_sentence(reading)
    if on_target > 1:
        return f"Month {on_target} in succession on target."
    return f"Back on target after {count_words(run_before, 'month')} off it." if run_before else ""


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
