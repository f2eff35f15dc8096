"""The actions of a plan by target month and priority, and the list of each month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from improvement.models import Action, Plan, Priority
from improvement.overview.recommendation import ActionRow, action_row
from improvement.plans.names import named
from improvement.progress.parts import PARTS, Part, part_of
from improvement.progress.selectors import finished
from improvement.rules.dates import past_target
from parties.participants import Participant

# A plan that reaches further than so many months shows only those that have an action.
MOST_MONTHS = 36


@dataclass(frozen=True)
class Mark:
    part: Part
    words: str
    url: str
    late: bool


@dataclass(frozen=True)
class Row:
    """One priority; ``cells``: its marks in each column."""

    number: int
    name: str
    cells: Sequence[tuple[ColumnOfMonth, Sequence[Mark]]]


@dataclass(frozen=True)
class ColumnOfMonth:
    """``month`` is None for the actions without one. Left of ``today`` every target is past."""

    month: Month | None
    anchor: str
    label: str
    actions: int
    today: bool


@dataclass(frozen=True)
class ListOfMonth:
    column: ColumnOfMonth
    parts: Sequence[tuple[Part, int]]
    late: int
    rows: Sequence[ActionRow]


@dataclass(frozen=True)
class TimelinePage:
    plan: Plan
    summary: str
    day: str
    years: Sequence[tuple[int, int]]  # a year, and how many of its months are columns
    columns: Sequence[ColumnOfMonth]
    rows: Sequence[Row]
    lists: Sequence[ListOfMonth]
    parts: Sequence[Part]
    late: int
    note: str
    parents: Sequence[tuple[str, str]]

    @property
    def has_without(self) -> bool:
        """Whether the last column is that of the actions without a month."""
        return bool(self.columns) and self.columns[-1].month is None


def timeline_page(
    participant: Participant, plan: Plan, actions: Sequence[Action], today: date
) -> TimelinePage:
    """The actions come in their order, with recommendation, priority and owners."""
    code = participant.contract.code
    by_month: dict[Month | None, list[Action]] = defaultdict(list)
    for action in actions:
        by_month[action.target_month].append(action)
    months = months_shown([month for month in by_month if month is not None])
    columns = _columns(months, by_month, Month.of(today))
    late = sum(_late(action, today) for action in actions)
    here = {part_of(action) for action in actions}
    return TimelinePage(
        plan=plan,
        summary=_summary(actions, by_month, late, today),
        day=day_words(today),
        years=[(year, len(list(members))) for year, members in groupby(month.year for month in months)],
        columns=columns,
        rows=[
            _row(code, plan, priority, list(members), columns, today)
            for priority, members in groupby(actions, key=lambda one: one.recommendation.priority)
        ],
        lists=[
            _list(code, plan, column, by_month[column.month], today) for column in columns if column.actions
        ],
        parts=[part for part in PARTS if part in here],
        late=late,
        note=_note(months, columns),
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
    )


def months_shown(found: Sequence[Month]) -> list[Month]:
    """Every month from the first to the last; only those found where that would be too many."""
    if not found:
        return []
    whole = Month.range(min(found), max(found))
    return whole if len(whole) <= MOST_MONTHS else sorted(found)


def _columns(
    months: Sequence[Month], by_month: Mapping[Month | None, Sequence[Action]], now: Month
) -> list[ColumnOfMonth]:
    """A column for each month; then one for what has none, where there is any, or where today lies behind them all."""
    ahead = next((month for month in months if month >= now), None)
    columns = [
        ColumnOfMonth(month, f"m{month}", month.label, len(by_month.get(month, ())), month == ahead)
        for month in months
    ]
    without = len(by_month.get(None, ()))
    if without:
        columns.append(ColumnOfMonth(None, "no-month", "No month", without, bool(months) and ahead is None))
    return columns


def _late(action: Action, today: date) -> bool:
    return not finished(action) and past_target(action.target_month, today)


def _row(
    code: str,
    plan: Plan,
    priority: Priority,
    members: Sequence[Action],
    columns: Sequence[ColumnOfMonth],
    today: date,
) -> Row:
    marks: dict[Month | None, list[Mark]] = defaultdict(list)
    for action in members:
        marks[action.target_month].append(_mark(code, plan, action, today))
    return Row(priority.number, priority.name, [(column, marks[column.month]) for column in columns])


def _mark(code: str, plan: Plan, action: Action, today: date) -> Mark:
    late, part = _late(action, today), part_of(action)
    said = f"{named(action)}, {action.title}: {part.name.lower()}{', overdue' if late else ''}"
    return Mark(part, said, _url(code, plan, action), late)


def _list(
    code: str, plan: Plan, column: ColumnOfMonth, members: Sequence[Action], today: date
) -> ListOfMonth:
    found = Counter(part_of(action) for action in members)
    return ListOfMonth(
        column=column,
        parts=[(part, found[part]) for part in PARTS if found[part]],
        late=sum(_late(action, today) for action in members),
        rows=[action_row(code, plan, action, named(action), today) for action in members],
    )


def _url(code: str, plan: Plan, action: Action) -> str:
    return reverse("improvement:action", args=[code, plan.code, action.row_code, action.number])


def _note(months: Sequence[Month], columns: Sequence[ColumnOfMonth]) -> str:
    """How the picture is to be read, as far as that isn't plain."""
    line = any(column.today for column in columns)
    left_out = bool(months) and len(Month.range(months[0], months[-1])) > len(months)
    said = {
        "Months left of the line are over.": line,
        "All of these months are over.": bool(months) and not line,
        "Months without an action are left out.": left_out,
        "No month: the plan names none, or leads to its impact workbook.": any(
            column.month is None for column in columns
        ),
    }
    return " ".join(words for words, holds in said.items() if holds)


def _summary(
    actions: Sequence[Action],
    by_month: Mapping[Month | None, Sequence[Action]],
    late: int,
    today: date,
) -> str:
    """What is past its month; what this month is to bring; what has no month at all."""
    if not actions:
        return "This plan has no actions."
    overdue = count_words(late, "action is overdue", "actions are overdue") if late else "Nothing is overdue"
    now = Month.of(today)
    due = sum(not finished(action) for action in by_month.get(now, ()))
    more = " more" if late else ""
    ahead = f"{due or 'none'}{more} {'are' if due > 1 else 'is'} due in {now.label}"
    without = len(by_month.get(None, ()))
    of_all = f"{without} of {count_words(len(actions), 'action')} {'has' if without == 1 else 'have'}"
    if len(actions) == 1:
        of_all = "The one action has"
    return f"{overdue}, {ahead}." + (f" {of_all} no target month." if without else "")
