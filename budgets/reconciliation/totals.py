"""What becomes of each printed total of a book."""

from __future__ import annotations

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


def reconciled(book: Book) -> list[Reconciled]:
    """Every printed total, in the order of the book. Three queries."""
    cells = cells_of(book)
    return [Reconciled(total, outcome(_asserted(total), cells)) for total in book.totals.all()]


def differing(book: Book) -> list[Reconciled]:
    """Those that don't come out of their lines."""
    return [one for one in reconciled(book) if not one.outcome.agrees]


def _asserted(total: PrintedTotal) -> Asserted:
    terms = tuple(Term(sign, Cell(code, figure, year)) for sign, code, figure, year in total.terms)
    return Asserted(terms, total.hundredths, total.step, total.tolerance)
