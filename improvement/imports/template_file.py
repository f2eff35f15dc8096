"""A plan as a file to change and hand in again: a row for each action, with the recommendation's measures beside them.

What belongs to the recommendation stands in its first row. The workbook keeps to the government's checklist for
accessible spreadsheets: one sheet with one named table from A1 with its header, nothing merged, filtered or frozen.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

import xlsxwriter

from core.values.cells import csv_lines, neutral
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
    rows = template_rows(kept)
    return "".join(csv_lines([columns, *([row.get(name, "") for name in columns] for row in rows)]))


def template_xlsx(kept: KeptPlan, author: str, made_at: datetime) -> bytes:
    """A workbook of one sheet; numbers are numbers, everything else is text."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    columns, rows = columns_of(kept), template_rows(kept)
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties(
            {
                "title": kept.plan.name,
                "subject": "Rows of the plan, to be changed and handed in again",
                "author": author,
                "company": author,
                "created": made_at.replace(tzinfo=None),
            }
        )
        sheet = book.add_worksheet("Plan")
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        number = book.add_format({"valign": "top"})
        for at, name in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(name, WIDEST if name.endswith("wording") else WIDE))
            for down, row in enumerate(rows, start=1):
                value = row.get(name, "")
                if isinstance(value, int):
                    sheet.write_number(down, at, value, number)
                elif value or name not in NUMBERS:
                    sheet.write_string(down, at, neutral(value), text)
        headers = [{"header": name} for name in columns]
        table = {"name": "Plan", "columns": headers, "autofilter": False}
        sheet.add_table(0, 0, max(len(rows), 1), len(columns) - 1, table)
    return content.getvalue()
