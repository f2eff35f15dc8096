"""What each line of a book comes to, year by year, up its tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from budgets.models import Amount, Book, Line
from budgets.rules.tree import Line as Branch
from budgets.rules.tree import Side, Sums, Tree


@dataclass(frozen=True)
class Amounts:
    """A book's lines from the top down, and their sums by figure, year and code; a line without amounts is missing."""

    lines: Sequence[Line]
    sums: Mapping[tuple[str, int], Mapping[str, Sums]]
    made_up: Set[tuple[str, int]] = frozenset()  # figures and years of which something is illustrative

    def of(self, figure: str, year: int, code: str) -> Sums | None:
        """None where nothing is known of the year."""
        return self.sums.get((figure, year), {}).get(code)


def amounts_of(books: Sequence[Book]) -> dict[int, Amounts]:
    """By the key of each book: budgets, by the latest version that names a line, and printed actuals. Two queries."""
    lines: dict[int, list[Line]] = {book.pk: [] for book in books}
    for line in Line.objects.filter(book__in=books).select_related("parent"):
        lines[line.book_id].append(line)
    found: dict[int, dict[tuple[str, int], dict[str, int | None]]] = {book.pk: {} for book in books}
    figures = [Amount.Figure.BUDGET, Amount.Figure.ACTUAL]
    rows = Amount.objects.filter(line__book__in=books, figure__in=figures).order_by("version__number")
    made_up: dict[int, set[tuple[str, int]]] = {book.pk: set() for book in books}
    for book, figure, year, code, hundredths, illustrative in rows.values_list(
        "line__book", "figure", "year", "line__code", "hundredths", "version__illustrative"
    ):
        found[book].setdefault((figure, year), {})[code] = hundredths
        if illustrative:
            made_up[book].add((figure, year))
    return {book.pk: _added_up(lines[book.pk], found[book.pk], made_up[book.pk]) for book in books}


def _added_up(
    lines: Sequence[Line],
    found: Mapping[tuple[str, int], Mapping[str, int | None]],
    made_up: Set[tuple[str, int]],
) -> Amounts:
    tree = Tree(
        Branch(line.code, line.parent.code if line.parent else None, Side(line.side) if line.side else None)
        for line in lines
    )
    return Amounts(lines, {key: tree.sums(amounts) for key, amounts in found.items()}, made_up)
