"""The columns in which a plan comes and goes as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from uploads.tables.layout import Layout
from uploads.tables.problem import Problem
from uploads.tables.table import Head

# What is read of each column, as the page says it.
COLUMNS = {
    "priority": "Number, name or both: 1 Leadership",
    "lead": "Who leads the priority, by role",
    "reference": "The recommendation’s references; the first names its row: OR1, MV6",
    "recommendation": "Short title of the recommendation",
    "recommendation wording": "Its full wording",
    "success": "What good looks like, a line each",
    "action number": "1, 2, 3 within the recommendation",
    "action": "Short title of the action",
    "action wording": "Its full wording",
    "target": "Month, like 2020-03 or Mar 2020; or where the date stands: see impact workbook",
    "owners": "Roles, with semicolons between them",
    "side": "On whose side a new role stands: Trust, Council, Police, Health",
    "phase 1": "Was it done? Of a plan without actions only",
    "phase 2": "Did it make a difference? Of a plan without actions only",
    "review day": "Day on which the statuses stood, like 2019-09-23",
    "measure number": "1, 2, 3 within the recommendation",
    "measure": "Short title of the impact measure",
    "measure wording": "Its full wording",
}
# Only a plan that begins by the file.
AT_FIRST = ("phase 1", "phase 2", "review day")
TEMPLATE = tuple(name for name in COLUMNS if name not in (*AT_FIRST, "side"))
# Of a cell that is merged over several rows the first has the words, and those below it stand for the same.
MERGED = ("priority", "lead", "reference", "recommendation", "recommendation wording", "success")

_ALSO = {
    "priority": ("priority number", "priority name", "priority area"),
    "lead": ("priority lead", "lead officer"),
    "reference": (
        "ref", "ref.", "refs", "reference(s)", "references", "recommendation reference", "recommendation ref",
        "recommendation number", "recommendation no", "recommendation no.",
    ),
    "recommendation": ("recommendation title", "recommendations", "recommendation(s)"),
    "recommendation wording": ("recommendation in full", "full recommendation", "wording of recommendation"),
    "success": ("success criteria", "what good looks like", "what success looks like", "success measures"),
    "action number": ("action no", "action no.", "no", "no.", "number", "#"),
    "action": ("action title", "actions", "action(s)"),
    "action wording": ("action in full", "full action", "wording of action"),
    "target": ("target date", "target month", "due", "due date", "timescale", "deadline", "by when"),
    "owners": ("owner", "owner(s)", "action owner", "action owners", "responsible", "by whom", "who"),
    "side": ("side of owner", "owner side", "sides"),
    "phase 1": ("phase1", "phase 1 status", "phase1 status", "status phase 1"),
    "phase 2": ("phase2", "phase 2 status", "phase2 status", "status phase 2"),
    "review day": ("review date", "reviewed", "reviewed on", "status date"),
    "measure number": ("measure no", "measure no."),
    "measure": ("measure title", "measures", "impact measure", "impact measures"),
    "measure wording": ("measure in full", "full measure", "wording of measure"),
}  # fmt: skip
_CODE = "[A-Za-z]{1,4} ?[0-9]{1,3}"
ALIASES = {also: name for name, others in _ALSO.items() for also in others}
ALIASES |= {name.replace(" ", "_"): name for name in COLUMNS if " " in name}
LAYOUT = Layout(
    key=("reference",),
    known=tuple(COLUMNS),
    numbers=("action number", "measure number"),
    aliases=ALIASES,
    merged=MERGED,
    # Full wordings have line breaks: a line of one is no row because it has as many commas.
    told_by={"reference": rf"{_CODE}(?:[,;/& ]+{_CODE})*"},
)
SHOWN = 40


def check_header(head: Head) -> list[Problem]:
    """Every column once, none unknown, and the references among them."""
    if not set(head.columns) & set(COLUMNS):
        words = f"No row names the columns. Put this one above the rows: {', '.join(TEMPLATE)}."
        return [Problem(head.number, "header", words)]
    problems = []
    for name, times in Counter(head.columns).items():
        if name not in COLUMNS:
            problems.append(Problem(head.number, name[:SHOWN], f"Unknown column. {_known()}"))
        elif times > 1:
            problems.append(Problem(head.number, name, "This column stands twice. Keep one."))
    if "reference" not in head.columns:
        problems.append(Problem(head.number, "reference", "This column is missing: it tells the rows apart."))
    return problems


def _known() -> str:
    return f"Take it out, or call it one of {_listed(list(COLUMNS))}."


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
