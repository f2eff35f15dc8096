"""How overspends were met."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.books.selectors import books_of
from budgets.bridge.presenter import bridges_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def bridge(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = {"bridges": bridges_of(books_of(participant)), "parents": above(participant)}
    return render(request, "budgets/bridge.html", context)
