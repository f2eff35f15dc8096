"""Ends sessions that were left alone, or have lasted, for too long."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from parties.gate import to_sign_in
from parties.sessions import end_session, limit_reached

PROGRAMS = "/api/"  # these get their 401 from the API itself, not a page


class SessionLimitsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without a session there is nothing to end, and an anonymous page needn't look a person up.
        if "_auth_user_id" in request.session and (limit := limit_reached(request)):
            typed_by = request.user.pk  # of nobody, when the session is ended
            end_session(request, limit)
            # A form is taken in to its end: who hangs up over a large file leaves its sender without an answer.
            _ = request.POST
            if not request.path.startswith(PROGRAMS):
                return to_sign_in(request, typed_by, ended=limit)
        return self.get_response(request)
