"""The way in: a page names its permission, and is given the person as they stand towards the contract, or refuses.

Anonymous goes to the sign-in page; a contract out of scope answers 404; a role that lacks the permission answers 403.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from parties.kept_typing import TYPED_BY, sealed_person, typing_page
from parties.participants import participant_for

View = Callable[..., HttpResponseBase]


def contract_page(
    permission: str | Callable[[], Collection[str]], *, keeps_typing: bool = False
) -> Callable[[View], View]:
    """Lets a view in for a person who may do what the page is for, in the contract that its address names.

    ``permission`` may be a function that names several, any of which will do. The address carries ``contract_code``;
    the view takes ``(request, participant, ...)``. The person towards the contract stands on ``request.participant``
    too, for the header. With ``keeps_typing``, a form that is sent when the session has ended is kept on the sign-in
    page and sent again from there.
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
            return view(request, participant, **kwargs)

        page.permission = permission  # type: ignore[attr-defined]
        page.keeps_typing = keeps_typing  # type: ignore[attr-defined]
        return page

    return decorate


def signed_in_page(view: View) -> View:
    """Lets a view in for anyone who is signed in."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    page.permission = "signed in"  # type: ignore[attr-defined]
    return page


def to_sign_in(request: HttpRequest, typed_by: int | None = None, **query: str) -> HttpResponseRedirect:
    """Off to the sign-in page, and back to the page asked for afterwards.

    A form that was sent has no page to come back to: its answer starts from home. One of a page that keeps typing
    goes along with the person (307), so that what was typed is still there after the sign-in; `typed_by` is the key
    of who was signed in, where that is known.
    """
    if request.method == "POST" and typing_page(request.path):
        query.setdefault("next", request.path)
        if typed_by is not None:
            query[TYPED_BY] = sealed_person(typed_by)
        return HttpResponseRedirect(f"{reverse('sign-in-again')}?{urlencode(query)}", preserve_request=True)
    if request.method in ("GET", "HEAD"):
        query.setdefault("next", request.get_full_path())
    address = reverse("sign-in")
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)
