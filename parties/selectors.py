"""What people are told about themselves, and who holds a permission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from parties.models import Contract, Membership, User
from parties.roles import giving_roles, sentences_of


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
            may=sentences_of(membership.role),
        )
        for membership in held
    ]


def people_who_may(asked: Iterable[tuple[str, Contract]]) -> dict[tuple[str, int], list[User]]:
    """For each permission and contract's key who may do it there, and can sign in. One query.

    By their keys, so that everybody who writes about people locks their rows in one order.
    """
    wanted = {(permission, contract.pk): contract for permission, contract in asked}
    contracts = list(wanted.values())
    parties = {key for contract in contracts for key in (contract.commissioner_id, contract.provider_id)}
    giving = {permission: giving_roles(permission) for permission, _ in wanted}
    held = Membership.objects.filter(
        Q(organisation__in=parties) | Q(organisation__partnerships__contract__in=contracts),
        role__in=set().union(*giving.values()),
        user__is_active=True,
    ).annotate(partner_in=F("organisation__partnerships__contract"))
    # By the party, or by the contract that a partner has a part in.
    of_party: dict[tuple[int, str], list[User]] = defaultdict(list)
    of_partners: dict[tuple[int, str], list[User]] = defaultdict(list)
    for membership in held.select_related("user").order_by("user_id"):
        of_party[membership.organisation_id, membership.role].append(membership.user)
        if membership.partner_in:
            of_partners[membership.partner_in, membership.role].append(membership.user)
    return {
        (permission, key): _once(
            person
            for role in sorted(giving[permission])
            for person in (
                *of_party[contract.commissioner_id, role],
                *of_party[contract.provider_id, role],
                *of_partners[key, role],
            )
        )
        for (permission, key), contract in wanted.items()
    }


def _once(people: Iterable[User]) -> list[User]:
    """Each person once, by key: somebody may hold several roles."""
    return sorted({person.pk: person for person in people}.values(), key=lambda person: int(person.pk))
