"""The books whose months people hand in, and what they handed in for them."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import Http404

from budgets.books.keeping import keeps
from budgets.books.selectors import book_named
from budgets.models import Book
from parties.models import Contract
from parties.participants import Participant

NOT_KEPT = "This book is kept by the other party, which alone hands in its months."


def book_kept(participant: Participant, code: str) -> Book:
    """The book, if the person's party keeps it; Http404 else, for there is nothing to hand in."""
    book = book_named(participant, code)
    if not keeps(participant, book):
        raise Http404(NOT_KEPT)
    return book


def own_book_by_key(participant: Participant, key: int) -> Book | None:
    """The book, if it is the person's to enter."""
    book = Book.objects.visible_to(participant).filter(pk=key).first()
    return book if book is not None and keeps(participant, book) else None


def code_of(contract: Contract, key: int) -> str:
    """The code of a book of the contract. One query."""
    return Book.objects.values_list("code", flat=True).get(contract=contract, pk=key)


def files_of_own_books(participant: Participant) -> Q:
    """Those handed in for a book that the person's party keeps: what isn't saved yet is no matter of the other's."""
    own = Book.objects.visible_to(participant).filter(kept_by=participant.party).order_by()
    return Q(given_for__in=own.annotate(key=Cast("pk", CharField())).values("key"))
