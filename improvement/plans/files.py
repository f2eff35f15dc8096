"""A plan's folder of reviewed YAML files: read, checked field by field, and refused with file, field and reason.

``plan.yaml`` says what the plan is, one ``priority-N.yaml`` each what it asks for. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from core.definition_files import DefinitionsRefused, Strict, validated
from core.values.months import Month
from improvement.rules.status import Status

WORKBOOK = "impact workbook"


def _month(text: object) -> Month | None:
    return None if text in (None, "") else Month.parse(str(text))


def _target(text: object) -> Month | str | None:
    return WORKBOOK if text == WORKBOOK else _month(text)


def _list(value: object) -> object:
    return [] if value is None else value


def _words(value: object) -> object:
    return "" if value is None else value


OptionalMonth = Annotated[Month | None, BeforeValidator(_month)]
RequiredMonth = Annotated[Month, BeforeValidator(_month)]
Target = Annotated[Month | str | None, BeforeValidator(_target)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, BeforeValidator(_words), Field(max_length=2000)]
Titles = Annotated[list[Title], BeforeValidator(_list)]
# What is only shown again keeps the shape that its file gives it.
Shown = Annotated[list[Any], BeforeValidator(_list)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{1,3}$")]
Side = Literal["trust", "council", "police", "health", "safeguarding_partnership", "other"]


class Cadence(Strict):
    every: Annotated[int, Field(ge=1, le=60)]
    unit: Literal["month", "week"]
    printed: str = ""
    source: dict[str, str] = {}


class Origin(Strict):
    name: Title


class GridCell(Strict):
    ref: Code
    phase1: Status
    phase2: Status


class GridBlock(Strict):
    name: Title
    priority: int
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


class OwnerRole(Strict):
    role: Title
    side: Side


class MeasureWords(Strict):
    number: Annotated[int, Field(ge=1)]
    title: Title
    kind: str = ""


class ActionWords(Strict):
    number: Annotated[int, Field(ge=1)]
    title: Title
    target: Target
    owners: Titles
    phase1: Status = Status.UNKNOWN
    phase2: Status = Status.UNKNOWN
    note: Words = ""


class Row(Strict):
    ref: Title
    refs: Annotated[list[Code], BeforeValidator(_list)]
    title: Title
    see: Shown
    success: Titles
    measures: Annotated[list[MeasureWords], BeforeValidator(_list)]
    note: Words
    actions: Annotated[list[ActionWords], BeforeValidator(_list)]


class PriorityFile(Strict):
    number: Annotated[int, Field(ge=1)]
    name: Title
    later_name: Words = ""
    group: Words = ""
    lead: Words
    why: Words
    what: Titles
    how: Titles
    good: Titles
    first_year: Titles = []
    note: Words = ""
    place: Title
    rows: list[Row]


class PlanFile(Strict):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50)]
    name: Title
    kind: Literal["improvement", "elsewhere"] = "improvement"
    from_: RequiredMonth = Field(alias="from")
    to: RequiredMonth
    note: Words = ""
    cadence: Cadence | None
    owner: Words
    kept_by: Literal["council", "trust"] = "trust"
    control: dict[str, Any] = {}
    versions: Shown
    approvals: Shown
    agreed: date | None
    reviewed: date | None
    aims: Shown
    approach: Shown
    groups: Shown = []
    enablers: Shown = []
    governance: Shown
    reporting: dict[str, Any] = {}
    informed_by: Shown
    origins: dict[str, Origin]
    blocks: list[GridBlock]
    references: list[ReferenceWords]
    aliases: list[Alias]
    measures: list[MeasureWords] = []
    owners: list[OwnerRole]
    earlier_period: dict[str, date] = {}
    earlier: Shown = []
    document: dict[str, str]
    place: Title
    notes: Shown


# What of a plan's file is only read by people.
ABOUT = (
    "note", "control", "versions", "approvals", "agreed", "aims", "approach", "groups", "enablers", "governance",
    "reporting", "informed_by", "earlier_period", "earlier", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class PlanFolder:
    """A plan and its priorities, by number."""

    plan: PlanFile
    priorities: Sequence[PriorityFile]

    def rows(self) -> Iterator[Row]:
        return (row for priority in self.priorities for row in priority.rows)


def read_plan(folder: Path) -> PlanFolder:
    """The plan in a folder. DefinitionsRefused with every fault found, those of all its files at once."""
    files = sorted(folder.glob("priority-*.yaml"))
    faults: list[str] = []
    read: list[Any] = []
    wanted: list[tuple[Path, type[Strict]]] = [(folder / "plan.yaml", PlanFile)]
    wanted += [(file, PriorityFile) for file in files]
    for file, model in wanted:
        try:
            read.append(validated(file, model))
        except FileNotFoundError:
            faults.append(f"{file.name}: not found in {folder.name}")
        except DefinitionsRefused as refused:
            faults += refused.faults
    if faults:
        raise DefinitionsRefused(faults)
    plan, *priorities = read
    found = PlanFolder(plan, sorted(priorities, key=lambda priority: priority.number))
    if faults := list(_faults(found)):
        raise DefinitionsRefused(faults)
    return found


def _faults(found: PlanFolder) -> Iterator[str]:
    """What no file says wrong by itself."""
    plan = found.plan
    yield from _twice("priority", [priority.number for priority in found.priorities])
    yield from _twice("reference", [one.ref for one in plan.references])
    yield from _twice("reference of a row", [ref for row in found.rows() for ref in row.refs])
    yield from _twice("reference of the overview", [cell.ref for block in plan.blocks for cell in block.refs])
    yield from _twice("owner", [owner.role for owner in plan.owners])
    known = {one.ref for one in plan.references} | {ref for row in found.rows() for ref in row.refs}
    for block in plan.blocks:
        for cell in block.refs:
            if cell.ref not in known:
                yield f"plan.yaml: blocks: {cell.ref} is no reference of the plan"
    roles = {owner.role for owner in plan.owners}
    for priority in found.priorities:
        file = f"priority-{priority.number}.yaml"
        for row in priority.rows:
            for kind, numbers in (
                ("action", [action.number for action in row.actions]),
                ("measure", [measure.number for measure in row.measures]),
            ):
                yield from (f"{file}: {row.ref}: {fault}" for fault in _twice(kind, numbers))
            unknown = {owner for action in row.actions for owner in action.owners} - roles
            for role in sorted(unknown):
                yield f"{file}: {row.ref}: {role} stands on no side in plan.yaml"


def _twice(kind: str, values: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            yield f"{kind} {value} stands twice"
        seen.add(value)
