"""One line of a book."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.drivers import drivers_of, observed_of
from budgets.books.selectors import book_named
from budgets.line_page.presenter import LineStory, line_page
from budgets.line_page.selectors import line_named, months_of_line, replaced_entries, steps_of_line
from budgets.models import Book, LineMonth
from budgets.months.standing import budgets_by_year
from core.values.months import ContractYear
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def line(request: HttpRequest, participant: Participant, book_code: str, line_code: str) -> HttpResponse:
    """A year of it, by default the last of which something is entered; ``?year=2018`` is 2018/19."""
    book = book_named(participant, book_code)
    found = line_named(book, line_code)
    months = months_of_line(participant, found)
    year = _year(request.GET.get("year", ""), book, months)
    story = LineStory(found, months, budgets_by_year(found), replaced_entries(months), steps_of_line(months))
    page = line_page(participant, book, story, year, drivers_of(found, observed_of([book])[book.pk], year))
    return render(request, "budgets/line.html", {"page": page})


def _year(asked: str, book: Book, months: list[LineMonth]) -> ContractYear:
    if not asked:
        return ContractYear(max((month.year for month in months), default=book.last_year))
    if not asked.isdecimal() or ContractYear(int(asked[:4])) not in book.years:
        raise Http404("The book has no such year.")
    return ContractYear(int(asked[:4]))
