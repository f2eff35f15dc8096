"""Where a row of a file stands: in which priority, and in which recommendation; filled down from the rows above."""

from __future__ import annotations

from collections.abc import Sequence

from improvement.imports.kept import KeptPlan
from improvement.models.plan import TITLE

NO_REFERENCE = (
    "Say which recommendation this is about: no reference stands here, nor above it in this priority."
)


class Placing:
    """Knows what the plan has, and learns what the file adds to it, row by row."""

    def __init__(self, kept: KeptPlan) -> None:
        self.kept = kept
        self.names = {number: priority.name for number, priority in kept.priorities.items()}
        self.row_of = dict(kept.row_of)
        self.in_priority = {code: row.priority.number for code, row in kept.rows.items()}
        self.current_priority: int | None = next(iter(self.names)) if len(self.names) == 1 else None
        self.current_row: str | None = None

    def priority_of(self, row: str) -> int | None:
        """The number of the priority in which a row stands."""
        return self.in_priority.get(row)

    def new_references(self, row: str) -> list[str]:
        """The references of a row that the file adds."""
        return [code for code, of in self.row_of.items() if of == row]

    def enter_priority(self, number: int | None, name: str) -> int:
        """The number of the priority; from here on the rows stand in it. ValueError where it can't be that one."""
        if len(name) > TITLE:
            raise ValueError(f"A priority’s name has at most {TITLE} characters.")
        if number is None:
            number = self._number_of(name)
        elif name and (known := self.names.get(number)) is not None and not _alike(name, known):
            raise ValueError(f"Priority {number} is “{known}”. A file gives no priority another name.")
        if number not in self.names:
            if not name:
                raise ValueError(
                    f"Priority {number} is new: give its name where it comes first, like {number} Leadership."
                )
            self.names[number] = name
        if number != self.current_priority:
            self.current_priority, self.current_row = number, None
        return number

    def _number_of(self, name: str) -> int:
        known = (number for number, other in self.names.items() if _alike(name, other))
        return next(known, max(self.names, default=0) + 1)

    def leave_row(self) -> None:
        """What follows can't be filled down from here."""
        self.current_row = None

    def enter_row(self, codes: Sequence[str] | None, priority: int | None, *, named: bool) -> str:
        """The code of the row with these references; without any, of the one above. ValueError says what is wrong.

        ``named`` says that the row's own cell names its priority.
        """
        if codes is None:
            if self.current_row is None:
                raise ValueError(NO_REFERENCE)
            return self.current_row
        self.current_row = None
        rows = list(dict.fromkeys(self.row_of[code] for code in codes if code in self.row_of))
        if len(rows) > 1:
            raise ValueError(f"{' and '.join(rows)} are two recommendations of the plan, not one.")
        row = rows[0] if rows else codes[0]
        if rows and (more := [code for code in codes if code not in self.row_of]):
            raise ValueError(
                f"{row} stands there without {', '.join(more)}. A file adds no reference to a row."
            )
        stands = self.in_priority.get(row)
        if named and stands is not None and priority not in (None, stands):
            raise ValueError(
                f"{row} stands in priority {stands}, {self.names[stands]}. A file moves nothing."
            )
        if not rows:
            self.row_of |= dict.fromkeys(codes, row)
            if priority is not None:
                self.in_priority[row] = priority
        elif stands is not None:
            self.current_priority = stands
        self.current_row = row
        return row


def _alike(name: str, other: str) -> bool:
    return name.lower().split() == other.lower().split()
