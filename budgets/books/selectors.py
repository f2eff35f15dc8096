"""The books of a contract, for whoever may read them."""

from __future__ import annotations

from django.http import Http404

from budgets.models import Amount, Book
from core.values.months import ContractYear
from parties.participants import Participant


def books_of(participant: Participant) -> list[Book]:
    """Every book, in the order in which they were loaded. One query."""
    return list(Book.objects.visible_to(participant))


def book_named(participant: Participant, code: str) -> Book:
    """The book of this code; Http404 if the contract has none, or it isn't the person's to read. One query."""
    book = Book.objects.visible_to(participant).filter(code=code).first()
    if book is None:
        raise Http404("This contract has no such book.")
    return book


def asked_year(book: Book, text: str) -> ContractYear | None:
    """The year that an address asks for by the calendar year in which it begins: "2018" is 2018/19; None where it asks
    for none. Http404 for one that the book doesn't have. No query.
    """
    if not text:
        return None
    for year in book.years:
        if text == str(year.start):
            return year
    raise Http404("The book has no such year.")


def staffing_of(book: Book) -> list[Amount]:
    """Heads and posts of each line that has any, in the order of the book. One query."""
    figures = [Amount.Figure.HEADCOUNT, Amount.Figure.FTE]
    rows = Amount.objects.filter(line__book=book, figure__in=figures).select_related("line")
    return list(rows.order_by("line__position", "figure", "year"))
