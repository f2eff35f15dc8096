"""What people are told about themselves."""

from dataclasses import dataclass
from typing import Any

from parties.models import CalendarLink, Membership, User
from parties.roles import ROLES, WORDS
from parties.services.calendar import secret_digest


@dataclass(frozen=True)
class RoleHeld:
    role: str  # in words: "Client officer"
    organisation: str
    may: list[str]  # sentences without a full stop


def roles_of(user: Any) -> list[RoleHeld]:
    """The person's own roles, each with what it lets them do; empty for someone who has none."""
    held = Membership.objects.filter(user=user).select_related("organisation")
    return [
        RoleHeld(
            role=membership.get_role_display(),
            organisation=membership.organisation.name,
            may=[WORDS[word] for word in ROLES[membership.role]],
        )
        for membership in held
    ]


def whose_calendar(secret: str) -> User | None:
    """The person whose calendar's address holds this secret; None where there is none, or they can't sign in.

    The database looks for the hash, so that how long it takes says nothing about any secret.
    """
    link = CalendarLink.objects.filter(digest=secret_digest(secret), user__is_active=True)
    found = link.select_related("user").first()
    return found.user if found else None


def calendar_link_of(user: User) -> CalendarLink | None:
    return CalendarLink.objects.filter(user=user).first()
