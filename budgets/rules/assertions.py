"""Whether a printed total comes out of what it is made of.

A printed total is an assertion about cells of a book. It is computed exactly from them, rounded as finely as it was
printed, and compared. All amounts are whole hundredths: pence, or hundredths of heads and posts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Cell:
    """One amount of a book: ``figure`` is budget, actual, headcount, fte, or stated for what stands in no line."""

    code: str
    figure: str
    year: str


@dataclass(frozen=True)
class Term:
    """``sign`` is 1 where the cell is added and -1 where it is taken away."""

    sign: int
    cell: Cell


@dataclass(frozen=True)
class Asserted:
    """``step`` is how finely ``printed`` is printed; a difference up to ``tolerance`` still agrees."""

    terms: tuple[Term, ...]
    printed: int
    step: int = 1
    tolerance: int = 0


@dataclass(frozen=True)
class Outcome:
    """``exact`` is the sum of the cells and ``computed`` the same as finely as it was printed, halves away from zero.

    ``difference`` is computed minus printed. All three are None where a cell is ``missing``: an empty cell is no nil.
    """

    printed: int
    exact: int | None
    computed: int | None
    difference: int | None
    agrees: bool
    missing: tuple[Cell, ...] = ()


def outcome(asserted: Asserted, amounts: Mapping[Cell, int | None]) -> Outcome:
    """What becomes of one assertion, from the amounts of single lines."""
    found = [(term, amounts.get(term.cell)) for term in asserted.terms]
    missing = tuple(term.cell for term, amount in found if amount is None)
    if missing:
        return Outcome(asserted.printed, None, None, None, agrees=False, missing=missing)
    exact = sum(term.sign * amount for term, amount in found if amount is not None)
    computed = as_finely(exact, asserted.step)
    difference = computed - asserted.printed
    return Outcome(
        asserted.printed, exact, computed, difference, agrees=abs(difference) <= asserted.tolerance
    )


def as_finely(amount: int, step: int) -> int:
    """The amount rounded to a multiple of ``step``; halves go away from zero, as people round."""
    size = (abs(amount) + step // 2) // step * step
    return -size if amount < 0 else size
