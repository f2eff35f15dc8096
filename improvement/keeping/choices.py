"""What can be chosen in the forms of a plan, in words, and what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from improvement.keeping.selectors import Member
from improvement.models import Block, Owner
from parties.models import Organisation, User

Choices = list[tuple[str, str]]


def owner_choices(owners: Sequence[Owner]) -> Choices:
    return [(owner.role, owner.role) for owner in owners]


def chosen_owners(owners: Sequence[Owner], roles: Sequence[str], before: Sequence[Owner] = ()) -> list[Owner]:
    """Those of the roles chosen: first those whose it was before, in their order, then the others in the plan's."""
    every = [*before, *(owner for owner in owners if owner not in before)]
    return [owner for owner in every if owner.role in roles]


def block_choices(blocks: Sequence[Block]) -> Choices:
    return [("", "Choose"), *((block.name, block.name) for block in blocks)]


@dataclass(frozen=True)
class People:
    """Who can be chosen for an owner: by key, so that nobody's login name stands in a page.

    ``present`` is the owner as it stands, whose organisation and person stay among the choices even if they left.
    """

    organisations: Sequence[Organisation]
    members: Sequence[Member]
    present: Owner | None = None

    @property
    def _organisations(self) -> dict[str, Organisation]:
        here = [self.present.organisation] if self.present and self.present.organisation else []
        return {str(one.pk): one for one in (*self.organisations, *here)}

    @property
    def _left(self) -> User | None:
        """The person of the owner who is no longer among those who update actions."""
        person = self.present.person if self.present else None
        return None if person is None or any(one.user == person for one in self.members) else person

    @property
    def choices(self) -> dict[str, Choices]:
        people = [
            (str(one.user.pk), f"{one.user.display_name}, {one.organisation.name}") for one in self.members
        ]
        if self._left is not None:
            people.append(
                (str(self._left.pk), f"{self._left.display_name}, who can’t update actions any more")
            )
        return {
            "organisation": [("", "None"), *((key, one.name) for key, one in self._organisations.items())],
            "person": [("", "Nobody in person"), *people],
        }

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The same, with the organisation and the person in place of their keys."""
        people = {str(one.user.pk): one.user for one in self.members}
        if self._left is not None:
            people[str(self._left.pk)] = self._left
        return {
            **given,
            "organisation": self._organisations.get(given["organisation"]),
            "person": people.get(given["person"]),
        }
