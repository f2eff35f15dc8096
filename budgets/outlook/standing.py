"""How far lines are from their budget: of all of them the sums, and those that a page shows, off track first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Status, Variance, status_of, variance_of

ORDER = (Status.RED, Status.AMBER, Status.GREEN, Status.NONE)
# A book of so few lines is shown whole. Of a larger one stand here those off track, the dearest first, and where
# they are few, the nearest to it.
WHOLE, MOST, FEWEST = 12, 20, 8


class LineMoney(NamedTuple):
    """A line by its key, in pence: its budget, and what is set against it; either may be missing."""

    line: int
    side: Side
    budget: int | None
    money: int | None
    moved: int | None = None

    @property
    def costs(self) -> int | None:
        """Pence that it takes beyond its budget; less income counts as well."""
        if self.budget is None or self.money is None:
            return None
        over = self.money - self.budget
        return -over if self.side is Side.INCOME else over

    @property
    def variance(self) -> Variance | None:
        base = Base(Of.INCOME if self.side is Side.INCOME else Of.GROSS, self.budget or 0)
        return variance_of(self.budget, self.money, base, self.side)


@dataclass(frozen=True)
class Judged:
    """A line with its status."""

    money: LineMoney
    variance: Variance | None
    status: Status


@dataclass(frozen=True)
class Standing:
    """Lines to show, off track first; ``off_track`` counts all that are, and ``unshown`` those left out."""

    shown: Sequence[Judged]
    off_track: int
    unshown: int


def standing_of(lines: Sequence[LineMoney], limits: Limits) -> Standing:
    """Only lines beyond the lowest of the limits are judged one by one, since no other can be off track."""
    lowest = min(limits.red, limits.amber)
    beyond: list[LineMoney] = []
    within: list[LineMoney] = []
    for one in lines:
        costs = one.costs
        (beyond if costs is not None and costs > lowest else within).append(one)
    judged = sorted(_judged(beyond, limits), key=_off_track_first)
    off_track = sum(one.status in (Status.RED, Status.AMBER) for one in judged)
    few = len(lines) <= WHOLE
    room = WHOLE if few else max(FEWEST, min(off_track, MOST))
    rest = nlargest(max(0, room - len(judged)), within, key=_nearest_first)
    shown = [*judged, *sorted(_judged(rest, limits), key=_off_track_first)]
    shown = sorted(shown, key=_off_track_first)[:room]
    return Standing(shown, off_track, len(lines) - len(shown))


def _judged(lines: Iterable[LineMoney], limits: Limits) -> list[Judged]:
    found = ((one, one.variance) for one in lines)
    return [Judged(one, variance, status_of(variance, limits)) for one, variance in found]


def _off_track_first(one: Judged) -> tuple[int, int, int]:
    """By status, then the dearest first, then as they stand in the book."""
    return ORDER.index(one.status), -(one.money.costs or 0), one.money.line


def _nearest_first(one: LineMoney) -> tuple[bool, int, int]:
    """Lines that have no variance last."""
    costs = one.costs
    return costs is not None, costs or 0, -one.line
