"""How many actions stood in each status at each month's end, in words, as charts and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.charts.frame import NARROW, WIDE
from core.values.cells import csv_lines
from core.values.months import Month
from core.values.numbers import plain
from core.values.words import day_words, listed
from improvement.overview.presenter import COUNTED, IN_ORDER
from improvement.progress.parts import ENDED, PARTS, Part, part_of_status
from improvement.progress.selectors import Story
from improvement.progress.stacked import Chart, Column, Drawing, drawing
from improvement.rules.progress import PHASES, Counted, counted_over, ends_of_months
from improvement.rules.status import Status

OFF_TRACK = (Status.DELAYED, Status.MITIGATED)
QUESTIONS = {1: "Phase 1: done?", 2: "Phase 2: made a difference?"}
CSV_COLUMNS = ("day", "phase", *(part.kind for part in PARTS), "actions", "illustrative")


@dataclass(frozen=True)
class Row:
    """``numbers`` in the order of PARTS; ``illustrative``: how many of them rest on what is made up."""

    when: str
    numbers: Sequence[tuple[Part, int]]
    illustrative: int


@dataclass(frozen=True)
class PhaseOverTime:
    number: int
    anchor: str
    heading: str
    description: str
    drawings: Sequence[tuple[str, Drawing]]
    rows: Sequence[Row]
    illustrative: bool


@dataclass(frozen=True)
class OverTime:
    summary: str
    phases: Sequence[PhaseOverTime]
    parts: Sequence[Part]


def counts_of(story: Story, first: date | None, today: date) -> list[Counted]:
    """One for each month from the first day's on; none where nothing is known yet, or there is no action."""
    if first is None or first > today or not story.actions:
        return []
    return counted_over(
        {one.pk: one.added_on for one in story.actions}, story.told, ends_of_months(first, today)
    )


def over_time(counts: Sequence[Counted], actions: int) -> OverTime:
    """The counts, of which there is at least one, best status at the bottom."""
    return OverTime(
        summary=_summary(counts, actions),
        phases=[_phase(phase, counts, actions) for phase in PHASES],
        parts=_parts(counts),
    )


def _parts(counts: Sequence[Counted]) -> list[Part]:
    """Those that are counted anywhere."""
    statuses = [
        status for status in IN_ORDER if any(one.number(phase, status) for one in counts for phase in PHASES)
    ]
    ended = [ENDED] if any(one.ended for one in counts) else []
    return [*map(part_of_status, statuses), *ended]


def progress_file(counts: Iterable[Counted]) -> str:
    """The same as CSV: one row for each day and phase, CSV_COLUMNS."""
    rows = [
        (one.day, phase, *_numbers(one, phase), one.actions, one.illustrative[phase])
        for one in counts
        for phase in PHASES
    ]
    return "".join(csv_lines([CSV_COLUMNS, *rows]))


def _summary(counts: Sequence[Counted], actions: int) -> str:
    """What isn't as it should be; then what is done, and how many more than a month before. Of one, how it stands."""
    last = counts[-1]
    if actions == 1:
        return _of_one(last)
    said = _off_track(last, f"{plain(actions, 0)} actions")
    if last.ended:
        said.append(f"{last.ended} ended without being done")
    if last.number(1, Status.UNKNOWN):
        said.append(f"nothing is recorded of {last.number(1, Status.UNKNOWN)}")
    return f"{listed(said)}; {_done(counts)}."


def _off_track(last: Counted, of: str) -> list[str]:
    """How many are not on track, by status; that none is, as far as is recorded."""
    off = [(number, COUNTED[status]) for status in OFF_TRACK if (number := last.number(1, status))]
    if not off:
        known = "known to be " if last.number(1, Status.UNKNOWN) else ""
        return [f"Of {of} none is {known}off track"]
    (first, status), *others = off
    return [
        f"{first} of {of} {_are(first)} {status}",
        *(f"{number} {_are(number)} {status}" for number, status in others),
    ]


def _of_one(last: Counted) -> str:
    if last.ended:
        return "The one action ended without being done."
    status = next((one for one in IN_ORDER if last.number(1, one)), Status.UNKNOWN)
    if status == Status.UNKNOWN:
        return "Nothing is recorded of the one action."
    return f"The one action is {COUNTED[status]}."


def _are(number: int) -> str:
    return "are" if number > 1 else "is"


def _done(counts: Sequence[Counted]) -> str:
    done = counts[-1].number(1, Status.COMPLETED)
    said = f"{done or 'none'} {_are(done)} completed"
    if len(counts) == 1:
        return said
    change = done - counts[-2].number(1, Status.COMPLETED)
    before = f"at the end of {Month.of(counts[-2].day).label}"
    if not change:
        return f"{said}, as many as {before}"
    return f"{said}, {abs(change)} {'more' if change > 0 else 'fewer'} than {before}"


def _phase(phase: int, counts: Sequence[Counted], actions: int) -> PhaseOverTime:
    columns = [
        Column(
            Month.of(one.day).name[:3],
            str(one.day.year),
            _numbers(one, phase),
            made_up=one.illustrative[phase] > 0,
        )
        for one in counts
    ]
    done = counts[-1].number(phase, Status.COMPLETED)
    heading = f"{QUESTIONS[phase]} {done} of {actions} completed"
    description = f"{_told(counts[0], phase)} {_told(counts[-1], phase)}"
    chart = Chart(PARTS, columns)
    return PhaseOverTime(
        number=phase,
        anchor=f"phase-{phase}",
        heading=heading,
        description=description,
        drawings=[("wide", drawing(chart, WIDE)), ("narrow", drawing(chart, NARROW))],
        rows=[_row(one, phase) for one in counts],
        illustrative=any(one.illustrative[phase] for one in counts),
    )


def _told(one: Counted, phase: int) -> str:
    numbers = zip(PARTS, _numbers(one, phase), strict=True)
    said = [f"{number} {part.name.lower()}" for part, number in numbers if number]
    return f"{day_words(one.day)}: {listed(said)}."


def _row(one: Counted, phase: int) -> Row:
    return Row(
        day_words(one.day),
        list(zip(PARTS, _numbers(one, phase), strict=True)),
        one.illustrative[phase],
    )


def _numbers(one: Counted, phase: int) -> list[int]:
    """In the order of PARTS."""
    return [*(one.number(phase, status) for status in IN_ORDER), one.ended]
