"""Planned savings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.books.selectors import books_of
from budgets.savings.presenter import savings_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def savings(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = {"plans": savings_of(books_of(participant)), "parents": above(participant)}
    return render(request, "budgets/savings.html", context)
