"""Printed totals held against their lines, for all books of the contract."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.books.selectors import books_of
from budgets.reconciliation.presenter import reconciliation_page
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def reconciliation(request: HttpRequest, participant: Participant) -> HttpResponse:
    page = reconciliation_page(books_of(participant))
    return render(request, "budgets/reconciliation.html", {"page": page, "parents": above(participant)})
