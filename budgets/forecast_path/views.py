"""How forecasts moved, and how wrong they were."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.books.selectors import asked_year, books_of
from budgets.forecast_path.presenter import Paths, forecasts_page
from budgets.forecast_path.selectors import years_entered
from budgets.models import Book
from core.values.months import ContractYear
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def forecasts(request: HttpRequest, participant: Participant) -> HttpResponse:
    """``?book=trust&year=2018``; without them the first book that is kept here, and the last year that is forecast."""
    books = [book for book in books_of(participant) if book.kept_by]
    context: dict[str, object] = {"page": None, "parents": above(participant)}
    if not books:
        return render(request, "budgets/forecasts.html", context)
    book = _asked_book(books, request.GET.get("book", ""))
    years = years_entered(participant, book)
    year = asked_year(book, request.GET.get("year", "")) or ContractYear(
        years[-1] if years else book.last_year
    )
    paths = Paths.of(participant, book, years, year.start)
    page = forecasts_page(participant, books, book, year, paths)
    return render(request, "budgets/forecasts.html", context | {"page": page})


def _asked_book(books: Sequence[Book], code: str) -> Book:
    for book in books:
        if code in ("", book.code):
            return book
    raise Http404("No such book is kept here.")
