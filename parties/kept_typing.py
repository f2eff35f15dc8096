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

from parties.models import User
from parties.participants import Participant, participant_for
from parties.typed_fields import (
    Asks,
    SpokenRow,
    TypedField,
    known_marks,
    own_name,
    spoken_parts,
    typed_fields,
)
from parties.whose_form import KEPT_SECONDS, MADE_FOR, TYPED_BY, person_of

KEPT = "kept"
# Beside what is kept the form of the sign-in holds little: name, password, the page to go on to.
SIGN_IN_ITSELF = 64 * 1024
# These belong to the form that was sent, not to what was typed.
FORMS_OWN = ("csrfmiddlewaretoken", MADE_FOR, "act")
SALT = "parties.kept_typing"


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
    def sent(cls, address: str, request: HttpRequest) -> Self:
        """Typed by whom the form was made for, whoever was signed in when it came; else by who was."""
        pairs = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in FORMS_OWN
        ]
        files = [str(file.name) for _, chosen in request.FILES.lists() for file in chosen]
        typed_by = person_of(request.POST.get(MADE_FOR, ""), MADE_FOR)
        if typed_by is None:
            typed_by = person_of(request.GET.get(TYPED_BY, ""), TYPED_BY)
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
        page = page_at(self.address)
        return typed_fields(self.pairs, page.func.asks if page else Asks())  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[tuple[str, list[SpokenRow]]]:
        """What there is to read of it (see spoken_parts)."""
        return spoken_parts(self.fields)

    @property
    def is_spoken(self) -> bool:
        return any(field.spoken for field in self.fields)

    @property
    def holds_words(self) -> bool:
        """Whether there is anything to send again: a file alone is chosen anew, and an act is done anew."""
        if self.files:
            return self.is_spoken
        marks = known_marks()
        return any(own_name(name) not in marks for name, _ in self.pairs)


def kept_with(request: HttpRequest) -> str:
    """What the sign-in form carries along, as it came; empty where it carries nothing."""
    return str(request.POST.get(KEPT, ""))


def page_at(address: str) -> ResolverMatch | None:
    """The page of a contract at this address (see contract_page); None for any other address."""
    with suppress(Http404):
        found = resolve(address.partition("?")[0])
        if getattr(found.func, "of_contract", False):
            return found
    return None


def page_above(path: str) -> str:
    """The page on which the form stands that is sent to this address: an act's lies directly below its page's."""
    return path.rstrip("/").rpartition("/")[0] + "/"


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
