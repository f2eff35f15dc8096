"""Sums of budget lines up their tree: gross expenditure, income, and net, which is gross less income.

Source: the directorate's printed tables ("Total Gross Expenditure", "Total Income", "Grand Total"). Income is kept as
it is printed, above nil. A missing amount is never nil: sums say how many of their lines have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple


class Side(StrEnum):
    EXPENDITURE = "expenditure"
    INCOME = "income"


class Line(NamedTuple):
    """A line of a book. Only a line without lines below it has a side and an amount of its own."""

    code: str
    parent: str | None
    side: Side | None = None


class Sums(NamedTuple):
    """What the lines below a line come to, in pence, and how many of them have no amount."""

    gross: int = 0
    income: int = 0
    missing: int = 0

    @property
    def net(self) -> int:
        return self.gross - self.income


class NoTree(ValueError):
    """The lines are no tree, or an amount has no place in it; the words name the line."""


class Tree:
    """The order in which lines add up, found once for all years, months and versions of a book.

    ``lines`` come in any order, and several may have no parent. NoTree for a code that comes twice, a parent that is
    not among them, lines that lead in a circle, and a line that has neither a side nor lines below it.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self._places = {line.code: place for place, line in enumerate(lines)}
        if len(self._places) < len(lines):
            twice = next(code for code, times in Counter(line.code for line in lines).items() if times > 1)
            raise NoTree(f"The line {twice} comes twice.")
        self._parents = [self._parent(line) for line in lines]
        self._sides = [line.side for line in lines]
        self._leaves = self._without_lines_below()
        self._upward = self._from_the_leaves()

    def sums(self, amounts: Mapping[str, int | None]) -> dict[str, Sums]:
        """The sums of each line, by code, in the order of the lines; ``amounts`` are whole pence of leaves.

        A leaf that ``amounts`` does not name, or names with None, is missing. NoTree for an amount that is no leaf's.
        """
        self._refuse_strangers(amounts)
        gross, income, missing = ([0] * len(self._places) for _ in range(3))
        for code, place in self._leaves.items():
            amount = amounts.get(code)
            if amount is None:
                missing[place] = 1
            elif self._sides[place] is Side.INCOME:
                income[place] = amount
            else:
                gross[place] = amount
        for column in (gross, income, missing):
            self._carry_up(column)
        return dict(zip(self._places, map(Sums, gross, income, missing), strict=True))

    def _carry_up(self, column: list[int]) -> None:
        parents = self._parents
        for place in self._upward:
            column[parents[place]] += column[place]

    def _refuse_strangers(self, amounts: Mapping[str, int | None]) -> None:
        for code in [code for code in amounts if code not in self._leaves]:
            if code not in self._places:
                raise NoTree(f"There is no line {code}.")
            if amounts[code] is not None:
                raise NoTree(f"The line {code} is a sum of others and has no amount of its own.")

    def _parent(self, line: Line) -> int:
        """The place of the line above; -1 where there is none."""
        if line.parent is None:
            return -1
        if line.parent not in self._places:
            raise NoTree(f"The line {line.code} stands below {line.parent}, which is no line of the book.")
        return self._places[line.parent]

    def _without_lines_below(self) -> dict[str, int]:
        """The places of the lines that add up nothing, by code."""
        above = set(self._parents)
        leaves = {code: place for code, place in self._places.items() if place not in above}
        for code, place in leaves.items():
            if self._sides[place] is None:
                raise NoTree(f"The line {code} is neither expenditure nor income.")
        return leaves

    def _from_the_leaves(self) -> list[int]:
        """The places of the lines that have a parent, each after all that stand below it."""
        below: TopologicalSorter[int] = TopologicalSorter()
        for place in set(self._parents).difference((-1,)):
            below.add(self._parents[place], place)
        try:
            upward = [*self._leaves.values(), *below.static_order()]
        except CycleError as circle:
            code = list(self._places)[min(circle.args[1])]
            raise NoTree(f"The line {code} leads back to itself.") from None
        return [place for place in upward if place >= 0 and self._parents[place] >= 0]
