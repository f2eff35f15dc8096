"""A plan's folder of reviewed YAML files: read, checked field by field, and refused with file, field and reason.

``plan.yaml`` says what the plan is, one ``priority-N.yaml`` each what it asks for; ``milestones.yaml`` and
``golden_thread.yaml`` may stand beside them. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationInfo, field_validator

from core.definition_files import DefinitionsRefused, Strict, validated
from core.values.months import Month
from improvement.plans.about_shapes import (
    Aim,
    Approval,
    Body,
    Control,
    Earlier,
    EarlierPeriod,
    Enabler,
    Group,
    Inspection,
    MilestonesFile,
    Phase,
    Reporting,
    Version,
)
from improvement.plans.field_types import (
    AsList,
    Code,
    Line,
    Number,
    OnceTitles,
    PastDay,
    Place,
    PlanCode,
    RequiredMonth,
    RowCode,
    Shown,
    Target,
    Title,
    Titles,
    Unconfirmed,
    Words,
)
from improvement.plans.reference_shapes import (
    Alias,
    GridBlock,
    ReferenceWords,
    alias_faults,
    overview_faults,
)
from improvement.plans.thread_file import ThreadFile, thread_faults
from improvement.rules.status import Status

Side = Literal["trust", "council", "police", "health", "safeguarding_partnership", "other"]


class Cadence(Strict):
    every: Annotated[int, Field(ge=1, le=60)]
    unit: Literal["month", "week"]
    printed: str = ""
    source: dict[str, str] = {}


class Origin(Strict):
    name: Title


class OwnerRole(Strict):
    role: Title
    side: Side


class MeasureWords(Strict):
    number: Number
    title: Title
    kind: str = ""


class ActionWords(Strict):
    number: Number
    title: Title
    target: Target
    owners: OnceTitles
    phase1: Status = Status.UNKNOWN
    phase2: Unconfirmed = Status.UNKNOWN
    note: Words = ""


class Row(Strict):
    ref: RowCode
    refs: Annotated[list[Code], AsList]
    title: Title
    see: Shown
    success: Titles
    measures: Annotated[list[MeasureWords], AsList]
    note: Words
    actions: Annotated[list[ActionWords], AsList]


class PriorityFile(Strict):
    number: Number
    name: Title
    later_name: Words = ""
    group: Line = ""
    lead: Line
    why: Words
    what: Titles
    how: Titles
    good: Titles
    first_year: Titles = []
    note: Words = ""
    place: Place
    rows: list[Row]


class PlanFile(Strict):
    code: PlanCode
    name: Title
    kind: Literal["improvement", "elsewhere"] = "improvement"
    from_: RequiredMonth = Field(alias="from")
    to: RequiredMonth
    note: Words = ""
    cadence: Cadence | None
    owner: Line
    kept_by: Literal["council", "trust"] = "trust"
    control: Control = Control()
    versions: Annotated[list[Version], AsList]
    approvals: Annotated[list[Approval], AsList]
    agreed: date | None
    reviewed: PastDay | None
    aims: Annotated[list[Aim], AsList]
    approach: Annotated[list[Phase], AsList]
    groups: Annotated[list[Group], AsList] = []
    enablers: Annotated[list[Enabler], AsList] = []
    governance: Annotated[list[Body], AsList]
    reporting: Reporting = Reporting()
    informed_by: Annotated[list[Inspection], AsList]
    origins: dict[str, Origin]
    blocks: list[GridBlock]
    references: list[ReferenceWords]
    aliases: list[Alias]
    measures: list[MeasureWords] = []
    owners: list[OwnerRole]
    earlier_period: EarlierPeriod = EarlierPeriod()
    earlier: Annotated[list[Earlier], AsList] = []
    document: dict[str, Line]
    place: Title
    notes: Annotated[list[Words], AsList]

    @field_validator("to")
    @classmethod
    def ends_after_it_starts(cls, to: Month, others: ValidationInfo) -> Month:
        first = others.data.get("from_")
        if first is not None and to < first:
            raise ValueError(f"{to} comes before the first month, {first}")
        return to


# What of a plan's file is only read by people.
ABOUT = (
    "note", "control", "versions", "approvals", "agreed", "aims", "approach", "groups", "enablers", "governance",
    "reporting", "informed_by", "earlier_period", "earlier", "notes",
)  # fmt: skip

# What may stand beside it, by the name of its file.
BESIDE: dict[str, type[Strict]] = {"milestones.yaml": MilestonesFile, "golden_thread.yaml": ThreadFile}
M = TypeVar("M", bound=Strict)


@dataclass(frozen=True)
class PlanFolder:
    """A plan and its priorities, by number; and what may stand beside them."""

    plan: PlanFile
    priorities: Sequence[PriorityFile]
    milestones: MilestonesFile | None = None
    thread: ThreadFile | None = None

    def rows(self) -> Iterator[Row]:
        return (row for priority in self.priorities for row in priority.rows)

    def references(self) -> dict[int, set[str]]:
        """Those that stand in a row, by the number of their priority."""
        return {
            priority.number: {code for row in priority.rows for code in row.refs}
            for priority in self.priorities
        }


def read_plan(folder: Path) -> PlanFolder:
    """The plan in a folder. DefinitionsRefused with every fault found, those of all its files at once."""
    files = sorted(folder.glob("priority-*.yaml"))
    beside = [(folder / name, model) for name, model in BESIDE.items() if (folder / name).exists()]
    faults: list[str] = []
    read: list[Any] = []
    wanted: list[tuple[Path, type[Strict]]] = [(folder / "plan.yaml", PlanFile)]
    wanted += [(file, PriorityFile) for file in files] + beside
    for file, model in wanted:
        try:
            read.append(validated(file, model))
        except FileNotFoundError:
            faults.append(f"{file.name}: not found in {folder.name}")
        except DefinitionsRefused as refused:
            faults += refused.faults
    if faults:
        raise DefinitionsRefused(faults)
    found = PlanFolder(
        plan=read[0],
        priorities=sorted(_of(PriorityFile, read), key=lambda priority: priority.number),
        milestones=next(_of(MilestonesFile, read), None),
        thread=next(_of(ThreadFile, read), None),
    )
    if faults := list(_faults(found)):
        raise DefinitionsRefused(faults)
    return found


def _of(model: type[M], read: Iterable[object]) -> Iterator[M]:
    return (one for one in read if isinstance(one, model))


def _faults(found: PlanFolder) -> Iterator[str]:
    """What no file says wrong by itself."""
    plan = found.plan
    yield from _twice("priority", [priority.number for priority in found.priorities])
    yield from _twice("row", [row.ref for row in found.rows()])
    yield from _twice("reference", [one.ref for one in plan.references])
    yield from _twice("reference of a row", [ref for row in found.rows() for ref in row.refs])
    yield from _twice("reference of the overview", [cell.ref for block in plan.blocks for cell in block.refs])
    yield from _twice("owner", [owner.role for owner in plan.owners])
    known = {one.ref for one in plan.references} | {ref for row in found.rows() for ref in row.refs}
    priorities = {priority.number for priority in found.priorities}
    yield from overview_faults(plan.blocks, plan.references, known, priorities)
    yield from alias_faults(plan.aliases, known)
    yield from _faults_of_what_is_read(plan, known, priorities)
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
    if found.thread:
        yield from thread_faults(found.thread, plan.code, found.references())


def _faults_of_what_is_read(plan: PlanFile, references: Set[str], priorities: Set[int]) -> Iterator[str]:
    for group in plan.groups:
        for number in sorted(set(group.priorities) - priorities):
            yield f"plan.yaml: groups: {group.name}: there is no priority {number}"
    for earlier in plan.earlier:
        for code in sorted(set(earlier.continues_as) - references):
            yield f"plan.yaml: earlier {earlier.number}: {code} is no reference of the plan"


def _twice(kind: str, values: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            yield f"{kind} {value} stands twice"
        seen.add(value)
