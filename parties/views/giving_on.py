"""What came behind the sign-in goes on to whoever typed it: shown, and sent again by a button of theirs."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme

from core.values.months import Month
from parties.kept_typing import Typing, page_at, participant_at


def give_on(request: HttpRequest, kept: str, *, expired: bool = False) -> HttpResponse:
    """What was sent, to who sent it and may use the page; to anyone else, words that say why it isn't shown."""
    typing = Typing.unsealed(kept)
    if typing is None:
        return _answer(request, "typing_not_given", expired, why="unreadable")
    participant = participant_at(request.user, typing.address)
    if typing.typed_by not in (None, request.user.pk):
        there = {"address": typing.address, "place": _place(typing.address)} if participant else {}
        return _answer(request, "typing_not_given", expired, why="of somebody else", **there)
    if participant is None:
        why = "nobody knows whose" if typing.typed_by is None else "closed to them"
        return _answer(request, "typing_not_given", expired, why=why)
    request.participant = participant  # type: ignore[attr-defined]
    template = "typing_kept" if typing.holds_words else "not_done"
    said = {"typing": typing, "place": _place(typing.address), "sends": sends(typing)}
    return _answer(request, template, expired, **said)


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


def _answer(request: HttpRequest, template: str, expired: bool, **said: object) -> HttpResponse:
    status = 403 if expired else 200
    return render(request, f"parties/{template}.html", said | {"expired": expired}, status=status)


def _place(address: str) -> str:
    """The page in words: "return, April 2020", "query, PI1, April 2020"."""
    path, _, query = address.partition("?")
    page = resolve(path)
    names = [getattr(value, "label", value) for name, value in page.kwargs.items() if name != "contract_code"]
    with suppress(ValueError):
        names.append(Month.parse(QueryDict(query).get("month", "")).label)
    return ", ".join([str(page.url_name).replace("-", " "), *map(str, names)])
