"""The program's addresses, and a bare page: the least that a page of this program can cost."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from parties.models import Contract

PAGE = engines["django"].from_string(
    "<!doctype html><html lang=en><title>{{ contract.name }}</title><h1>{{ contract.name }}</h1></html>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """One SELECT by key and one small template, behind the same middleware."""
    return HttpResponse(PAGE.render({"contract": Contract.objects.filter(code="sandwell").first()}, request))


urlpatterns = [path("bare/", bare), path("", include("sandwell.urls"))]
