"""The way in: a page names its permission, and is given the person as they stand towards the contract, or refuses.

Anonymous goes to the sign-in page; a contract out of scope answers 404; a role that lacks the permission answers 403.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import resolve, reverse

from parties.kept_typing import page_above, page_at
from parties.participants import participant_for
from parties.typed_fields import Asks
from parties.whose_form import TYPED_BY, sealed_person

View = Callable[..., HttpResponseBase]
SIGNED_IN = "signed in"
# Beside the sign-in page: what was sent to a page that keeps nothing came to nothing.
LOST = "lost"
NO_WORDS = Asks()


def contract_page(
    permission: str | Callable[[], Collection[str]], *, sends: str = "", asks: Asks = NO_WORDS
) -> Callable[[View], View]:
    """Lets a view in for a person who may do what the page is for, in the contract that its address names.

    ``permission`` may be a function that names several, any of which will do. The address carries ``contract_code``;
    the view takes ``(request, participant, ...)``. The person towards the contract stands on ``request.participant``
    too, for the header.

    A form that is sent when the session has ended waits behind the sign-in (parties.kept_typing), and the address of
    an act leads whoever opens it to the page above it. ``sends`` are the words of the form's button, ``asks`` those of
    its fields.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, contract_code: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            participant = participant_for(request.user, contract_code)
            request.participant = participant  # type: ignore[attr-defined]
            if not participant.may_open(permission):
                raise PermissionDenied(f"Your role, {participant.role_label}, doesn't include this page.")
            answer = view(request, participant, **kwargs)
            if _takes_forms_only(request, answer):
                return _to_page_of_form(request, page_above(request.path))
            return answer

        page.of_contract = True  # type: ignore[attr-defined]
        page.asks = asks  # type: ignore[attr-defined]
        page.permission = permission  # type: ignore[attr-defined]
        page.sends = sends  # type: ignore[attr-defined]
        return page

    return decorate


def signed_in_page(view: View) -> View:
    """Lets a view in for anyone who is signed in."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    page.permission = SIGNED_IN  # type: ignore[attr-defined]
    return page


def to_sign_in(request: HttpRequest, typed_by: int | None = None, **query: str) -> HttpResponseRedirect:
    """Off to the sign-in page, and back to the page asked for afterwards.

    A form of a contract's page goes along with the person (307), so that what was typed is still there after the
    sign-in; `typed_by` is the key of who was signed in, where that is known. One of any other page, which may hold a
    password, does not: the sign-in page says so, and leads back to it.
    """
    if request.method == "POST" and page_at(request.path):
        query.setdefault("next", request.get_full_path())
        if typed_by is not None:
            query[TYPED_BY] = sealed_person(typed_by, TYPED_BY)
        return HttpResponseRedirect(f"{reverse('sign-in-again')}?{urlencode(query)}", preserve_request=True)
    if request.method in ("GET", "HEAD"):
        query.setdefault("next", request.get_full_path())
    elif request.method == "POST" and _shows_its_form(request.path):
        query |= {"next": request.get_full_path(), LOST: "1"}
    address = reverse("sign-in")
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def _shows_its_form(path: str) -> bool:
    """Whether this address, of no contract, shows the form that is sent to it."""
    with suppress(Http404):
        found = resolve(path)
        asks_who = found.url_name not in ("login", "logout")
        return getattr(found.func, "permission", "") == SIGNED_IN or (
            "admin" in found.namespaces and asks_who
        )
    return False


def form_stands_on(url_name: str) -> Callable[[View], View]:
    """Of an act that is no contract's: whoever opens its address is led to the page on which its form stands."""

    def decorate(view: View) -> View:
        @wraps(view)
        def act(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = view(request, *args, **kwargs)
            if _takes_forms_only(request, answer):
                return _to_page_of_form(request, reverse(url_name))
            return answer

        return act

    return decorate


def _takes_forms_only(request: HttpRequest, answer: HttpResponseBase) -> bool:
    return isinstance(answer, HttpResponseNotAllowed) and request.method in ("GET", "HEAD")


def _to_page_of_form(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """The way to the page on which the form stands, with what the address asked for."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
