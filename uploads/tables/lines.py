"""One line of a table as its file has it: cells of text, and the cells that can't be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LETTERS = 26
# So much of a cell is repeated when something is said about it.
SHOWN = 40


@dataclass(frozen=True)
class Line:
    """``number`` counts as a spreadsheet does, from 1; ``unread`` says, by place from 0, why a cell has no text.

    ``merged`` says the same of cells under a merged one. ``inner`` are the file's own lines that a quoted cell took in,
    each cut into cells as if nothing were quoted.
    """

    number: int
    cells: Sequence[str]
    unread: Mapping[int, str] = field(default_factory=dict)
    inner: Sequence[Sequence[str]] = ()
    merged: Mapping[int, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self.unread and not any(cell.strip() for cell in self.cells)


def column_letters(place: int) -> str:
    """The letters of a spreadsheet's column: 0 is "A", 26 is "AA"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(cell: str) -> str:
    """The beginning of a cell, to be repeated in a sentence."""
    words = " ".join(cell.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…"


def cell_name(place: int, number: int) -> str:
    """ "E2" """
    return f"{column_letters(place)}{number}"
