"""Who a person is towards a contract: their roles in its two parties and its partners, and what these let them do.

A contract out of a person's scope answers 404, as if it weren't there.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from core.declarations import declared
from parties import roles
from parties.models import Contract, Membership, User

COMMISSIONER, PROVIDER, PARTNER = "commissioner", "provider", "partner"


@dataclass(frozen=True)
class FetchedWithContract:
    """A one-to-one or foreign-key row of the contract that an app's pages need, so that it costs no query there."""

    relation: str


@dataclass(frozen=True)
class Participant:
    """A person as they stand towards one contract: the roles they hold in the parties to it, and in its partners."""

    user: User
    contract: Contract
    roles: frozenset[str]
    # COMMISSIONER, also for someone who sits in both parties, PROVIDER, or PARTNER for someone in neither.
    party: str
    # The keys of the organisations in which the roles are held.
    organisations: frozenset[int] = frozenset()

    def may(self, permission: str) -> bool:
        return roles.may(self.roles, permission)

    def may_open(self, permission: str | Callable[[], Collection[str]]) -> bool:
        """Whether a page is theirs that names its permission, or a function that names several of which one will do."""
        asked = [permission] if isinstance(permission, str) else permission()
        return any(self.may(name) for name in asked)

    @property
    def role_label(self) -> str:
        """The roles in words: "Client officer"."""
        return roles.label(self.roles)


class _Held(NamedTuple):
    organisation: int
    role: str
    partner_in: int | None  # a contract's key


def participant_for(user: User | AnonymousUser, contract_code: str) -> Participant:
    """The person as a participant of one contract, in two queries; Http404 if it isn't theirs to see.

    What apps declare to be fetched along comes with it.
    """
    participant = None
    if isinstance(user, User) and user.is_active:
        contracts = Contract.objects.select_related("commissioner", "provider", *_fetched_along())
        with suppress(Contract.DoesNotExist):
            participant = _participant(user, contracts.get(code=contract_code))
    if participant is None:
        raise Http404("No contract of yours is found at this address.")
    return participant


def first_participation(user: User | AnonymousUser) -> Participant | None:
    """The person as a participant of their first contract, by code; None for someone who has no contract."""
    contract = Contract.objects.visible_to(user).select_related("commissioner", "provider").first()
    if contract is None or not isinstance(user, User):
        return None
    return _participant(user, contract)


def participations_of(user: User) -> list[Participant]:
    """The person as they stand towards each of their contracts, by code. Two queries; nobody who can't sign in."""
    contracts = Contract.objects.visible_to(user).select_related(
        "commissioner", "provider", *_fetched_along()
    )
    held = _roles_held(user)
    participants = [_standing(user, contract, held) for contract in contracts]
    return [participant for participant in participants if participant is not None]


def _participant(user: User, contract: Contract) -> Participant | None:
    return _standing(user, contract, _roles_held(user))


def _roles_held(user: User) -> list[_Held]:
    """The roles of a person, those in a partner once for each contract that it has a part in. One query."""
    held = Membership.objects.filter(user=user).order_by()
    rows = held.values_list("organisation_id", "role", "organisation__partnerships__contract_id")
    return [_Held(*row) for row in rows]


def _standing(user: User, contract: Contract, held: Sequence[_Held]) -> Participant | None:
    """None for someone without a role in a party or a partner: the contract isn't visible to them."""
    parties = {contract.commissioner_id, contract.provider_id}
    there = [one for one in held if one.organisation in parties or one.partner_in == contract.pk]
    if not there:
        return None
    organisations = frozenset(one.organisation for one in there)
    party = (
        COMMISSIONER
        if contract.commissioner_id in organisations
        else PROVIDER
        if contract.provider_id in organisations
        else PARTNER
    )
    return Participant(user, contract, frozenset(one.role for one in there), party, organisations)


def _fetched_along() -> list[str]:
    return [fetched.relation for fetched in declared(FetchedWithContract)]
