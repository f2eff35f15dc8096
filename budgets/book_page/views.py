"""One book as its lines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.book_page.presenter import book_page
from budgets.books.selectors import asked_year, book_named
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def book(request: HttpRequest, participant: Participant, book_code: str) -> HttpResponse:
    """``?year=2018``: what was over and under in 2018/19, by default in the last year of which that is known."""
    found = book_named(participant, book_code)
    year = asked_year(found, request.GET.get("year", ""))
    return render(request, "budgets/book.html", {"page": book_page(participant, found, year)})
