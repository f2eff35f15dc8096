"""Every cell of a book as its rules take it: code, figure and year, with the amount that holds."""

from __future__ import annotations

from budgets.models import Amount, Book, Stated
from budgets.rules.assertions import Cell
from core.values.months import ContractYear


def cells_of(book: Book) -> dict[Cell, int | None]:
    """In hundredths; None where a cell is empty. Of budgets the latest version holds, without what both parties agreed
    here since: no document prints it. Two queries.
    """
    printed = Amount.objects.filter(line__book=book, version__proposal__isnull=True)
    amounts = printed.order_by("version__number")
    cells = {
        Cell(code, figure, ContractYear(year).label): hundredths
        for code, figure, year, hundredths in amounts.values_list(
            "line__code", "figure", "year", "hundredths"
        )
    }
    for code, stated_year, hundredths in Stated.objects.filter(book=book).values_list(
        "code", "year", "hundredths"
    ):
        year = ContractYear(stated_year).label if stated_year else ""
        cells[Cell(code, "stated", year)] = hundredths
    return cells
