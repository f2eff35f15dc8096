"""One line of a book: read by all who read the money, planned and explained by whoever keeps the book."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from budgets.books.drivers import series_of
from budgets.books.known import as_known, asked_day, no_such_day
from budgets.books.refusals import MoneyRefused
from budgets.books.selectors import asked_year, book_named
from budgets.limits.selectors import limits_of
from budgets.line_page.basing import enter_basis
from budgets.line_page.forms import MONTHS, BasisForm, ProfileForm
from budgets.line_page.presenter import LinePage, Sent, Shown, line_page, page_url
from budgets.line_page.profiling import Place, set_profile
from budgets.line_page.refusals import Meanwhile
from budgets.line_page.selectors import LineHistory, history_of, line_named
from budgets.models import Book
from budgets.rules.profile import NotTheBudget
from core import clock
from core.values.months import ContractYear
from kpis.months.asking import NoSuchDay
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

MONTH_LABELS = tuple((f"month{number}", name) for number, name in enumerate(MONTHS, 1))
NOTHING = Sent()
PLANNED_ALREADY = "It is planned like that already: nothing was changed."


@contract_page("money.view")
@require_safe
def line(request: HttpRequest, participant: Participant, book_code: str, line_code: str) -> HttpResponse:
    """A year of it, by default the last of which something is entered; ``?year=2018`` is 2018/19.

    ``?known=2019-05-14`` shows what had been entered by the end of that day.
    """
    book = book_named(participant, book_code)
    found = line_named(book, line_code)
    today = clock.today()
    try:
        known = asked_day(request.GET.get("known", ""), book, today)
    except NoSuchDay as refused:
        return no_such_day(request, refused, book, today)
    history = history_of(participant, found, known)
    year = asked_year(book, request.GET.get("year", "")) or _last_entered(history, book)
    page = _page(participant, history, Place(book, found, year))
    return render(request, "budgets/line.html", {"page": page})


@contract_page("money.enter", sends="Keep this plan", asks=Asks(ProfileForm, labels=MONTH_LABELS))
@require_POST
def profile(request: HttpRequest, participant: Participant, book_code: str, line_code: str) -> HttpResponse:
    """How the line's budget is planned over the months of the year that the form names."""
    form = ProfileForm(request.POST)
    place = _place(participant, book_code, line_code, form)
    planned = form.planned() if form.is_valid() else None
    status = 200
    if planned is not None:
        try:
            is_new = set_profile(by=participant, place=place, planned=planned)
        except (MoneyRefused, NotTheBudget) as refused:
            form.add_error("way", str(refused))
            status = 409 if isinstance(refused, Meanwhile) else 200
        else:
            messages.success(request, "The plan is kept." if is_new else PLANNED_ALREADY)
            return HttpResponseRedirect(page_url(participant, place.book, place.line, place.year))
    return _again(request, participant, place, Sent(profile=form), status)


@contract_page("money.enter", sends="Keep this basis", asks=Asks(BasisForm))
@require_POST
def basis(request: HttpRequest, participant: Participant, book_code: str, line_code: str) -> HttpResponse:
    """What the line's budget of the year was reckoned with."""
    form = BasisForm(request.POST)
    place = _place(participant, book_code, line_code, form)
    said = form.said() if form.is_valid() else None
    status = 200
    if said is not None:
        try:
            is_new = enter_basis(by=participant, place=place, said=said, seen=form.cleaned_data["version"])
        except MoneyRefused as refused:
            form.add_error("assumed", str(refused))
            status = 409 if isinstance(refused, Meanwhile) else 200
        else:
            messages.success(request, "The basis is kept." if is_new else "That basis is kept already.")
            return HttpResponseRedirect(page_url(participant, place.book, place.line, place.year))
    return _again(request, participant, place, Sent(basis=form), status)


def _place(participant: Participant, book_code: str, line_code: str, form: ProfileForm | BasisForm) -> Place:
    """Http404 for a year that the book doesn't have; a form that names none is wrong."""
    book = book_named(participant, book_code)
    year = asked_year(book, str(form.data.get(form.add_prefix("of_year"), "")))
    if year is None:
        form.add_error(None, "The form names no year. Nothing was kept.")
        year = ContractYear(book.last_year)
    return Place(book, line_named(book, line_code), year)


def _last_entered(history: LineHistory, book: Book) -> ContractYear:
    return ContractYear(max((one.month.year for one in history.months), default=book.last_year))


def _again(
    request: HttpRequest, participant: Participant, place: Place, sent: Sent, status: int
) -> HttpResponse:
    """The page as it is now, with the form as it was sent."""
    page = _page(participant, history_of(participant, place.line, None), place, sent)
    return render(request, "budgets/line.html", {"page": page}, status=status)


def _page(participant: Participant, history: LineHistory, place: Place, sent: Sent = NOTHING) -> LinePage:
    known = as_known(history.known, place.book, clock.today(), place.year.start)
    shown = Shown(place.book, place.year, series_of(place.book), known, limits_of(participant.contract), sent)
    return line_page(participant, history, shown)
