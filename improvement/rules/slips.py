"""How far and how often the targets of actions slipped, counted: a move to an earlier month is no slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.values.months import Month
from improvement.rules.dates import months_slipped, moves_later

# Slips of so many months and more are counted together, and so are so many moves and more.
MANY_MONTHS, MANY_MOVES = 12, 3


@dataclass(frozen=True)
class Slip:
    """Of an action with a target: by how many months it is later than at first (below 0: earlier); later moves."""

    months: int
    moves: int
    finished: bool


@dataclass(frozen=True)
class Tally:
    """How many actions, those still open and the finished ones apart."""

    open: int
    finished: int

    @property
    def all(self) -> int:
        return self.open + self.finished


def slip_of(targets: Sequence[Month], finished: bool) -> Slip:
    """``targets``: every one that the action has had, in their order; at least one."""
    return Slip(months_slipped(targets[0], targets[-1]), moves_later(targets), finished)


def tally(slips: Iterable[Slip]) -> Tally:
    finished = [slip.finished for slip in slips]
    return Tally(finished.count(False), finished.count(True))


def by_moves(slips: Iterable[Slip]) -> list[Tally]:
    """How many were moved later never, once, twice, three times and more."""
    found = list(slips)
    return [
        tally(slip for slip in found if min(slip.moves, MANY_MOVES) == moves)
        for moves in range(MANY_MOVES + 1)
    ]


def by_months(slips: Iterable[Slip]) -> list[tuple[int, Tally]]:
    """How many slipped by 1 month, 2 months and so on without a gap, up to the furthest or MANY_MONTHS and more."""
    later = [slip for slip in slips if slip.months > 0]
    furthest = min(max((slip.months for slip in later), default=0), MANY_MONTHS)
    return [
        (months, tally(slip for slip in later if min(slip.months, MANY_MONTHS) == months))
        for months in range(1, furthest + 1)
    ]


def median(numbers: Iterable[int]) -> Fraction | None:
    """The middle one, exact: between two middle ones it lies half way. None of none."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return Fraction(ordered[middle] + ordered[-middle - 1], 2)
