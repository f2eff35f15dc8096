"""What each line of a book comes to, year by year, up its tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q

from budgets.models import Amount, Book, Line
from budgets.rules.tree import Line as Branch
from budgets.rules.tree import Side, Sums, Tree
from core import clock


@dataclass(frozen=True)
class Amounts:
    """A book's lines from the top down, and their sums by figure, year and code; a line without amounts is missing.

    ``below`` is of how many lines with amounts of their own each consists, by code.
    """

    lines: Sequence[Line]
    sums: Mapping[tuple[str, int], Mapping[str, Sums]]
    below: Mapping[str, int]
    made_up: Set[tuple[str, int]] = frozenset()  # figures and years of which something is illustrative

    def of(self, figure: str, year: int, code: str) -> Sums | None:
        """None where nothing is known of the year."""
        return self.sums.get((figure, year), {}).get(code)

    def pence(self, figure: str, year: int, line: Line) -> int | None:
        """What a line takes in or spends, by its side; what has none is expenditure less income.

        None where nothing is known: a line without its amount, and a sum of lines none of which has one.
        """
        sums = self.of(figure, year, line.code)
        if sums is None or sums.missing == self.below[line.code]:
            return None
        if line.side == Line.Side.INCOME:
            return sums.income
        return sums.gross if line.side else sums.net

    def partial(self, figure: str, year: int, line: Line) -> str:
        """ "5 of 6 lines" where a sum rests on some of its lines alone; else empty."""
        sums, below = self.of(figure, year, line.code), self.below[line.code]
        return lines_counted(below - sums.missing, below) if sums else ""


def lines_counted(known: int, of: int) -> str:
    """ "5 of 6 lines"; empty where nothing is missing, or nothing is known."""
    return f"{known:,} of {of:,} lines" if 0 < known < of else ""


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


def budgets_of(
    lines: Iterable[Line] | models.QuerySet[Line], year: int, known: date | None = None
) -> dict[int, int | None]:
    """The year's budget by the key of each line, by the latest version that names it; with ``known`` of those agreed by
    the end of that day. One query.
    """
    named = lines if isinstance(lines, models.QuerySet) else [line.pk for line in lines]
    rows = Amount.objects.filter(line__in=named, figure=Amount.Figure.BUDGET, year=year)
    if known is not None:
        agreed = Q(version__proposal__answer__taken_at__lt=clock.end_of(known))
        rows = rows.filter(Q(version__proposal__isnull=True) | agreed)
    return dict(rows.order_by("version__number").values_list("line_id", "hundredths"))


def _added_up(
    lines: Sequence[Line],
    found: Mapping[tuple[str, int], Mapping[str, int | None]],
    made_up: Set[tuple[str, int]],
) -> Amounts:
    tree = Tree(
        Branch(line.code, line.parent.code if line.parent else None, Side(line.side) if line.side else None)
        for line in lines
    )
    # Without any amount all are missing.
    below = {code: sums.missing for code, sums in tree.sums({}).items()}
    return Amounts(lines, {key: tree.sums(amounts) for key, amounts in found.items()}, below, made_up)
