"""What was handed in, as sentences call it: a file, or rows that were pasted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """``the`` and ``this`` name it within a sentence; ``it`` is what something was saved from, or was done with once it
    was named; ``was`` follows the name of it.
    """

    the: str
    this: str
    it: str
    was: str

    @property
    def opening(self) -> str:
        """The beginning of a sentence about it: "This file was"."""
        return f"{self.this.capitalize()} {self.was}"


FILE = Given("the file", "this file", "it", "was")
ROWS = Given("the rows", "these rows", "them", "were")


def words_for(pasted: bool) -> Given:
    return ROWS if pasted else FILE
