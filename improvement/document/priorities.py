"""The priorities of a plan, and the page of each: where it stands, what it asks for, and what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404
from django.urls import reverse

from core.values.numbers import count_words
from improvement.document.selectors import priorities_of, recommendations_of
from improvement.document.standing import Standing, standing_of
from improvement.models import Plan, Priority, Recommendation
from improvement.overview.asked_day import AskedDay
from improvement.overview.grid import PHASES, Cell, cell_of, grid_of
from improvement.overview.presenter import ShownCell, shown_cell
from improvement.plans.as_at import ActionAt, actions_as_at, computed
from improvement.rules.status import ComesTo
from improvement.story.selectors import happened_in_priority
from improvement.story.timelines import Story, story_of_priority
from parties.participants import Participant

Cells = Mapping[str, Sequence[Cell]]


@dataclass(frozen=True)
class Neighbour:
    name: str
    url: str


@dataclass(frozen=True)
class ShownPriority:
    priority: Priority
    url: str
    recommendations: int
    standing: Standing


@dataclass(frozen=True)
class PrioritiesPage:
    plan: Plan
    asked: AskedDay
    summary: str
    groups: Sequence[tuple[str, Sequence[ShownPriority]]]
    parents: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RecommendationRow:
    code: str
    others: Sequence[str]  # further references that share the row
    title: str
    url: str
    actions: int
    done: int
    overdue: int
    measures: int
    cells: Sequence[ShownCell]


@dataclass(frozen=True)
class PriorityPage:
    plan: Plan
    asked: AskedDay
    priority: Priority
    name: str
    standing: Standing
    recommendations: Sequence[RecommendationRow]
    measures: int
    differs: bool
    illustrative: bool
    story: Story
    why: str
    about: Sequence[tuple[str, Sequence[str]]]
    later_name: str
    notes: Sequence[str]
    before: Neighbour | None
    after: Neighbour | None
    parents: Sequence[tuple[str, str]]


def priorities_page(participant: Participant, plan: Plan, asked: AskedDay) -> PrioritiesPage:
    """Three queries, as at any day. The priorities stand under the plan's own headings, where it has some."""
    code = participant.contract.code
    actions = _by_row(actions_as_at(plan, asked.day, asked.today))
    groups: dict[str, list[ShownPriority]] = {}
    for priority in priorities_of(plan):
        rows = [row for row in priority.recommendations.all() if _was_there(row, asked.day)]
        own = [action for row in rows for action in actions[row.pk]]
        url = _url(code, plan, priority) + asked.query
        shown = ShownPriority(priority, url, len(rows), standing_of(own, asked.day))
        groups.setdefault(priority.group, []).append(shown)
    standings = [shown.standing for group in groups.values() for shown in group]
    return PrioritiesPage(
        plan=plan,
        asked=asked,
        summary=_summary(standings),
        groups=list(groups.items()),
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]) + asked.query)],
    )


def _summary(standings: Sequence[Standing]) -> str:
    late = sum(bool(standing.overdue) for standing in standings)
    of = count_words(len(standings), "priority", "priorities")
    if late:
        return f"{late} of {of} {'has' if late == 1 else 'have'} an overdue action."
    dated = any(standing.open > standing.undated for standing in standings)
    return f"{of}, none with an overdue action." if dated else f"{of}."


