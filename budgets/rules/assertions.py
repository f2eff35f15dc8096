"""A printed total held against what its lines come to.

Source: the rules of the contract's money: totals that are printed must come out of the lines, and where they don't,
the difference stands there in full. A line without an amount leaves a total unproved, which is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgets.rules.money import Unit


@dataclass(frozen=True, slots=True)
class Reckoned:
    """In pence: what is printed, what its terms come to, and how far the two may be apart."""

    printed: int
    computed: int | None
    tolerance: int

    @property
    def difference(self) -> int | None:
        """Computed minus printed; None where a term is missing."""
        return None if self.computed is None else self.computed - self.printed

    @property
    def holds(self) -> bool | None:
        """Whether the two are as near as they must be; None where nobody can say."""
        return None if self.difference is None else abs(self.difference) <= self.tolerance


def reckon(printed: int, terms: Iterable[tuple[int, int | None]], tolerance: int = 0) -> Reckoned:
    """``terms`` are signs (1 or -1) with amounts in pence. ValueError for a tolerance below nil."""
    if tolerance < 0:
        raise ValueError("A tolerance is nil or more.")
    computed = 0
    for sign, amount in terms:
        if amount is None:
            return Reckoned(printed, None, tolerance)
        computed += sign * amount
    return Reckoned(printed, computed, tolerance)


def rounding(unit: Unit, places: int) -> int:
    """How far an amount printed with so many decimals may be from the exact one: £1.643m with three, by £500.

    In pence: half a unit of the last decimal. ValueError where the decimals reach the penny: nothing was rounded.
    """
    if not 0 <= places < unit.places:
        raise ValueError(f"Nothing is rounded at {places} decimals of {unit.value}.")
    return 10 ** (unit.places - places) // 2
