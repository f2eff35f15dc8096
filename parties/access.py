"""Who may see what: a page names its permission word, and is given the reader, or refuses.

Anonymous goes to the sign-in page; a contract out of the reader's scope answers 404, as if it weren't there;
a role that lacks the word answers 403.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import ResolverMatch, resolve, reverse

from parties import roles
from parties.models import Contract, Membership, User
from parties.typing import TYPED_BY, sealed_person

View = Callable[..., HttpResponseBase]
COMMISSIONER, PROVIDER = "commissioner", "provider"


@dataclass(frozen=True)
class Reader:
    """A person as they stand towards one contract: the roles they hold in the parties to it."""

    user: User
    contract: Contract
    roles: frozenset[str]
    party: str  # "commissioner" or "provider"; "commissioner" for someone who sits in both

    def may(self, word: str) -> bool:
        return roles.may(self.roles, word)

    @property
    def role_label(self) -> str:
        """The roles in words: "Client officer"."""
        return roles.label(self.roles)


def reader_for(user: User | AnonymousUser, contract_code: str, *related: str) -> Reader:
    """The reader of one contract, in two queries; Http404 if it isn't theirs to see.

    `related` names more one-to-one or foreign-key rows of the contract to fetch along with it.
    """
    reader = None
    if isinstance(user, User) and user.is_active:
        contracts = Contract.objects.select_related("commissioner", "provider", *related)
        with suppress(Contract.DoesNotExist):
            reader = _reader(user, contracts.get(code=contract_code))
    if reader is None:
        raise Http404("No contract of yours is found at this address.")
    return reader


def first_reader(user: User | AnonymousUser) -> Reader | None:
    """The reader of their first contract, by code; None for someone who has no contract."""
    contract = Contract.objects.visible_to(user).select_related("commissioner", "provider").first()
    if contract is None or not isinstance(user, User):
        return None
    return _reader(user, contract)


def readers_of(user: User, *related: str) -> list[Reader]:
    """The person as they stand towards each of their contracts, by code. Two queries; nobody who can't sign in.

    `related` names more one-to-one or foreign-key rows of the contracts to fetch along with them.
    """
    contracts = Contract.objects.visible_to(user).select_related("commissioner", "provider", *related)
    held = _roles_held(user)
    readers = [_standing(user, contract, held) for contract in contracts]
    return [reader for reader in readers if reader is not None]


def contract_page(word: str, *related: str, keeps_typing: bool = False) -> Callable[[View], View]:
    """Lets a view in for a reader who may `word` in the contract that its address names.

    The address carries `contract_code`; the view takes `(request, reader, ...)`. The reader stands on
    `request.reader` too, for the header. `related` goes to reader_for. With `keeps_typing`, a form that is sent
    when the session has ended is kept on the sign-in page and sent again from there.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, contract_code: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            reader = reader_for(request.user, contract_code, *related)
            request.reader = reader  # type: ignore[attr-defined]
            if not reader.may(word):
                raise PermissionDenied(f"Your role, {reader.role_label}, doesn't include this page.")
            return view(request, reader, **kwargs)

        guarded.permission_word = word  # type: ignore[attr-defined]
        guarded.keeps_typing = keeps_typing  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in_page(view: View) -> View:
    """Lets a view in for anyone who is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.permission_word = "signed in"  # type: ignore[attr-defined]
    return guarded


def to_sign_in(request: HttpRequest, typed_by: int | None = None, **query: str) -> HttpResponseRedirect:
    """Off to the sign-in page, and back to the page asked for afterwards.

    A form that was sent has no page to come back to: its answer starts from home. One of a page that keeps typing
    goes along with the reader (307), so that what was typed is still there after the sign-in; `typed_by` is the key
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


def typing_page(path: str) -> ResolverMatch | None:
    """The page at this address if it asks for what was typed to be kept (see contract_page)."""
    with suppress(Http404):
        found = resolve(path)
        if getattr(found.func, "keeps_typing", False):
            return found
    return None


def typing_reader(user: User | AnonymousUser, path: str) -> Reader | None:
    """The person towards the contract of a page that keeps typing; None where that page isn't theirs to use."""
    page = typing_page(path)
    if page is None:
        return None
    with suppress(Http404):
        reader = reader_for(user, page.kwargs["contract_code"])
        if reader.may(page.func.permission_word):  # type: ignore[attr-defined]
            return reader
    return None


def _reader(user: User, contract: Contract) -> Reader | None:
    return _standing(user, contract, _roles_held(user))


def _roles_held(user: User) -> list[tuple[int, str]]:
    return list(Membership.objects.filter(user=user).order_by().values_list("organisation_id", "role"))


def _standing(user: User, contract: Contract, held: list[tuple[int, str]]) -> Reader | None:
    """None for someone without a role in a party to the contract: it isn't visible to them (Contract.visible_to)."""
    in_council = {role for organisation, role in held if organisation == contract.commissioner_id}
    in_trust = {role for organisation, role in held if organisation == contract.provider_id}
    if not in_council | in_trust:
        return None
    party = COMMISSIONER if in_council else PROVIDER
    return Reader(user=user, contract=contract, roles=frozenset(in_council | in_trust), party=party)
