"""What somebody typed when their session had ended: it rides along with the sign-in, and is sent again after it.

It rides under a signature, with the page it was typed on and, where that is known, the person who typed it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404, HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve

from core.declarations import declared
from parties.models import User
from parties.participants import Participant, participant_for

KEPT, TYPED_BY = "kept", "typed_by"
KEPT_SECONDS = 24 * 3600
# These belong to the form that was sent, not to what was typed.
FORMS_OWN = ("csrfmiddlewaretoken", "act")
SALT, PERSON_SALT = "parties.kept_typing", "parties.kept_typing.person"


@dataclass(frozen=True)
class TypedFields:
    """What of an app's forms says nothing to a person: fields by which a form tells what was touched, and fields with
    the value that they have when nobody touched them. Fields are named without their form's prefix.
    """

    marks: tuple[str, ...] = ()
    untouched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Typing:
    """The fields of a form as they were sent, in order; ``typed_by`` is a user's key, None where nobody knows."""

    path: str
    pairs: list[tuple[str, str]]
    typed_by: int | None = None

    @classmethod
    def sent(cls, path: str, sent: QueryDict, typed_by: int | None = None) -> Self:
        pairs = [(name, value) for name, values in sent.lists() for value in values if name not in FORMS_OWN]
        return cls(path, pairs, typed_by)

    @classmethod
    def unsealed(cls, sealed: str) -> Self | None:
        """None for a text that is not one of ours, or is one no longer."""
        try:
            path, pairs, typed_by = signing.loads(sealed, salt=SALT, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            return None
        return cls(path, [(name, value) for name, value in pairs], typed_by)

    def sealed(self) -> str:
        """One text that a hidden field can carry, and that nobody can make or change elsewhere."""
        return signing.dumps((self.path, self.pairs, self.typed_by), salt=SALT, compress=True)

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """What there is to read in it: "PI1 numerator" and its text, for each field that holds anything."""
        marks = {mark for fields in declared(TypedFields) for mark in fields.marks}
        untouched = {pair for fields in declared(TypedFields) for pair in fields.untouched}
        return [
            (name.replace("-", " ").replace("_", " "), value)
            for name, value in self.pairs
            if value.strip()
            and (own := name.partition("-")[2] or name) not in marks
            and (own, value) not in untouched
        ]


def kept_with(request: HttpRequest) -> str:
    """What the sign-in form carries along, as it came; empty where it carries nothing."""
    return str(request.POST.get(KEPT, ""))


def sealed_person(key: int) -> str:
    """Who was signed in when a form was sent, as an address can carry it to the sign-in page."""
    return signing.dumps(key, salt=PERSON_SALT)


def person_with(request: HttpRequest) -> int | None:
    try:
        return int(signing.loads(request.GET.get(TYPED_BY, ""), salt=PERSON_SALT, max_age=KEPT_SECONDS))
    except signing.BadSignature:
        return None


def typing_page(path: str) -> ResolverMatch | None:
    """The page at this address if it asks for what was typed to be kept (see contract_page)."""
    with suppress(Http404):
        found = resolve(path)
        if getattr(found.func, "keeps_typing", False):
            return found
    return None


def typing_participant(user: User | AnonymousUser, path: str) -> Participant | None:
    """The person towards the contract of a page that keeps typing; None where that page isn't theirs to use."""
    page = typing_page(path)
    if page is None:
        return None
    with suppress(Http404):
        participant = participant_for(user, page.kwargs["contract_code"])
        if participant.may_open(page.func.permission):  # type: ignore[attr-defined]
            return participant
    return None
