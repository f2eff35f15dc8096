"""A plan as a file to change and hand in again: a row for each action, with the recommendation's measures beside them.

What belongs to the recommendation stands in its first row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from core.values.cells import csv_lines
from core.workbooks import GENERAL, Sheet, workbook_of
from improvement.imports.columns import COLUMNS, TEMPLATE
from improvement.imports.kept import KeptPlan
from improvement.imports.written import target_kept
from improvement.models import Action, Measure, Priority, Recommendation

NUMBERS = ("action number", "measure number")
WIDTHS = {"reference": 12, "action number": 9, "measure number": 9, "target": 14, "priority": 24, "lead": 24}
WIDE, WIDEST = 34, 60


def columns_of(kept: KeptPlan) -> Sequence[str]:
    """Those of what a file can change; of a plan that begins by the file, all."""
    return TEMPLATE if kept.actions else tuple(COLUMNS)


def template_rows(kept: KeptPlan) -> list[dict[str, Any]]:
    """The plan in its order, under the names of columns; what is missing is empty. No query."""
    actions, measures = defaultdict(list), defaultdict(list)
    for (code, _), action in kept.actions.items():
        actions[code].append(action)
    for (code, _), measure in kept.measures.items():
        measures[code].append(measure)
    rows: dict[int, list[Recommendation]] = defaultdict(list)
    for row in kept.rows.values():
        rows[row.priority.number].append(row)
    return [
        line
        for number, priority in kept.priorities.items()
        for line in _of_priority(
            priority,
            [
                line
                for row in rows[number]
                for line in _of_row(kept, row, actions[row.code], measures[row.code])
            ],
        )
    ]


def _of_priority(priority: Priority, lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A priority without rows is a heading."""
    name = f"{priority.number} {priority.name}"
    for at, line in enumerate(lines or [{}]):
        yield {"priority": name, "lead": "" if at else priority.lead} | line


def _of_row(
    kept: KeptPlan, row: Recommendation, actions: Sequence[Action], measures: Sequence[Measure]
) -> Iterator[dict[str, Any]]:
    first = {
        "recommendation": row.title,
        "recommendation wording": row.wording,
        "success": "\n".join(row.success),
    }
    reference = ", ".join(kept.references_of(row.code))
    pairs = list(zip_longest(actions, measures)) or [(None, None)]
    for at, (action, measure) in enumerate(pairs):
        yield {
            "reference": reference,
            **({} if at else first),
            **(_of_action(action) if action else {}),
            **(_of_measure(measure) if measure else {}),
        }


def _of_action(action: Action) -> dict[str, Any]:
    return {
        "action number": action.number,
        "action": action.title,
        "action wording": action.wording,
        "target": target_kept(action).shown,
        "owners": "; ".join(held.owner.role for held in action.ownerships.all()),
    }


def _of_measure(measure: Measure) -> dict[str, Any]:
    return {
        "measure number": measure.number,
        "measure": measure.title,
        "measure wording": measure.wording,
    }


def template_csv(kept: KeptPlan) -> str:
    columns = columns_of(kept)
    return "".join(csv_lines([columns, *_in_columns(kept, columns)]))


def template_xlsx(kept: KeptPlan, author: str, made_at: datetime) -> bytes:
    columns = columns_of(kept)
    wide = {name: WIDEST if name.endswith("wording") else WIDE for name in columns}
    sheet = Sheet(
        title=kept.plan.name,
        subject="Rows of the plan, to be changed and handed in again",
        author=author,
        name="Plan",
        columns=columns,
        widths=wide | WIDTHS,
        numbers=dict.fromkeys(NUMBERS, GENERAL),
    )
    return workbook_of(sheet, _in_columns(kept, columns), made_at)


def _in_columns(kept: KeptPlan, columns: Sequence[str]) -> Iterator[list[object]]:
    for row in template_rows(kept):
        yield [row.get(name, "") for name in columns]
