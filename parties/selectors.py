"""What people are told about themselves."""

from dataclasses import dataclass
from typing import Any

from parties.models import Membership
from parties.roles import ROLES, WORDS


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
