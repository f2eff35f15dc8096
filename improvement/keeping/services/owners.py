"""Who answers for actions: adds an owner by role, and says whose an action is."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from improvement.keeping.refusals import PlanRefused
from improvement.keeping.services.writing import begin, checked, in_trail
from improvement.models import Action, Owner, Ownership, Plan
from improvement.plans.selectors import sits_in
from parties.models import Contract, Membership, Organisation, User
from parties.participants import Participant
from parties.roles import giving_roles

EVERY = frozenset({"role", "side", "organisation", "person"})


@dataclass(frozen=True)
class OwnerWords:
    """``side`` as in Owner.Side. Trust and council sit in their own organisation, given or not.

    A partner without an organisation has nobody with an account here.
    """

    role: str
    side: str
    organisation: Organisation | None = None
    person: User | None = None


@transaction.atomic
def add_owner(*, by: Participant, plan: Plan, words: OwnerWords) -> Owner:
    """An owner, by role. PlanRefused with the reason."""
    plan = begin(by, plan)
    owner = Owner(
        plan=plan,
        role=one_line(words.role),
        side=words.side,
        organisation=seat(plan, words.side, words.organisation),
        person=words.person,
    )
    refuse_owner(owner)
    checked(owner)
    owner.save(force_insert=True)
    in_trail(
        by,
        "owner_added",
        owner,
        f"{owner.role} can own actions of the {plan.name}.",
        {
            "side": owner.get_side_display(),
            "organisation": owner.organisation.name if owner.organisation else None,
            "person": owner.person.display_name if owner.person else None,
        },
    )
    return owner


def one_line(role: str) -> str:
    """A role as files read it back: single blanks."""
    return " ".join(role.split())


def seat(plan: Plan, side: str, organisation: Organisation | None) -> Organisation | None:
    """The organisation of an owner: left empty, a party's own follows from the side, so that nobody is without it."""
    return organisation or sits_in(plan.contract).get(side)


def refuse_owner(owner: Owner, new: Set[str] = EVERY) -> None:
    """PlanRefused where role, side, organisation and person don't go together.

    ``new`` names what is given anew: who left stays named as long as nothing about them is changed.
    """
    if "role" in new:
        _refuse_role(owner)
    if owner.organisation is not None and {"side", "organisation"} & new:
        _refuse_organisation(owner, owner.organisation)
    if owner.person is not None and {"organisation", "person"} & new:
        _refuse_person(owner, owner.person)


def organisations_of(contract: Contract) -> list[Organisation]:
    """Both parties and the partners of a contract. One query."""
    partners = Organisation.objects.filter(partnerships__contract=contract).order_by("name")
    return [contract.provider, contract.commissioner, *partners]


def answering_for(organisations: Sequence[Organisation]) -> QuerySet[Membership]:
    """The memberships by which people who can sign in update actions of these organisations."""
    return Membership.objects.filter(
        organisation__in=organisations, user__is_active=True, role__in=giving_roles("action.update")
    )


def _refuse_role(owner: Owner) -> None:
    """In files several roles stand with semicolons between them, and capitals make no difference."""
    if ";" in owner.role:
        raise PlanRefused("A role has no semicolon: that stands between two of them.", "role")
    others = owner.plan.owners.exclude(pk=owner.pk).values_list("role", flat=True)
    known = next((role for role in others if role.lower() == owner.role.lower()), None)
    if known:
        raise PlanRefused(f"{known} stands among the owners already.", "role")


def _refuse_organisation(owner: Owner, organisation: Organisation) -> None:
    """The Trust's side is the Trust, the council's the council; everybody else is of a partner."""
    contract = owner.plan.contract
    if organisation not in organisations_of(contract):
        raise PlanRefused(f"{organisation.name} has no part in this contract.", "organisation")
    side_of = {contract.provider_id: Owner.Side.TRUST, contract.commissioner_id: Owner.Side.COUNCIL}
    stands = side_of.get(organisation.pk)
    sides = [stands] if stands else [side for side in Owner.Side if side not in side_of.values()]
    if owner.side not in sides:
        raise PlanRefused(
            f"{organisation.name} doesn’t stand on this side. Choose the side that is theirs.",
            "organisation",
        )


def _refuse_person(owner: Owner, person: User) -> None:
    if owner.organisation is None:
        raise PlanRefused("Choose the organisation of the person as well.", "organisation")
    if not answering_for([owner.organisation]).filter(user=person).exists():
        raise PlanRefused(
            f"{person.display_name} can’t update actions of {owner.organisation.name}.", "person"
        )


def owners_of_plan(plan: Plan, owners: Sequence[Owner]) -> None:
    """PlanRefused where one is of another plan, or given twice."""
    if any(owner.plan_id != plan.pk for owner in owners) or len(set(owners)) != len(owners):
        raise PlanRefused("Choose each owner once, from those of this plan.", "owners")


def own(action: Action, owners: Sequence[Owner]) -> None:
    """The action is these owners', in their order."""
    action.ownerships.exclude(owner__in=owners).delete()
    for position, owner in enumerate(owners):
        Ownership.objects.update_or_create(action=action, owner=owner, defaults={"position": position})
