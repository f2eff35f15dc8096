"""Counts what became of the rows of a table, each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, Change


@dataclass(frozen=True)
class Tally:
    """Numbers of rows. ``unread`` are those that nobody looked at: all of them where the header is wrong."""

    total: int
    wrong: int
    new: int
    changed: int
    same: int
    left_out: int

    @property
    def unread(self) -> int:
        return self.total - self.wrong - self.new - self.changed - self.same - self.left_out


def tally(total: int, wrong: int, changes: Iterable[Change]) -> Tally:
    """``wrong`` is the number of rows with a problem, and ``changes`` hold every other row that was looked at."""
    kinds = Counter(change["kind"] for change in changes)
    return Tally(total, wrong, kinds[NEW], kinds[CHANGED], kinds[SAME], kinds[LEFT_OUT])
