"""What somebody sent when their session had ended: it rides along with the sign-in, and waits there for a button.

It rides under a signature, with the page it was sent to and, where that is known, the person who sent it. What was
typed is shown again and can be sent; of an act without words, and of a chosen file, it is said that nothing came of it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch, resolve

from core.declarations import declared
from parties.models import User
from parties.participants import Participant, participant_for

KEPT, TYPED_BY = "kept", "typed_by"
KEPT_SECONDS = 24 * 3600
# Beside what is kept the form of the sign-in holds little: name, password, the page to go on to.
SIGN_IN_ITSELF = 64 * 1024
# These belong to the form that was sent, not to what was typed.
FORMS_OWN = ("csrfmiddlewaretoken", "act")
SALT, PERSON_SALT = "parties.kept_typing", "parties.kept_typing.person"


@dataclass(frozen=True)
class TypedFields:
    """What of an app's forms says nothing to a person: fields by which a form tells what it was about or what was
    touched, and fields with the value that they have when nobody touched them. Fields are named without their form's
    prefix. A form that sends nothing but marks is an act without words.
    """

    marks: tuple[str, ...] = ()
    untouched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TypedField:
    """One field as it was sent. ``spoken``: there is something to read in it; ``prose``: it may be put right there."""

    name: str
    value: str
    spoken: bool

    @property
    def label(self) -> str:
        """Its name in words: "PI1 numerator"."""
        return self.name.replace("-", " ").replace("_", " ")

    @property
    def prose(self) -> bool:
        return self.spoken and len(self.value.split()) > 1


@dataclass(frozen=True)
class Typing:
    """The fields of a form as they were sent, in order; ``typed_by`` is a user's key, None where nobody knows.

    ``address`` is what it was sent to, ``files`` the names of the files that were chosen, which are not kept.
    ``too_long``: what was typed is longer than can be kept.
    """

    address: str
    pairs: list[tuple[str, str]]
    typed_by: int | None = None
    files: tuple[str, ...] = ()
    too_long: bool = False

    @classmethod
    def sent(cls, address: str, request: HttpRequest, typed_by: int | None = None) -> Self:
        pairs = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in FORMS_OWN
        ]
        files = [str(file.name) for _, chosen in request.FILES.lists() for file in chosen]
        return cls(address, pairs, typed_by, tuple(files))

    @classmethod
    def unsealed(cls, sealed: str) -> Self | None:
        """None for a text that is not one of ours, or is one no longer."""
        try:
            address, pairs, typed_by, files, too_long = signing.loads(sealed, salt=SALT, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            return None
        return cls(address, [(name, value) for name, value in pairs], typed_by, tuple(files), too_long)

    def sealed(self) -> str:
        """One text that a hidden field can carry, and that nobody can make or change elsewhere."""
        kept = (self.address, self.pairs, self.typed_by, self.files, self.too_long)
        sealed = signing.dumps(kept, salt=SALT, compress=True)
        if len(sealed) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - SIGN_IN_ITSELF:
            return type(self)(self.address, [], self.typed_by, self.files, too_long=True).sealed()
        return sealed

    @property
    def fields(self) -> list[TypedField]:
        untouched = {pair for fields in declared(TypedFields) for pair in fields.untouched}
        marks = _marks()
        return [
            TypedField(
                name,
                value,
                spoken=bool(value.strip())
                and _own(name) not in marks
                and (_own(name), value) not in untouched,
            )
            for name, value in self.pairs
        ]

    @property
    def is_spoken(self) -> bool:
        return any(field.spoken for field in self.fields)

    @property
    def holds_words(self) -> bool:
        """Whether there is anything to send again: a file alone is chosen anew, and an act is done anew."""
        if self.files:
            return self.is_spoken
        return any(_own(name) not in _marks() for name, _ in self.pairs)


def _own(name: str) -> str:
    """A field's name without its form's prefix."""
    return name.partition("-")[2] or name


def _marks() -> set[str]:
    return {mark for fields in declared(TypedFields) for mark in fields.marks}


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


def page_at(address: str) -> ResolverMatch | None:
    """The page of a contract at this address (see contract_page); None for any other address."""
    with suppress(Http404):
        found = resolve(address.partition("?")[0])
        if getattr(found.func, "of_contract", False):
            return found
    return None


def page_above(path: str) -> str | None:
    """The page on which the form stands that is sent to this address: an act's address lies below its page's."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if page_at(f"{path}/"):
            return f"{path}/"
    return None


def participant_at(user: User | AnonymousUser, address: str) -> Participant | None:
    """The person towards the contract of a page; None where that page isn't theirs to use."""
    page = page_at(address)
    if page is None:
        return None
    with suppress(Http404):
        participant = participant_for(user, page.kwargs["contract_code"])
        if participant.may_open(page.func.permission):  # type: ignore[attr-defined]
            return participant
    return None
