"""Answers when something went wrong. They read no database, so they work when it doesn't.

The one exception is a form whose token ran out where its page keeps what was typed: whose it is must be looked up.
"""

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parties.views.sign_in import form_expired

# How Django's reasons begin where a form came from another site, and not from an older page of this one.
FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"limit": settings.IMPORT_MAX_BYTES}, status=413)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """With the reference under which the log has it."""
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    return render(request, "500.html", {"request_id": reference}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token ran out, most often after a sign-out in another tab; what was typed is given on."""
    given_on = None if reason.startswith(FROM_ELSEWHERE) else form_expired(request)
    return given_on or render(request, "403.html", {"form_expired": True}, status=403)
