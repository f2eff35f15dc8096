"""What every answer carries, and which addresses lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from core.values.texts import keepable


class PrivateAnswersMiddleware:
    """Nothing is kept by browsers or proxies unless the answer itself says how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class HealthOfNobodyMiddleware:
    """Whoever asks after the program's health is nobody: a cookie doesn't make that wait for whose session it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/health/"):
            request.COOKIES = {}
        return self.get_response(request)


class KeepableAddressMiddleware:
    """An address with a character that no text in the database can hold leads nowhere, on every database alike.

    404 where its path has one, 400 where its query has; the API names the parameter itself. A cookie with one is none
    of ours, and is passed over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if keepable(text)}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if getattr(getattr(view, "cls", view), "judges_its_address", False):
            return
        if not keepable(request.path_info):
            raise Http404("No address has such a character.")
        if not all(keepable(text) for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequest("No page is asked for anything with such a character.")
