"""Who a person is towards a contract: the roles that they hold in its two parties, and what these let them do.

A contract out of a person's scope answers 404, as if it weren't there.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from core.declarations import declared
from parties import roles
from parties.models import Contract, Membership, User

COMMISSIONER, PROVIDER = "commissioner", "provider"


@dataclass(frozen=True)
class FetchedWithContract:
    """A one-to-one or foreign-key row of the contract that an app's pages need, so that it costs no query there."""

    relation: str


@dataclass(frozen=True)
class Participant:
    """A person as they stand towards one contract: the roles they hold in the parties to it."""

    user: User
    contract: Contract
    roles: frozenset[str]
    party: str  # "commissioner" or "provider"; "commissioner" for someone who sits in both

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


def _roles_held(user: User) -> list[tuple[int, str]]:
    return list(Membership.objects.filter(user=user).order_by().values_list("organisation_id", "role"))


def _standing(user: User, contract: Contract, held: list[tuple[int, str]]) -> Participant | None:
    """None for someone without a role in a party to the contract: it isn't visible to them (Contract.visible_to)."""
    in_council = {role for organisation, role in held if organisation == contract.commissioner_id}
    in_trust = {role for organisation, role in held if organisation == contract.provider_id}
    if not in_council | in_trust:
        return None
    party = COMMISSIONER if in_council else PROVIDER
    return Participant(user=user, contract=contract, roles=frozenset(in_council | in_trust), party=party)


def _fetched_along() -> list[str]:
    return [fetched.relation for fetched in declared(FetchedWithContract)]
