"""What people are told about themselves, and who holds a permission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from parties.models import Contract, Membership, Partnership, User
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
    """For each permission and contract's key who may do it there, and can sign in. Two queries.

    By their keys, so that everybody who writes about people locks their rows in one order.
    """
    wanted = {(permission, contract.pk): contract for permission, contract in asked}
    parties = _parties(list(wanted.values()))
    giving = {permission: giving_roles(permission) for permission, _ in wanted}
    held = Membership.objects.filter(
        Q(role__in=set().union(*giving.values())),
        organisation__in=set().union(*parties.values()),
        user__is_active=True,
    )
    holders: dict[tuple[int, str], list[User]] = defaultdict(list)
    for membership in held.select_related("user").order_by("user_id"):
        holders[membership.organisation_id, membership.role].append(membership.user)
    return {
        (permission, key): _once(
            person
            for party in parties[key]
            for role in sorted(giving[permission])
            for person in holders[party, role]
        )
        for permission, key in wanted
    }


def _parties(contracts: Sequence[Contract]) -> dict[int, set[int]]:
    """The keys of each contract's parties and partners, by its own. One query."""
    found = {contract.pk: {contract.commissioner_id, contract.provider_id} for contract in contracts}
    partners = Partnership.objects.filter(contract__in=contracts).order_by()
    for contract, organisation in partners.values_list("contract_id", "organisation_id"):
        found[contract].add(organisation)
    return found


def _once(people: Iterable[User]) -> list[User]:
    """Each person once, by key: somebody may hold several roles."""
    return sorted({person.pk: person for person in people}.values(), key=lambda person: int(person.pk))
