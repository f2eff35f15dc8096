"""The first page of the money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.overview.presenter import money_page
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def money(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What is over, off track first, and every book."""
    return render(request, "budgets/money.html", {"page": money_page(participant)})
