from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parties.access import Reader, first_reader, signed_in_page

# The first word that the reader may use decides where they start.
FIRST_PAGES = (
    ("dashboard.view", "kpis:dashboard"),
    ("report.view_issued", "kpis:reports"),
)


@require_safe
@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    """Leads each role to its first page, with the query (a month, say) kept."""
    reader = first_reader(request.user)
    if reader is None:
        return render(request, "parties/no_contract.html")
    query = request.META.get("QUERY_STRING", "")
    address = _first_page(reader)
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _first_page(reader: Reader) -> str:
    for word, name in FIRST_PAGES:
        if reader.may(word):
            return reverse(name, args=[reader.contract.code])
    return reverse("admin:index")
