"""What an administrator may write: their own organisations and the people in them, and no other party's."""

from django.core.exceptions import PermissionDenied

from parties.models import Contract, Organisation, User


class OutOfScope(PermissionDenied):
    """The organisation, or the person, belongs to another party, whose own administrators look after it."""


def looks_after(by: User | str, user: User) -> bool:
    """Whether `by` may change the person, as an administrator of everything that the person belongs to.

    Someone who also sits in another organisation is nobody's alone to change. Someone without a role belongs
    to the organisation in which they were created, or held their last role. Commands, which give their name
    for `by`, may change everybody.
    """
    if isinstance(by, str):
        return True
    own: set[int | None] = set(Organisation.objects.administered_by(by).values_list("pk", flat=True))
    sits_in: set[int | None] = set(user.memberships.values_list("organisation_id", flat=True)) or {
        user.home_id
    }
    return sits_in <= own


def refuse_to_change(user: User, by: User | str) -> None:
    """Call this with the person's row locked, so that no role is given meanwhile."""
    if not looks_after(by, user):
        raise OutOfScope(
            f"{user.username} is not yours to change: ask an administrator of their organisation."
        )


def refuse_organisation(organisation: Organisation | None, by: User | str) -> None:
    if isinstance(by, str):
        return
    if organisation is None or organisation not in Organisation.objects.administered_by(by):
        raise OutOfScope(f"You are no administrator of {organisation or 'no organisation'}.")


def refuse_contract(contract: Contract, by: User | str) -> None:
    """For what administrators of both parties look after alike, such as the meetings that both attend."""
    if isinstance(by, str):
        return
    if contract not in Contract.objects.administered_by(by):
        raise OutOfScope(f"You are no administrator of a party to {contract}.")
