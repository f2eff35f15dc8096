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
from improvement.rules.status import ComesTo, Status, speaks_otherwise

PHASES = (1, 2)


@dataclass(frozen=True)
class Cell:
    """One phase of a reference: the status stated last, and what its actions come to.

    ``otherwise`` says in words what they come to where that is another, and ``words`` why, as far as that was said.
    ``outdated``: it is another since it was stated.
    """

    phase: int
    status: Status
    computed: Status
    words: str
    provenance: str
    otherwise: str = ""
    outdated: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.otherwise)


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
    """The overview at the end of a day. Three queries, as at any day."""
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
    comes_to: Mapping[tuple[int, int], ComesTo],
) -> GridRow:
    cells = []
    for phase in PHASES:
        said = stated.get((reference.pk, phase))
        cells.append(cell_of(phase, said, comes_to.get((reference.recommendation_id or 0, phase))))
    row = reference.recommendation.code if reference.recommendation else ""
    return GridRow(reference.code, reference.title, row, cells)


def cell_of(phase: int, said: Statement | None, comes_to: ComesTo | None) -> Cell:
    """``comes_to`` is None where the reference never had an action."""
    now = comes_to.status if comes_to else Status.UNKNOWN
    if said is None:
        return Cell(phase, now, now, "", "")
    status = Status(said.status)
    printed = said.provenance == Provenance.PUBLISHED
    if comes_to is None or not speaks_otherwise(status, comes_to, printed=printed):
        return Cell(phase, status, now, said.words, said.provenance)
    # Without words it differed from nothing: there was no action then, or the document didn't show how they stand.
    outdated = said.computed != now or not said.words
    return Cell(phase, status, now, said.words, said.provenance, comes_to.words, outdated)


def _totals(blocks: Iterable[GridBlock]) -> dict[int, Mapping[Status, int]]:
    cells = [cell for block in blocks for row in block.rows for cell in row.cells]
    return {phase: Counter(cell.status for cell in cells if cell.phase == phase) for phase in PHASES}
