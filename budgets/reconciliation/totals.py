"""What becomes of each printed total of a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.books.cells import cells_of
from budgets.models import Book, PrintedTotal
from budgets.rules.assertions import Asserted, Cell, Outcome, Term, outcome
from budgets.rules.printed import Unit
from core.values.months import ContractYear


@dataclass(frozen=True)
class Reconciled:
    """A printed total with what its cells come to."""

    total: PrintedTotal
    outcome: Outcome

    @property
    def unit(self) -> Unit:
        return Unit(self.total.unit)

    @property
    def year(self) -> ContractYear:
        return ContractYear(self.total.year)


def reconciled(books: Sequence[Book]) -> dict[int, list[Reconciled]]:
    """By the key of each book every printed total, in the order of the book. Three queries, however many books."""
    cells = cells_of(books)
    found: dict[int, list[Reconciled]] = {book.pk: [] for book in books}
    for total in PrintedTotal.objects.filter(book__in=books).select_related("book"):
        found[total.book_id].append(Reconciled(total, outcome(_asserted(total), cells[total.book_id])))
    return found


def _asserted(total: PrintedTotal) -> Asserted:
    terms = tuple(Term(sign, Cell(code, figure, year)) for sign, code, figure, year in total.terms)
    return Asserted(terms, total.hundredths, total.step, total.tolerance)
