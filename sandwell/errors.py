"""Answers when something went wrong. None of them writes, and what says that the database is away reads none of it.

A form whose token ran out is looked at for whose it is, where its page keeps what was typed.
"""

import sys

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from parties.middleware import PROGRAMS
from parties.views.sign_in import form_expired
from sandwell.database.away import is_away
from sandwell.database.saved import perhaps_saved

# How Django's reasons begin where a form came from another site, and not from an older page of this one.
FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")
READING = ("GET", "HEAD", "OPTIONS")
TRY_AGAIN_SECONDS = 60


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        limits = {"file_limit": settings.IMPORT_MAX_BYTES, "text_limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        return render(request, "413.html", limits, status=413)
    if isinstance(exception, TooManyFieldsSent):
        fields = {"most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
        return render(request, "413.html", fields, status=413)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """With the reference under which the log has it; where the database can't be used, in words of its own."""
    if is_away(sys.exc_info()[1]):
        return unavailable(request)
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    return render(request, "500.html", {"request_id": reference}, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, without asking who reads it: that would need what isn't there."""
    sent = "reading" if request.method in READING else "unknown" if perhaps_saved() else "nothing"
    response: HttpResponse
    if request.path.startswith(PROGRAMS):
        detail = "The database isn't answering just now. Nothing was lost; try again in a minute."
        response = JsonResponse({"detail": detail}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html", {"sent": sent}), status=503)
    response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token ran out, most often after a sign-out in another tab; what was typed is given on."""
    given_on = None if reason.startswith(FROM_ELSEWHERE) else form_expired(request)
    return given_on or render(request, "403.html", {"form_expired": True}, status=403)
