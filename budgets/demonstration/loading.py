"""Loads the books as they are printed, and lives one of them on."""

from __future__ import annotations

from django.db import transaction

from budgets.demonstration.months import LIVED, live_on
from budgets.demonstration.savings import say_of_savings
from budgets.models import Book
from core.demonstration import BY, Loading
from parties.models import Contract

BOOKS = ("trust", "directorate", "solihull")


@transaction.atomic
def load_books(loading: Loading) -> None:
    # Here and not above: a web server reads no definition files.
    from budgets.books.files import read_book
    from budgets.books.loading import load_book

    contract = Contract.objects.get(code=loading.contract_code)
    folder = loading.fixtures / "budgets"
    found = [load_book(by=BY, contract=contract, folder=read_book(folder / code)) for code in BOOKS]
    new = [book for book in found if book is not None]
    if new:
        loading.say(f"{len(new)} books with {sum(book.lines for book in new)} lines of budget.")
    if found[BOOKS.index(LIVED)] is not None:
        lived = Book.objects.get(contract=contract, code=LIVED)
        loading.say(f"{live_on(lived, loading.today)} illustrative months of money.")
        loading.say(f"{say_of_savings(lived, loading.today)} years of savings with illustrative words.")