def priority_page(participant: Participant, plan: Plan, number: int, asked: AskedDay) -> PriorityPage:
    """Ten queries, as at any day. Http404 where the plan has no such priority."""
    code = participant.contract.code
    priorities = priorities_of(plan)
    place = next((at for at, one in enumerate(priorities) if one.number == number), None)
    if place is None:
        raise Http404("The plan has no such priority.")
    priority = priorities[place]
    actions, shown = _rows(code, plan, priority, asked)
    return PriorityPage(
        plan=plan,
        asked=asked,
        priority=priority,
        name=f"Priority {priority.number}",
        standing=standing_of(actions, asked.day),
        recommendations=shown,
        measures=sum(row.measures for row in shown),
        differs=any(cell.differs for row in shown for cell in row.cells),
        illustrative=any(cell.illustrative for row in shown for cell in row.cells),
        story=story_of_priority(code, plan, happened_in_priority(priority, asked.day), asked.query),
        why=priority.why,
        about=_about(priority),
        later_name=priority.about.get("later_name", ""),
        notes=[note for note in (priority.about.get("note", ""),) if note],
        before=_neighbour(code, plan, priorities[place - 1], asked) if place else None,
        after=_neighbour(code, plan, priorities[place + 1], asked) if place + 1 < len(priorities) else None,
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code]) + asked.query),
            ("Priorities", reverse("improvement:priorities", args=[code, plan.code]) + asked.query),
        ],
    )


def _rows(
    code: str, plan: Plan, priority: Priority, asked: AskedDay
) -> tuple[list[ActionAt], list[RecommendationRow]]:
    """The actions of a priority as they stood at the end of the day, and its recommendations with them."""
    every = actions_as_at(plan, asked.day, asked.today)
    actions, comes_to = _by_row(every), computed(every)
    grid = grid_of(plan, asked.day, asked.today)
    cells = {row.code: row.cells for block in grid.blocks for row in block.rows}
    rows = [row for row in recommendations_of(priority) if _was_there(row, asked.day)]
    shown = [
        _row(code, plan, row, standing_of(actions[row.pk], asked.day), _cells(row, cells, comes_to))
        for row in rows
    ]
    shown = [replace(row, url=row.url + asked.query) for row in shown]
    return [action for row in rows for action in actions[row.pk]], shown


def _was_there(row: Recommendation, day: date) -> bool:
    return row.added_on is None or row.added_on <= day


def _by_row(actions: Iterable[ActionAt]) -> Mapping[int, list[ActionAt]]:
    found: dict[int, list[ActionAt]] = defaultdict(list)
    for action in actions:
        found[action.recommendation].append(action)
    return found


def _url(code: str, plan: Plan, priority: Priority) -> str:
    return reverse("improvement:priority", args=[code, plan.code, priority.number])


def _neighbour(code: str, plan: Plan, priority: Priority, asked: AskedDay) -> Neighbour:
    return Neighbour(str(priority), _url(code, plan, priority) + asked.query)


def _cells(row: Recommendation, cells: Cells, comes_to: Mapping[tuple[int, int], ComesTo]) -> Sequence[Cell]:
    """As the overview shows its first reference that stands there; else what its actions come to."""
    for reference in sorted(row.references.all(), key=lambda reference: reference.in_row):
        if reference.code in cells:
            return cells[reference.code]
    return [cell_of(phase, None, comes_to.get((row.pk, phase))) for phase in PHASES]


def _row(
    code: str, plan: Plan, row: Recommendation, standing: Standing, cells: Sequence[Cell]
) -> RecommendationRow:
    references = sorted(row.references.all(), key=lambda reference: reference.in_row)
    return RecommendationRow(
        code=row.code,
        others=[reference.code for reference in references if reference.code != row.code],
        title=row.title,
        url=reverse("improvement:recommendation", args=[code, plan.code, row.code]),
        actions=standing.actions,
        done=standing.done,
        overdue=standing.overdue,
        measures=row.measure_count,  # type: ignore[attr-defined]
        cells=[shown_cell(cell) for cell in cells],
    )


def _about(priority: Priority) -> list[tuple[str, Sequence[str]]]:
    """What the plan says of it, under its own headings; those that it leaves empty are left out."""
    parts: list[tuple[str, Sequence[str]]] = [
        ("What", priority.what),
        ("How", priority.how),
        ("What good looks like", priority.good),
        ("Reported of the first year", priority.about.get("first_year", [])),
    ]
    return [(heading, words) for heading, words in parts if words]
