"""Print each printed total that doesn't come out of the lines that it is made of."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.models import Book
from budgets.reconciliation.totals import Reconciled, reconciled
from budgets.rules.printed import difference_in_words, in_words
from core.management.rows import format_argument, printed
from kpis.management.contracts import named_contract

COLUMNS = ("book", "total", "year", "place", "printed", "computed", "difference", "explanation")


class Command(BaseCommand):
    help = (
        "Print the printed totals that their lines don't come to, with the difference and a word why; "
        "with --all those that agree as well."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")
        parser.add_argument("--book", metavar="CODE", help="by default every book")
        parser.add_argument("--all", action="store_true", help="also those that agree")
        format_argument(parser)

    def handle(self, *, contract: str | None, book: str | None, form: str, all: bool, **options: Any) -> None:
        rows = [one for found in reconciled(_books(contract, book)).values() for one in found]
        shown = [one for one in rows if all or not one.outcome.agrees]
        title = f"{len(rows)} printed totals, {sum(not one.outcome.agrees for one in rows)} differ"
        self.stdout.write(printed(COLUMNS, [_record(one) for one in shown], form, title), ending="")


def _books(contract: str | None, code: str | None) -> list[Book]:
    books = Book.objects.filter(contract=named_contract(contract))
    found = list(books.filter(code=code) if code else books)
    if not found:
        known = ", ".join(books.values_list("code", flat=True)) or "none yet; load one with load_book"
        raise CommandError(f"There is no book{f' “{code}”' if code else ''}. Known: {known}.")
    return found


def _record(one: Reconciled) -> dict[str, Any]:
    computed, difference = one.outcome.computed, one.outcome.difference
    return {
        "book": one.total.book.code,
        "total": one.total.what,
        "year": one.year.label,
        "place": f"{one.total.document}, {one.total.place}",
        "printed": in_words(one.total.hundredths, one.unit),
        "computed": None if computed is None else in_words(computed, one.unit),
        "difference": None if difference is None else difference_in_words(difference, one.unit),
        "explanation": one.total.explanation,
    }
