"""What each line of a book comes to, year by year, up its tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.models import Amount, Book, Line
from budgets.rules.tree import Line as Branch
from budgets.rules.tree import Side, Sums, Tree


@dataclass(frozen=True)
class Amounts:
    """A book's lines from the top down, and their sums by figure, year and code; a line without amounts is missing."""

    lines: Sequence[Line]
    sums: Mapping[tuple[str, int], Mapping[str, Sums]]

    def of(self, figure: str, year: int, code: str) -> Sums | None:
        """None where nothing is known of the year."""
        return self.sums.get((figure, year), {}).get(code)


def amounts_of(book: Book) -> Amounts:
    """Budgets, by the latest version that names each line, and printed actuals. Two queries."""
    lines = list(book.lines.select_related("parent"))
    found: dict[tuple[str, int], dict[str, int | None]] = {}
    rows = Amount.objects.filter(line__book=book, figure__in=[Amount.Figure.BUDGET, Amount.Figure.ACTUAL])
    cells = rows.order_by("version__number").values_list("figure", "year", "line__code", "hundredths")
    for figure, year, code, hundredths in cells:
        found.setdefault((figure, year), {})[code] = hundredths
    tree = Tree(
        Branch(line.code, line.parent.code if line.parent else None, Side(line.side) if line.side else None)
        for line in lines
    )
    return Amounts(lines, {key: tree.sums(amounts) for key, amounts in found.items()})
