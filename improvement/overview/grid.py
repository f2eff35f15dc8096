"""The overview as people know it: the references of each block down, both phases across, as at any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from improvement.models import Plan, Reference, Statement
from improvement.models.event import Provenance
from improvement.plans.as_at import actions_as_at, computed
from improvement.plans.stating import latest_statements
from improvement.rules.status import Status, speaks_otherwise

PHASES = (1, 2)


@dataclass(frozen=True)
class Cell:
    """One phase of a reference: the status stated last, what its actions come to, and whether that is another.

    ``words`` is the reason why they differ, as far as one was given. ``outdated``: the actions came to something else
    when it was stated.
    """

    phase: int
    status: Status
    computed: Status
    words: str
    provenance: str
    differs: bool = False
    outdated: bool = False


@dataclass(frozen=True)
class GridRow:
    code: str
    title: str
    row: str  # the reference that names its row; empty where it stands in none
    cells: Sequence[Cell]


@dataclass(frozen=True)
class GridBlock:
    name: str
    priority: int
    rows: Sequence[GridRow]


@dataclass(frozen=True)
class Grid:
    """The blocks, and how many references stand in each status, by phase."""

    blocks: Sequence[GridBlock]
    totals: Mapping[int, Mapping[Status, int]]
    references: int


def grid_of(plan: Plan, day: date, today: date) -> Grid:
    """The overview at the end of a day. Three queries for today, six for a day before."""
    references = list(
        Reference.objects.filter(plan=plan, block__isnull=False)
        .exclude(recommendation__added_on__gt=day)
        .select_related("block__priority", "recommendation")
        .order_by("block__priority__number", "block__position", "in_block")
    )
    stated = {(row.reference_id, row.phase): row for row in latest_statements(plan, day)}
    comes_to = computed(actions_as_at(plan, day, today))
    blocks = [
        GridBlock(
            block.name, block.priority.number, [_row(reference, stated, comes_to) for reference in members]
        )
        for block, members in groupby(references, key=lambda reference: reference.block)
        if block is not None
    ]
    return Grid(blocks, _totals(blocks), len(references))


def _row(
    reference: Reference,
    stated: Mapping[tuple[int, int], Statement],
    comes_to: Mapping[tuple[int, int], Status],
) -> GridRow:
    cells = []
    for phase in PHASES:
        said = stated.get((reference.pk, phase))
        cells.append(cell_of(phase, said, comes_to.get((reference.recommendation_id or 0, phase))))
    row = reference.recommendation.code if reference.recommendation else ""
    return GridRow(reference.code, reference.title, row, cells)


def cell_of(phase: int, said: Statement | None, comes_to: Status | None) -> Cell:
    """``comes_to`` is None where the reference has no action to go by."""
    now = comes_to or Status.UNKNOWN
    if said is None:
        return Cell(phase, now, now, "", "")
    status = Status(said.status)
    differs = speaks_otherwise(status, comes_to, printed=said.provenance == Provenance.PUBLISHED)
    return Cell(phase, status, now, said.words, said.provenance, differs, outdated=said.computed != now)


def _totals(blocks: Iterable[GridBlock]) -> dict[int, Mapping[Status, int]]:
    cells = [cell for block in blocks for row in block.rows for cell in row.cells]
    return {phase: Counter(cell.status for cell in cells if cell.phase == phase) for phase in PHASES}
