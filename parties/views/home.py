from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.declarations import declared
from core.pages import Page
from parties.gate import signed_in_page
from parties.participants import Participant, first_participation


@require_safe
@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    """Leads each role to its first page, with the query (a month, say) kept."""
    participant = first_participation(request.user)
    if participant is None:
        return render(request, "parties/no_contract.html")
    query = request.META.get("QUERY_STRING", "")
    address = _first_page(participant)
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _first_page(participant: Participant) -> str:
    """The first page, in the order that apps declare, that the person's roles let them see."""
    starting = [page for page in declared(Page) if page.start is not None]
    for page in sorted(starting, key=lambda page: page.start or 0):
        if participant.may(page.permission):
            return reverse(page.url_name, args=[participant.contract.code])
    return reverse("admin:index")
