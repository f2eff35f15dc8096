"""The life of a signed-in session: when it began, when it was last used, and what ends it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from audit.services import record
from core import clock
from parties.models import User

BEGAN, SEEN = "began", "seen"
SEEN_EVERY_SECONDS = (
    60  # the last use is noted once a minute at the most, so that reading pages doesn't write
)
IDLE, ABSOLUTE, SIGNED_OUT = "idle", "absolute", "signed-out"


@transaction.atomic
def begin_session(request: HttpRequest, user: User) -> None:
    """Signs the person in, under a new session key."""
    login(request, user)
    words = f"{user.username} signed in."
    if user.is_persona:
        words = f"Someone continued as the demonstration's {user.username}."
    record(by=user, action="session.began", subject=user, summary=words)


@transaction.atomic
def end_session(request: HttpRequest, limit: str = "") -> None:
    """Signs the person out and deletes the session; nothing happens to someone who is signed out already."""
    user = request.user
    logout(request)
    if user.is_authenticated:
        words = f"was signed out by the {limit} limit" if limit else "signed out"
        record(by=user, action="session.ended", subject=user, summary=f"{user.username} {words}.")


def start_clocks(request: HttpRequest, **signal: Any) -> None:
    """On each sign-in, whichever door it came through."""
    request.session[BEGAN] = request.session[SEEN] = int(clock.real_now().timestamp())


def limit_reached(request: HttpRequest) -> str | None:
    """Which limit ends the session of this request now: "idle", "absolute", or None. Notes the use."""
    now = int(clock.real_now().timestamp())
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    if now - began >= settings.SESSION_ABSOLUTE_SECONDS:
        return ABSOLUTE
    if now - seen >= settings.SESSION_IDLE_SECONDS:
        return IDLE
    # Where the limit is short, often enough that nobody who goes on reading meets it.
    if now - seen >= min(SEEN_EVERY_SECONDS, settings.SESSION_IDLE_SECONDS // 10):
        request.session[SEEN] = now
    return None


def why_ended(limit: str) -> str:
    """What the sign-in page says to someone who has just been signed out; nothing for any other word."""
    if limit == IDLE:
        return f"You were signed out after {_length(settings.SESSION_IDLE_SECONDS)} without activity."
    if limit == ABSOLUTE:
        return f"You were signed out {_length(settings.SESSION_ABSOLUTE_SECONDS)} after you signed in."
    if limit == SIGNED_OUT:
        return "You are signed out."
    return ""


def _length(seconds: int) -> str:
    """Seconds in words: "60 minutes", "12 hours"."""
    minutes = max(1, round(seconds / 60))
    if minutes > 90 and minutes % 60 == 0:
        return f"{minutes // 60} hours"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
