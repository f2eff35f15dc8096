"""What is wrong with a table that somebody handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a table. Row 0 is the table as a whole.

    ``cell`` names a cell that stands in no column of the table; of the others, row and column say where they are.
    """

    row: int
    column: str
    message: str
    cell: str = ""

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.message}"
