"""A line's year as one timeline, the newest first: budgets, entries, queries, answers, plans, and children beside it.

What speaks of a period stands under that period, in the order in which it was written; the rest under its own month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from budgets.line_page.selectors import LineHistory, MonthHistory
from budgets.line_page.ways import WAYS
from budgets.models import Amount, Entry, MoneyStep, Profile, Series
from budgets.rules.money import spoken, written
from budgets.rules.periods import MONTHS, Period
from budgets.rules.variance import came_word
from core import clock
from core.values.months import ContractYear, Month
from core.values.words import day_words

# So many entries are in sight at once; a month is never divided. The table of months has told most of them.
OPEN = 3
Heading = tuple[int, int, str]  # a month's ordinal, the period where it lies after March, and the words


@dataclass(frozen=True)
class Told:
    what: str
    lines: Sequence[str]
    who: str
    illustrative: bool = False


@dataclass(frozen=True)
class MonthOfStory:
    label: str
    entries: Sequence[Told]


@dataclass(frozen=True)
class Story:
    """``earlier`` are the months that a long story keeps folded."""

    latest: Sequence[MonthOfStory]
    earlier: Sequence[MonthOfStory]

    @property
    def fold(self) -> str:
        first, last = self.earlier[-1].label, self.earlier[0].label
        return first if first == last else f"{first} to {last}"


def story_of(history: LineHistory, series: Sequence[Series], year: ContractYear) -> Story:
    """No query. ``series`` are of the children that stand beside the line."""
    parts = [
        *_versions(history.amounts, year),
        *_children(series, year),
        *_entered(history, year),
        *_profiles(history.profiles, year),
    ]
    newest = sorted(parts, key=lambda part: part[0][:2])[::-1]
    months = [
        MonthOfStory(heading[2], [told for _, told in own])
        for heading, own in groupby(newest, key=lambda part: part[0])
    ]
    return _folded(months)


def _folded(months: Sequence[MonthOfStory]) -> Story:
    """Whole months, until what is open is long enough."""
    shown = 0
    for place, month in enumerate(months):
        if shown >= OPEN:
            return Story(months[:place], months[place:])
        shown += len(month.entries)
    return Story(months, [])


def _versions(amounts: Sequence[Amount], year: ContractYear) -> Iterator[tuple[Heading, Told]]:
    for amount in amounts:
        version = amount.version
        if version is None or amount.year != year.start:
            continue
        budget = "no amount" if amount.hundredths is None else written(amount.hundredths)
        source = ", ".join(filter(None, (version.document, version.place)))
        said = day_words(version.day) if version.day else "Day not said"
        month = Month.of(version.day) if version.day else year.first
        yield (
            _month(month),
            Told(
                f"{version.get_kind_display()} of {year}: {budget}",
                [version.words],
                ", ".join(filter(None, (said, source))),
                version.illustrative,
            ),
        )


def _children(series: Sequence[Series], year: ContractYear) -> Iterator[tuple[Heading, Told]]:
    """What was counted on days from the end of the year before to this year's end."""
    first, last = year.previous().last.last_day, year.last.last_day
    for one in series:
        for seen in one.observations.all():
            if seen.ends_on and first <= seen.ends_on <= last:
                words = f"{seen.qualifier} {seen.printed}".strip()
                told = Told(
                    f"{one.name}: {words} {one.unit}",
                    [],
                    f"{day_words(seen.ends_on)}, {one.document}, {one.place}",
                )
                yield _month(Month.of(seen.ends_on)), told


def _entered(history: LineHistory, year: ContractYear) -> Iterator[tuple[Heading, Told]]:
    """What is off track for the same reason as the period before says so once."""
    said, came = "", came_word(history.line.tree_side)
    for one in history.of_year(year.start):
        yield from _of_month(one, Period(year, one.month.period), came, said)
        said = one.latest.words


def _of_month(one: MonthHistory, period: Period, came: str, said: str) -> Iterator[tuple[Heading, Told]]:
    """Its entries and steps in the order in which they were written."""
    heading: Heading = (
        (period.month or period.year.last).ordinal, max(period.number - MONTHS, 0), period.label
    )  # fmt: skip
    written_down = [
        *((entry.entered_at, 0, _entry(entry, came, said)) for entry in one.entries),
        *((step.taken_at, 1, _step(step)) for step in one.steps),
    ]
    for _, _, told in sorted(written_down, key=lambda row: row[:2]):
        yield heading, told


def _entry(entry: Entry, came: str, said_before: str) -> Told:
    amounts = f"{written(entry.forecast)} forecast, {written(entry.actual)} {came}"
    return Told(
        f"{'Entered' if entry.number == 1 else 'Entered anew'}: {amounts}",
        [
            words
            for label, said in (
                ("Why it is revised", entry.reason),
                ("Why the forecast moved", entry.moved),
                ("Why it is off track", "" if entry.words == said_before else entry.words),
                ("Known to come", _amount(entry.committed)),
                ("Mitigations, not in the forecast", _amount(entry.mitigation)),
            )
            if (words := f"{label}: {said}" if said else "")
        ],
        f"{entry.entered_as}, {day_words(_day(entry))}",
        entry.provenance == Entry.Provenance.ILLUSTRATIVE,
    )


def _step(step: MoneyStep) -> Told:
    lines = [step.words] if step.words else []
    return Told(step.get_kind_display(), lines, f"{step.taken_as}, {day_words(step.day)}")


def _profiles(profiles: Sequence[Profile], year: ContractYear) -> Iterator[tuple[Heading, Told]]:
    for profile in profiles:
        if profile.year == year.start:
            told = Told(
                f"The budget of {year}, {spoken(profile.budget)}, planned {WAYS[profile.way][1]}",
                [profile.words] if profile.words else [],
                f"{profile.entered_as}, {day_words(_day(profile))}",
            )
            yield _month(Month.of(_day(profile))), told


def _day(row: Entry | Profile) -> date:
    return clock.day_of(row.entered_at)


def _amount(pence: int | None) -> str:
    return "" if pence is None else written(pence)


def _month(month: Month) -> Heading:
    return month.ordinal, 0, month.label
