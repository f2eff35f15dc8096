"""What rows of a file would change of a plan, as the page of the file shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.values.months import Month
from improvement.imports.committing import parts_of, summary
from improvement.imports.comparing import Part
from improvement.imports.gathered import (
    ACTION,
    COLUMN,
    MEASURE,
    OWNER,
    PRIORITY,
    RECOMMENDATION,
    thing_name,
)
from improvement.models import Owner
from improvement.rules.status import Status
from uploads.handlers import CHANGED, NEW, Change

IN_ORDER = (PRIORITY, RECOMMENDATION, ACTION, MEASURE, OWNER)


@dataclass(frozen=True)
class ShownPart:
    """One wording that changes, or one thing that is new: ``said`` are its lines, each under a label or under none."""

    row: int
    name: str
    label: str
    now: str
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ChangeGroup:
    """What changes, then what is new of each kind."""

    heading: str
    anchor: str
    new: bool
    parts: Sequence[ShownPart]


def change_groups(changes: Sequence[Change]) -> list[ChangeGroup]:
    """The wordings that change, then what is new of each kind. No query."""
    found = [(int(change["row"]), part) for change in changes for part in parts_of([change])]
    new = {
        noun: [pair for pair in found if pair[1].kind == NEW and pair[1].noun == noun] for noun in IN_ORDER
    }
    changed = [pair for pair in found if pair[1].kind == CHANGED]
    groups = [_group(parts, anchor) for anchor, parts in ({CHANGED: changed} | new).items()]
    return [group for group in groups if group.parts]


def _group(parts: Sequence[tuple[int, Part]], anchor: str) -> ChangeGroup:
    shown = [one for row, part in parts for one in _shown(row, part)]
    return ChangeGroup(summary([part for _, part in parts]), f"{anchor}-rows", anchor != CHANGED, shown)


def _shown(row: int, part: Part) -> list[ShownPart]:
    name = thing_name(part.noun, part.key)
    if part.kind == NEW:
        return [ShownPart(row, name, "", "", _new_lines(part))]
    return [
        ShownPart(row, name, COLUMN[part.noun, field], _words(part.before[field]), [("", _words(said))])
        for field, said in part.after.items()
    ]


def _new_lines(part: Part) -> list[tuple[str, str]]:
    said = part.after
    lines = [("", said.get("title", "")), ("Wording", said.get("wording", ""))]
    if part.noun == PRIORITY:
        lines += [("", said["name"]), ("Lead", said["lead"])]
    elif part.noun == RECOMMENDATION:
        lines += [
            ("References", ", ".join(said["references"])),
            ("Priority", str(said["priority"])),
            ("Success", _words(said["success"])),
        ]
    elif part.noun == ACTION:
        lines += _action_lines(said)
    elif part.noun == OWNER:
        lines += [("Side", Owner.Side(said["side"]).label)]
    return [(label, words) for label, words in lines if words]


def _action_lines(said: Any) -> list[tuple[str, str]]:
    words = f"See {said['target_words']}" if said["target_words"] else ""
    return [
        ("Target", Month.parse(said["target"]).label if said["target"] else words),
        ("Owners", "; ".join(said["owners"])),
        *(
            (f"Phase {phase}", Status(said[f"phase{phase}"]).label)
            for phase in (1, 2)
            if f"phase{phase}" in said
        ),
    ]


def _words(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)
