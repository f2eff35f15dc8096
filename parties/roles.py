"""What each role may do: apps declare permissions, each with the roles that give it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from core.declarations import declared, named, per_installation
from core.values.words import listed


class Role(models.TextChoices):
    TRUST_MANAGER = "trust_manager", "Trust manager"
    FINANCE_LEAD = "finance_lead", "Finance lead"
    CLIENT_OFFICER = "client_officer", "Client officer"
    COUNCIL_FINANCE = "council_finance", "Council finance officer"
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"
    BOARD_READER = "board_reader", "Board reader"
    ACTION_OWNER = "action_owner", "Action owner"
    ADMINISTRATOR = "administrator", "Administrator"


# The kinds of organisation in which a role can be held; the database holds this by trigger as well.
ROLE_KINDS: dict[str, list[str]] = {
    "trust_manager": ["trust"],
    "finance_lead": ["trust"],
    "client_officer": ["council"],
    "council_finance": ["council"],
    "scrutiny_member": ["council"],
    "board_reader": ["council", "trust", "partner"],
    "action_owner": ["council", "partner"],
    "administrator": ["council", "trust"],
}


@dataclass(frozen=True)
class Permission:
    """What somebody may do: its name such as "figure.enter", the sentence that says it, and the roles that give it."""

    name: str
    sentence: str
    roles: tuple[Role, ...]


def may(roles: Iterable[str], permission: str) -> bool:
    """Whether one of the roles gives the permission. One that no app declares is a mistake in code: KeyError."""
    giving = giving_roles(permission)
    return any(role in giving for role in roles)


def giving_roles(permission: str) -> frozenset[str]:
    """The roles that give a permission."""
    try:
        return _giving()[permission]
    except KeyError:
        raise KeyError(f"{permission!r} is not a permission that an app declares.") from None


def sentences_of(role: str) -> list[str]:
    """What a role lets people do, in the order of the apps."""
    return [permission.sentence for permission in declared(Permission) if role in permission.roles]


@per_installation
def _giving() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(role.value for role in permission.roles)
        for name, permission in named(Permission).items()
    }


def label(roles: Iterable[str]) -> str:
    """The roles in words, in the order of the list above: "Client officer and administrator"."""
    held = [Role(role).label for role in ROLE_KINDS if role in set(roles)]
    words = [held[0], *(name[0].lower() + name[1:] for name in held[1:])] if held else []
    return listed(words)
