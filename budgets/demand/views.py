"""What the money rests on, beside the money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.demand.presenter import demand_page
from budgets.demand.selectors import demand_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def demand(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Of the first own book that counts children; an empty page where none does."""
    found = demand_of(participant)
    page = demand_page(participant, found) if found else None
    return render(request, "budgets/demand/demand.html", {"page": page, "parents": above(participant)})
