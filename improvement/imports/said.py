"""What each row of a file says, cell by cell: read, filled down where a cell is merged or empty, every fault told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.values.cells import original, trimmed
from core.values.texts import keepable
from improvement.imports.kept import KeptPlan
from improvement.imports.placing import Placing
from improvement.imports.written import (
    day_written,
    number_written,
    parts_written,
    priority_written,
    references_written,
    side_written,
    status_written,
    target_written,
)
from improvement.models.plan import TITLE, WORDS
from improvement.plans.lines import lines_written
from uploads.tables.problem import Problem
from uploads.tables.table import Row

# How much a cell may hold, and which field of what it says.
TITLES = {"lead": "lead", "recommendation": "title", "action": "title", "measure": "title"}
WORDINGS = ("recommendation wording", "action wording", "measure wording")
OF_ACTION = ("action number", "action", "action wording", "target", "owners", "side", "phase 1", "phase 2")
OF_MEASURE = ("measure number", "measure", "measure wording")
OF_ROW = ("recommendation", "recommendation wording", "success")
# A row in which nothing else stands than its priority is a heading.
SAYING = ("reference", *OF_ROW, *OF_ACTION, *OF_MEASURE)


@dataclass(frozen=True)
class Said:
    """One row: ``priority`` its number, ``row`` the code of its recommendation; None where it is a heading.

    The others hold what is said of each, by field; an empty mapping says nothing of it.
    """

    number: int
    priority: int | None
    row: str | None
    of_priority: Mapping[str, Any] = field(default_factory=dict)
    of_row: Mapping[str, Any] = field(default_factory=dict)
    of_action: Mapping[str, Any] = field(default_factory=dict)
    of_measure: Mapping[str, Any] = field(default_factory=dict)


class Reader:
    """Reads row by row; ``problems`` grows, nothing is raised, so that all faults are told at once."""

    def __init__(self, kept: KeptPlan, today: date) -> None:
        self.kept, self.today = kept, today
        self.problems: list[Problem] = []
        self.placing = Placing(kept)
        self.sides: dict[str, str] = {}
        self.roles_told: int | None = None
        self.day: date | None = None

    def said(self, row: Row) -> Said:
        cells = _Cells(row, self.problems)
        of_priority = cells.texts({"lead": "lead"})
        heading = not any(cells.given(name) for name in SAYING)
        priority = self._priority(cells)
        code = None if heading else self._row(cells, priority)
        if heading:
            return Said(row.number, priority, None, of_priority)
        number = self.placing.priority_of(code) if code else priority
        if code and number is None and not cells.given("priority"):
            cells.say("priority", f"{code} is new: say in which priority it stands.")
        of_row = cells.texts({"recommendation": "title", "recommendation wording": "wording"})
        if success := cells.read("success", lines_written):
            of_row["success"] = success
        return Said(row.number, number, code, of_priority, of_row, self._action(cells), self._measure(cells))

    def _priority(self, cells: _Cells) -> int | None:
        written = cells.read("priority", priority_written)
        if written is None:
            return self.placing.current_priority
        try:
            return self.placing.enter_priority(*written)
        except ValueError as error:
            cells.say("priority", str(error))
            return None

    def _row(self, cells: _Cells, priority: int | None) -> str | None:
        """The code that names the row's recommendation; None where that can't be told, which is said then."""
        codes = cells.read("reference", lambda text: references_written(text, self.kept.code))
        if codes is None and cells.given("reference"):
            self.placing.leave_row()
            return None
        try:
            return self.placing.enter_row(codes, priority, named=cells.given("priority"))
        except ValueError as error:
            cells.say("reference", str(error))
            return None

    def _action(self, cells: _Cells) -> dict[str, Any]:
        if not any(cells.given(name) for name in OF_ACTION):
            return {}
        said = cells.texts({"action": "title", "action wording": "wording"})
        for column, name, read in (
            ("action number", "number", number_written),
            ("target", "target", target_written),
            ("phase 1", "phase1", status_written),
            ("phase 2", "phase2", status_written),
        ):
            if (value := cells.read(column, read)) is not None:
                said[name] = value
        if roles := self._owners(cells):
            said["owners"] = roles
        self._review_day(cells)
        return said if cells.numbered("action number", said) else {}

    def _review_day(self, cells: _Cells) -> None:
        day = cells.read("review day", lambda text: day_written(text, self.today))
        if day is None:
            return
        self.day = self.day or day
        if day != self.day:
            cells.say("review day", f"Above it stands {self.day}: all statuses of a file stand for one day.")

    def _owners(self, cells: _Cells) -> list[str]:
        """The roles as the plan writes them. A new one needs its side."""
        written = cells.read("owners", parts_written) or []
        sides = self._sides(cells)
        roles = []
        for place, role in enumerate(written):
            if (known := self.kept.owners.get(role.lower())) is not None:
                roles.append(known.role)
                continue
            side = sides[place] if len(sides) == len(written) else sides[0] if len(sides) == 1 else ""
            roles.append(self._new_owner(cells, role, side))
        return list(dict.fromkeys(roles))

    def _sides(self, cells: _Cells) -> list[str]:
        return cells.read("side", lambda text: [side_written(part) for part in text.split(";")]) or []

    def _new_owner(self, cells: _Cells, role: str, side: str) -> str:
        known = next((name for name in self.sides if name.lower() == role.lower()), role)
        if len(role) > TITLE:
            cells.say("owners", f"A role has at most {TITLE} characters.")
        elif not side and known not in self.sides:
            cells.say("owners", f"“{role}” is no owner of this plan. {self._roles(cells.row.number)}")
        elif self.sides.setdefault(known, side) != side and side:
            cells.say("side", f"“{role}” stands on another side in a row above.")
        return known

    def _roles(self, row: int) -> str:
        """Which roles there are: a long list, told once."""
        if self.roles_told not in (None, row):
            return f"The roles that there are stand with row {self.roles_told}."
        self.roles_told = row
        roles = "; ".join(sorted(owner.role for owner in self.kept.owners.values()))
        there = f"There are: {roles}. Take one of them" if roles else "It has none yet. Correct the role"
        return f"{there}, or give the side of a new one in a column “side”."

    def _measure(self, cells: _Cells) -> dict[str, Any]:
        said = cells.texts({"measure": "title", "measure wording": "wording"})
        if (number := cells.read("measure number", number_written)) is not None:
            said["number"] = number
        return said if cells.numbered("measure number", said) else {}


class _Cells:
    """The cells of one row as a person sees them."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row, self.problems = row, problems
        for cell, words in row.surplus.items():
            problems.append(Problem(row.number, "header", words, cell))
        for column, words in row.unread.items():
            self.say(column, words)

    def say(self, column: str, words: str) -> None:
        self.problems.append(Problem(self.row.number, column, words))

    def given(self, column: str) -> bool:
        return bool(self.row.cells.get(column, "").strip()) or column in self.row.unread

    def numbered(self, column: str, said: Mapping[str, Any]) -> bool:
        """Whether the number could be read, if one is given: without it, the row would be taken for another's."""
        return "number" in said or not self.given(column)

    def text(self, column: str) -> str:
        """Empty for one that can't be kept, which is said."""
        text = original(trimmed(self.row.cells.get(column, ""))).replace("\r\n", "\n").replace("\r", "\n")
        most = TITLE if column in TITLES else WORDS
        if not keepable(text):
            self.say(column, "This cell holds signs that can’t be kept. Type it anew.")
        elif len(text) > most:
            remedy = " Put the full text under its wording." if f"{column} wording" in WORDINGS else ""
            self.say(column, f"This is longer than {most:,} characters ({len(text):,}).{remedy}")
        else:
            return text
        return ""

    def texts(self, columns: Mapping[str, str]) -> dict[str, Any]:
        """The texts of columns, by the name of their field; what is empty says nothing."""
        found = {name: self.text(column) for column, name in columns.items()}
        return {
            name: " ".join(text.split()) if name != "wording" else text
            for name, text in found.items()
            if text
        }

    def read(self, column: str, how: Callable[[str], Any]) -> Any:
        """What the cell stands for; None where it is empty, or wrong, which is said."""
        text = self.text(column)
        if not text:
            return None
        try:
            return how(text)
        except ValueError as error:
            self.say(column, str(error))
            return None


def read_rows(
    kept: KeptPlan, rows: Sequence[Row], today: date, progress: Callable[[int], None]
) -> tuple[list[Said], Reader]:
    """What every row says, and the reader with all that is wrong. ``progress`` hears how many are read."""
    reader, said = Reader(kept, today), []
    for done, row in enumerate(rows, start=1):
        said.append(reader.said(row))
        progress(done)
    return said, reader
