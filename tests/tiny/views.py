from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parties.gate import contract_page
from parties.participants import Participant


@contract_page("garden.view")
def garden(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "notices/notices.html", {"page": {"summary": "The garden"}})
