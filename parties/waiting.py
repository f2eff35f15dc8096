"""What was typed waits for the person who typed it, where somebody else signed in first: a day at most, seen by nobody.

Only what a page made for that person can get here (parties.whose_form), so nobody can leave anything for another.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from parties.kept_typing import KEPT_SECONDS, Typing
from parties.models import User, WaitingTyping


@transaction.atomic
def keep_for_typist(typing: Typing, now: datetime) -> bool:
    """Whether it is kept: words alone are, for an act is done anew. It takes the place of what waited for that page."""
    typist = User.objects.filter(pk=typing.typed_by, is_active=True).first()
    if typist is None or not typing.holds_words:
        return False
    WaitingTyping.objects.filter(person=typist, address=typing.address).delete()
    WaitingTyping.objects.create(
        person=typist,
        address=typing.address,
        sealed=typing.sealed(),
        until=now + timedelta(seconds=KEPT_SECONDS),
    )
    return True


def typing_waiting(person: User | AnonymousUser, now: datetime) -> WaitingTyping | None:
    """What waits for the person, the latest of several."""
    return WaitingTyping.objects.filter(person=person.pk, until__gt=now).order_by("-until", "-pk").first()


def let_go(person: User | AnonymousUser, key: str) -> None:
    """The person sent it, or needs it no more."""
    if key.isascii() and key.isdigit() and len(key) < 19:
        WaitingTyping.objects.filter(person=person.pk, pk=int(key)).delete()


def clear_waited_out(now: datetime) -> None:
    WaitingTyping.objects.filter(until__lte=now).delete()
