"""A book and its months as files to download, and the form that takes months back."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from budgets.books.amounts import amounts_of
from budgets.books.keeping import keeps
from budgets.books.selectors import book_named
from budgets.imports.book_file import book_csv, book_xlsx
from budgets.imports.handler import MONTHS
from budgets.imports.kept import KeptBook
from budgets.imports.months_file import months_csv, months_xlsx
from budgets.imports.presenter import spreadsheet_page
from budgets.imports.selectors import book_kept
from budgets.models import Book
from budgets.months.selectors import period_at
from budgets.rules.periods import Period
from core import clock
from core.downloads import XLSX, csv_stream, download
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks
from uploads.forms import UploadForm
from uploads.receiving import receive
from uploads.selectors import recent_uploads


@contract_page("money.enter", sends="Read it and show what changes", asks=Asks(UploadForm))
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: HttpRequest, participant: Participant, book_code: str) -> HttpResponse:
    """Hands in a file or pasted rows of a book's months. Only the size is judged here: the worker reads the file."""
    book = book_kept(participant, book_code)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(MONTHS, *given)
    if form.is_bound and form.is_valid():
        upload = receive(by=participant, handler=MONTHS, given=form.handed_in(), given_for=str(book.pk))
        return HttpResponseRedirect(reverse("uploads:upload", args=[participant.contract.code, upload.pk]))
    page = spreadsheet_page(participant, book, recent_uploads(participant, MONTHS, str(book.pk)))
    return render(request, "budgets/imports/spreadsheet.html", {"page": page, "upload_form": form})


@contract_page("money.view")
@require_safe
def month_file(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int, kind: str
) -> HttpResponseBase:
    """One period, a row for each line."""
    book = book_named(participant, book_code)
    kept = _kept(participant, book)
    return _months(kept, [period_at(book, year, number)], kind, f"{book.code}-{year}-{number:02d}")


@contract_page("money.view")
@require_safe
def year_file(
    request: HttpRequest, participant: Participant, book_code: str, year: int, kind: str
) -> HttpResponseBase:
    """A year, a row for each line and period; what adjusts it after March where anything is kept of that."""
    book = book_named(participant, book_code)
    kept = _kept(participant, book)
    return _months(kept, kept.periods(period_at(book, year, 1).year), kind, f"{book.code}-{year}")


@contract_page("money.view")
@require_safe
def book_file(request: HttpRequest, participant: Participant, book_code: str, kind: str) -> HttpResponseBase:
    """The book's budgets and what was spent, line by line and year by year."""
    book = book_named(participant, book_code)
    amounts = amounts_of([book])[book.pk]
    if kind == "csv":
        return csv_stream(book_csv(book, amounts), f"{book.code}.csv")
    return download(book_xlsx(book, amounts, clock.local_now()), XLSX, f"{book.code}.xlsx")


def _kept(participant: Participant, book: Book) -> KeptBook:
    """Drafts are shown to those alone who enter the book."""
    return KeptBook(book, drafts=keeps(participant, book))


def _months(kept: KeptBook, periods: Sequence[Period], kind: str, name: str) -> HttpResponseBase:
    if kind == "csv":
        return csv_stream(months_csv(kept, periods), f"{name}.csv")
    content = months_xlsx(kept, periods, kept.book.organisation, clock.local_now())
    return download(content, XLSX, f"{name}.xlsx")
