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


@dataclass(frozen=True)
class Audience:
    """Those who hold a permission in a contract; where organisations are named, their people alone."""

    permission: str
    contract: Contract
    organisations: frozenset[int] = frozenset()

    def includes(self, organisation: int) -> bool:
        return not self.organisations or organisation in self.organisations


def people_who_may(asked: Iterable[Audience]) -> dict[Audience, list[User]]:
    """Of each audience those who can sign in. One query.

    By their keys, so that everybody who writes about people locks their rows in one order.
    """
    wanted = list(asked)
    contracts = {audience.contract for audience in wanted}
    parties = {key for contract in contracts for key in (contract.commissioner_id, contract.provider_id)}
    giving = {audience.permission: giving_roles(audience.permission) for audience in wanted}
    held = Membership.objects.filter(
        Q(organisation__in=parties) | Q(organisation__partnerships__contract__in=contracts),
        role__in=set().union(*giving.values()),
        user__is_active=True,
    ).annotate(partner_in=F("organisation__partnerships__contract"))
    # By the party, or by the contract that a partner has a part in.
    of_party: dict[tuple[int, str], list[Membership]] = defaultdict(list)
    of_partners: dict[tuple[int, str], list[Membership]] = defaultdict(list)
    for membership in held.select_related("user").order_by("user_id"):
        of_party[membership.organisation_id, membership.role].append(membership)
        if membership.partner_in:
            of_partners[membership.partner_in, membership.role].append(membership)
    return {
        audience: _once(
            membership.user
            for role in sorted(giving[audience.permission])
            for membership in (
                *of_party[audience.contract.commissioner_id, role],
                *of_party[audience.contract.provider_id, role],
                *of_partners[audience.contract.pk, role],
            )
            if audience.includes(membership.organisation_id)
        )
        for audience in wanted
    }


def _once(people: Iterable[User]) -> list[User]:
    """Each person once, by key: somebody may hold several roles."""
    return sorted({person.pk: person for person in people}.values(), key=lambda person: int(person.pk))
