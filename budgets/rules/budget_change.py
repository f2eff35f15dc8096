"""What a change of a year's budget comes to, and whether it is what it is called.

Source: chosen, as councils keep their budgets. A virement moves money between lines and comes to nil; growth gives a
book more, and savings less, than it had. What counts is the net budget: expenditure less income.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgets.rules.money import written
from budgets.rules.tree import Side
from core.values.words import says_something


class Kind(StrEnum):
    VIREMENT = "virement"
    GROWTH = "growth"
    SAVINGS = "savings"


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line's budget of the year, in pence; ``before`` is None where it had none, and then all of it is new."""

    before: int | None
    after: int
    side: Side = Side.EXPENDITURE

    @property
    def difference(self) -> int:
        return self.after - (self.before or 0)

    @property
    def net(self) -> int:
        """What it takes from the money there is: more income gives some."""
        return -self.difference if self.side is Side.INCOME else self.difference


def net_of(changes: Sequence[LineChange]) -> int:
    return sum(change.net for change in changes)


def missing(kind: Kind, changes: Sequence[LineChange], words: str) -> Iterator[str]:
    """Each thing that keeps a change from being proposed, and what to do."""
    if not says_something(words):
        yield "Say why the budget changes."
    if not changes:
        yield "Give at least one line another budget."
        return
    if fault := _misnamed(kind, net_of(changes)):
        yield fault


def _misnamed(kind: Kind, net: int) -> str:
    """Why a change that comes to so much isn't what it is called; empty where it is."""
    amount, same = written(abs(net)), "the same as before"
    if kind is Kind.VIREMENT and net > 0:
        return f"A virement comes to nil; this one adds {amount}. Take as much from other lines, or call it growth."
    if kind is Kind.VIREMENT and net < 0:
        return f"A virement comes to nil; this one takes {amount}. Give as much to other lines, or call it savings."
    if kind is Kind.GROWTH and net <= 0:
        return f"Growth comes to more than before; this comes to {f'{amount} less' if net else same}."
    if kind is Kind.SAVINGS and net >= 0:
        return f"Savings come to less than before; this comes to {f'{amount} more' if net else same}."
    return ""
