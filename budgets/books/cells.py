"""Every cell of a book as its rules take it: code, figure and year, with the amount that holds."""

from __future__ import annotations

from collections.abc import Iterable

from budgets.models import Amount, Book, Stated
from budgets.rules.assertions import Cell
from core.values.months import ContractYear


def cells_of(books: Iterable[Book]) -> dict[int, dict[Cell, int | None]]:
    """By the key of each book, in hundredths; None where a cell is empty. Two queries, however many books.

    Of budgets the latest version holds, without what both parties agreed here since: no document prints it.
    """
    cells: dict[int, dict[Cell, int | None]] = {book.pk: {} for book in books}
    printed = Amount.objects.filter(line__book__in=cells, version__proposal__isnull=True)
    for book, code, figure, year, hundredths in printed.order_by("version__number").values_list(
        "line__book", "line__code", "figure", "year", "hundredths"
    ):
        cells[book][Cell(code, figure, ContractYear(year).label)] = hundredths
    for book, code, stated_year, hundredths in Stated.objects.filter(book__in=cells).values_list(
        "book", "code", "year", "hundredths"
    ):
        year_label = ContractYear(stated_year).label if stated_year else ""
        cells[book][Cell(code, "stated", year_label)] = hundredths
    return cells
