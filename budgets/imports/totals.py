"""Whether the totals that a file carries are those of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgets.imports.columns import AMOUNTS
from budgets.imports.said import Said
from budgets.rules.money import written
from budgets.rules.periods import Period
from uploads.tables.problem import Problem


@dataclass
class _Sum:
    """Of each column what the rows come to, in pence, by side; ``whole`` while all of them could be read."""

    whole: bool = True
    expenditure: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AMOUNTS, 0))
    income: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AMOUNTS, 0))

    def take(self, said: Said) -> None:
        if said.unplaced or said.problems or said.line is None:
            self.whole = False
            return
        side = self.income if said.line.is_income else self.expenditure
        for name, pence in said.pence.items():
            side[name] += pence


class Totals:
    """Takes the rows in the file's order, totals among them.

    A total that names a period is held against all rows of that period, one that names none against the rows since
    the last such total. It may be the plain sum, or expenditure less income. Where a row can't be read there is
    nothing to hold it against.
    """

    def __init__(self) -> None:
        self._of: dict[Period, _Sum] = defaultdict(_Sum)
        self._since = _Sum()
        self._stated: list[tuple[Said, _Sum]] = []

    def take(self, said: Said) -> None:
        if not said.total:
            self._since.take(said)
            if said.period is not None:
                self._of[said.period].take(said)
            return
        if said.unplaced or said.problems:
            return
        if said.period is not None:
            self._stated.append((said, self._of[said.period]))
        else:
            self._stated.append((said, self._since))
            self._since = _Sum()

    def problems(self) -> Iterator[Problem]:
        """Once every row was taken."""
        for said, found in self._stated:
            for name, pence in said.pence.items():
                spent, income = found.expenditure[name], found.income[name]
                if found.whole and pence not in (spent + income, spent - income):
                    yield Problem(said.number, name, _words(pence, spent, income))


def _words(pence: int, spent: int, income: int) -> str:
    rows = f"expenditure of {written(spent)} less income of {written(income)}" if income else written(spent)
    apart = written(abs(pence - (spent - income)))
    return f"The total says {written(pence)}, and its rows come to {rows}: {apart} apart."
