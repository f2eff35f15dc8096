"""The overview page: one sentence of counts, the grid, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.values.numbers import count_words
from core.values.words import listed
from improvement.models import Plan
from improvement.models.event import Provenance
from improvement.overview.asked_day import AskedDay
from improvement.overview.grid import PHASES, Cell, Grid, GridRow
from improvement.plans.selectors import keeps
from improvement.rules.status import Status
from parties.participants import Participant

# As counts are told, best first.
IN_ORDER = (
    Status.COMPLETED, Status.ON_TRACK, Status.MITIGATED, Status.DELAYED, Status.NOT_STARTED, Status.UNKNOWN,
)  # fmt: skip
COUNTED = {
    Status.COMPLETED: "completed",
    Status.ON_TRACK: "on track",
    Status.MITIGATED: "not on track with mitigations",
    Status.DELAYED: "not on track",
    Status.NOT_STARTED: "not started",
    Status.UNKNOWN: "not recorded",
}
ASKS = {1: "Done?", 2: "Made a difference?"}


@dataclass(frozen=True)
class ShownCell:
    phase: int
    status: Status
    differs: str  # what the actions come to, where that is another
    illustrative: bool


@dataclass(frozen=True)
class ShownRow:
    code: str
    title: str
    url: str
    cells: Sequence[ShownCell]


@dataclass(frozen=True)
class ShownBlock:
    name: str
    priority: int
    url: str
    rows: Sequence[ShownRow]


@dataclass(frozen=True)
class Total:
    phase: int
    asks: str
    counts: Sequence[tuple[Status, int]]
    words: str


@dataclass(frozen=True)
class Judged:
    """A cell that is stated otherwise than its actions come to, ``otherwise``; ``words``: why, as far as that was said.

    ``outdated``: it was stated before the last update; ``state_url`` is where whoever keeps the plan states it today.
    """

    code: str
    url: str
    phase: int
    status: Status
    otherwise: str
    words: str
    outdated: bool
    state_url: str


@dataclass(frozen=True)
class Choice:
    name: str
    url: str


@dataclass(frozen=True)
class OverviewPage:
    plan: Plan
    asked: AskedDay
    references: int
    empty: bool  # nothing is recommended yet
    totals: Sequence[Total]
    blocks: Sequence[ShownBlock]
    others: Sequence[Choice]
    judged: Sequence[Judged]
    illustrative: bool


def overview_page(
    participant: Participant, plan: Plan, plans: Sequence[Plan], grid: Grid, asked: AskedDay
) -> OverviewPage:
    """One query where the overview has no reference, else none."""
    code = participant.contract.code
    blocks = [
        ShownBlock(
            name=block.name,
            priority=block.priority,
            url=reverse("improvement:priority", args=[code, plan.code, block.priority]) + asked.query,
            rows=[_row(code, plan, row, asked) for row in block.rows],
        )
        for block in grid.blocks
    ]
    cells = [cell for block in blocks for row in block.rows for cell in row.cells]
    return OverviewPage(
        plan=plan,
        asked=asked,
        references=grid.references,
        empty=not grid.references and not plan.priorities.filter(recommendations__isnull=False).exists(),
        totals=[_total(phase, grid.totals[phase], grid.references) for phase in PHASES],
        blocks=blocks,
        others=[
            Choice(other.name, reverse("improvement:overview", args=[code, other.code]))
            for other in plans
            if other != plan
        ],
        judged=[
            _judged(participant, plan, row, cell, asked)
            for block in grid.blocks
            for row in block.rows
            for cell in row.cells
            if cell.differs
        ],
        illustrative=any(cell.illustrative for cell in cells),
    )


def _total(phase: int, counts: Mapping[Status, int], references: int) -> Total:
    found = [(status, counts[status]) for status in IN_ORDER if counts.get(status)]
    said = listed([f"{number} {COUNTED[status]}" for status, number in found])
    return Total(phase, ASKS[phase], found, f"{said}, of {count_words(references, 'reference')}")


def _row(code: str, plan: Plan, row: GridRow, asked: AskedDay) -> ShownRow:
    cells = [shown_cell(cell) for cell in row.cells]
    return ShownRow(row.code, row.title, _url(code, plan, row, asked), cells)


def _judged(participant: Participant, plan: Plan, row: GridRow, cell: Cell, asked: AskedDay) -> Judged:
    code = participant.contract.code
    states = cell.outdated and asked.is_today and keeps(participant, plan)
    return Judged(
        code=row.code,
        url=_url(code, plan, row, asked),
        phase=cell.phase,
        status=cell.status,
        otherwise=cell.otherwise,
        words=cell.words,
        outdated=cell.outdated,
        state_url=reverse("improvement:state", args=[code, plan.code, row.row]) if states else "",
    )


def _url(code: str, plan: Plan, row: GridRow, asked: AskedDay) -> str:
    """Empty where it stands in no row; a cell of its own can't differ then."""
    if not row.row:
        return ""
    return reverse("improvement:recommendation", args=[code, plan.code, row.row]) + asked.query


def shown_cell(cell: Cell) -> ShownCell:
    return ShownCell(cell.phase, cell.status, cell.otherwise, cell.provenance == Provenance.ILLUSTRATIVE)
