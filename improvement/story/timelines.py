"""The stories of an action, a recommendation and a priority, each as one timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from core.values.months import Month
from improvement.models import Event, Plan, Statement
from improvement.models.event import Kind, Provenance
from improvement.plans.names import named
from improvement.rules.status import Status
from improvement.story.selectors import Happened
from improvement.story.telling import Told, kind_words, told_of, who


@dataclass(frozen=True)
class Subject:
    """Of what it is told; a reference that is the page's own has no address."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """What is told alike of each of the subjects."""

    subjects: Sequence[Subject]
    told: Told


@dataclass(frozen=True)
class MonthOfStory:
    label: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Story:
    """Newest first; ``by_day``: each entry has a day of its own, not its month alone.

    ``earlier`` are the months that a long story keeps folded.
    """

    latest: Sequence[MonthOfStory]
    earlier: Sequence[MonthOfStory]
    by_day: bool

    @property
    def fold(self) -> str:
        """What the fold says of the months that it holds."""
        first, last = self.earlier[-1].label, self.earlier[0].label
        return first if first == last else f"{first} to {last}"


Part = tuple[Subject, Told]
# So many entries are in sight at once; a month is never divided.
OPEN = 16


def story_of_action(events: Sequence[Event]) -> Story:
    """What happened to one action, each event for itself; they come in their order. No query."""
    story = [told_of(event, before) for before, event in zip([None, *events], events, strict=False)]
    return _folded(_months([Entry([], told) for told in reversed(story)]), by_day=True)


def story_of_row(code: str, plan: Plan, happened: Happened) -> Story:
    """Everything that was said of a recommendation and its actions. No query."""
    parts = [*_of_actions(code, plan, happened.events), *_stated(happened.statements)]
    return _folded(_by_month(parts), by_day=True)


def story_of_priority(code: str, plan: Plan, happened: Happened, query: str) -> Story:
    """How its recommendations were stated, and what became of its actions; the words stand on their pages. No query.

    ``query`` keeps the links to recommendations at the day that is shown; an action's page is of today alone.
    """
    stated = _stated_of_rows(code, plan, happened.statements, query)
    parts = [*_became(code, plan, happened.events), *stated]
    months = [(subject, replace(told, day=Month.of(told.day).first_day)) for subject, told in parts]
    return _folded(_by_month(months), by_day=False)


def _of_actions(code: str, plan: Plan, events: Sequence[Event]) -> Iterator[Part]:
    for _, own in groupby(events, key=lambda event: (event.day, event.action_id)):
        before = None
        for event in own:
            yield (
                Subject(f"Action {event.action.number}", _address(code, plan, event)),
                told_of(event, before),
            )
            before = event


def _became(code: str, plan: Plan, events: Sequence[Event]) -> Iterator[Part]:
    for event in events:
        status = Status(event.now) if event.kind == Kind.STATUS else None
        name = named(event.action)
        made_up = event.provenance == Provenance.ILLUSTRATIVE
        yield (
            Subject(name, _address(code, plan, event)),
            Told(event.day, kind_words(event), status, (), "", made_up),
        )


def _stated(statements: Sequence[Statement]) -> Iterator[Part]:
    """What was stated, where it was another status or other words than before."""
    for one in _changed(statements, lambda one: (one.status, one.words)):
        lines = (one.words,) if one.words else ()
        yield Subject(one.reference.code), replace(_statement(one), lines=lines, who=who(one))


def _stated_of_rows(code: str, plan: Plan, statements: Sequence[Statement], query: str) -> Iterator[Part]:
    for one in _changed(statements, lambda one: one.status):
        row = one.reference.recommendation
        url = reverse("improvement:recommendation", args=[code, plan.code, row.code]) + query if row else ""
        yield Subject(one.reference.code, url), _statement(one)


def _changed(statements: Sequence[Statement], said: Callable[[Statement], object]) -> Iterator[Statement]:
    """Those that say something else of their reference and phase than the one before."""
    last: dict[tuple[int, int], object] = {}
    for one in statements:
        place = (one.reference_id, one.phase)
        if last.get(place) != said(one):
            yield one
        last[place] = said(one)


def _statement(one: Statement) -> Told:
    made_up = one.provenance == Provenance.ILLUSTRATIVE
    return Told(one.day, f"Phase {one.phase} stated", Status(one.status), (), "", made_up)


def _folded(months: Sequence[MonthOfStory], *, by_day: bool) -> Story:
    """Whole months, until what is open is long enough."""
    shown = 0
    for place, month in enumerate(months):
        if shown >= OPEN:
            return Story(months[:place], months[place:], by_day)
        shown += len(month.entries)
    return Story(months, [], by_day)


def _by_month(parts: Sequence[Part]) -> list[MonthOfStory]:
    """What is told alike of several subjects is one entry; of one day, what was written last comes first."""
    alike: dict[Told, list[Subject]] = {}
    for subject, told in parts:
        subjects = alike.setdefault(told, [])
        if subject not in subjects:
            subjects.append(subject)
    return _months([Entry(subjects, told) for told, subjects in reversed(alike.items())])


def _months(entries: Sequence[Entry]) -> list[MonthOfStory]:
    """Newest first; those of one day stay as they come."""
    newest = sorted(entries, key=lambda entry: entry.told.day, reverse=True)
    months = groupby(newest, key=lambda entry: Month.of(entry.told.day))
    return [MonthOfStory(month.label, list(own)) for month, own in months]


def _address(code: str, plan: Plan, event: Event) -> str:
    row = event.action.recommendation.code
    return reverse("improvement:action", args=[code, plan.code, row, event.action.number])
