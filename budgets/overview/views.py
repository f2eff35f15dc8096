"""The first page of the money."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from budgets.books.moving import moved_to
from budgets.limits.selectors import limits_of
from budgets.overview.presenter import money_page
from core.cache import kept_page
from parties.gate import contract_page
from parties.kept import reader_key
from parties.participants import Participant


@contract_page("money.view")
@require_safe
def money(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What is over, off track first, and every book. Kept until the contract's money moves or its limits do."""
    contract = participant.contract

    def rendered() -> str:
        return render_to_string("budgets/money.html", {"page": money_page(participant)}, request)

    rests_on = (moved_to(contract), limits_of(contract))
    return kept_page(request, ("money", *reader_key(participant), *rests_on), rendered)
