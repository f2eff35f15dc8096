"""What came behind the sign-in goes on to whoever typed it: shown, and sent again by a button of theirs."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import clock
from core.values.months import Month
from parties.gate import signed_in_page
from parties.kept_typing import Typing, page_at, participant_at
from parties.models import WaitingTyping
from parties.typed_fields import WAITED
from parties.waiting import keep_for_typist, let_go, typing_waiting


@never_cache
@signed_in_page
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_typing(request: HttpRequest) -> HttpResponse:
    """What the person typed before somebody else signed in; a form from here drops it."""
    if request.method == "POST":
        let_go(request.user, request.POST.get(WAITED, ""))
    waiting = typing_waiting(request.user, clock.real_now())
    if waiting is None:
        return HttpResponseRedirect(where_to(request))
    typing = Typing.unsealed(waiting.sealed)
    if typing is None or participant_at(request.user, typing.address) is None:
        let_go(request.user, str(waiting.pk))
        return _not_given(request, "open to them no more" if typing else "unreadable", 200)
    return _given(request, typing, waiting=waiting)


def give_on(request: HttpRequest, kept: str, *, expired: bool = False) -> HttpResponse:
    """What was sent, to who sent it and may use the page; to anyone else, words that say why it isn't shown."""
    status = 403 if expired else 200
    typing = Typing.unsealed(kept)
    if typing is None:
        return _not_given(request, "unreadable", status)
    if typing.typed_by not in (None, request.user.pk):
        is_kept = keep_for_typist(typing, clock.real_now())
        return _not_given(request, "kept for its typist" if is_kept else "of somebody else", status)
    if participant_at(request.user, typing.address) is None:
        why = "nobody knows whose" if typing.typed_by is None else "open to them no more"
        return _not_given(request, why, status)
    return _given(request, typing, expired=expired)


def sends(typing: Typing | None) -> str:
    """The words of the form's button, empty where its page doesn't say them."""
    page = page_at(typing.address) if typing else None
    return str(page.func.sends) if page else ""  # type: ignore[attr-defined]


def asked(request: HttpRequest) -> str:
    """The page asked for before the sign-in, as it was given."""
    return str(request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, "")))


def where_to(request: HttpRequest) -> str:
    """The page asked for before the sign-in if it is one of ours, else home."""
    address = asked(request)
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else resolve_url("home")


def _given(
    request: HttpRequest, typing: Typing, *, expired: bool = False, waiting: WaitingTyping | None = None
) -> HttpResponse:
    request.participant = participant_at(request.user, typing.address)  # type: ignore[attr-defined]
    context = {
        "typing": typing,
        "place": _place(typing.address),
        "sends": sends(typing),
        "expired": expired,
        "waiting": waiting,
        "next": where_to(request),
    }
    template = "typing_kept" if typing.holds_words else "not_done"
    return render(request, f"parties/{template}.html", context, status=403 if expired else 200)


def _not_given(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "parties/typing_not_given.html", {"why": why}, status=status)


def _place(address: str) -> str:
    """The page in words: "return, April 2020", "query, PI1, April 2020"."""
    path, _, query = address.partition("?")
    page = resolve(path)
    names = [getattr(value, "label", value) for name, value in page.kwargs.items() if name != "contract_code"]
    with suppress(ValueError):
        names.append(Month.parse(QueryDict(query).get("month", "")).label)
    return ", ".join([str(page.url_name).replace("-", " "), *map(str, names)])
