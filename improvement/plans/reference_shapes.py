"""The references of a plan: as its appendix lists them, as its overview shows them, and as others print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from core.definition_files import Strict
from improvement.plans.field_types import Code, Number, Title, Words
from improvement.rules.status import Status


class GridCell(Strict):
    ref: Code
    phase1: Status
    phase2: Status


class GridBlock(Strict):
    name: Title
    priority: Number
    refs: list[GridCell]


class ReferenceWords(Strict):
    ref: Code
    title: Title
    origin: str
    in_grid: bool
    note: Words = ""


class Alias(Strict):
    printed: Title
    means: str
    place: Words = ""
    note: Words = ""


def overview_faults(
    blocks: Sequence[GridBlock], references: Sequence[ReferenceWords], known: Set[str], priorities: Set[int]
) -> Iterator[str]:
    """Blocks and cells that lead nowhere, and references of which the blocks say otherwise than the appendix."""
    shown = {cell.ref for block in blocks for cell in block.refs}
    for block in blocks:
        if block.priority not in priorities:
            yield f"plan.yaml: blocks: {block.name}: there is no priority {block.priority}"
    for code in sorted(shown - known):
        yield f"plan.yaml: blocks: {code} is no reference of the plan"
    for one in references:
        if one.in_grid != (one.ref in shown):
            said = "in_grid, and stands in no block" if one.in_grid else "not in_grid, and stands in a block"
            yield f"plan.yaml: references: {one.ref} is {said}"


def alias_faults(aliases: Sequence[Alias], known: Set[str]) -> Iterator[str]:
    for alias in aliases:
        if alias.means not in known:
            yield f"plan.yaml: aliases: {alias.printed} means {alias.means}, which is no reference of the plan"
