"""What can be chosen in the forms of a plan, in words, and what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from improvement.keeping.selectors import Member
from improvement.models import Block, Owner
from parties.models import Organisation

Choices = list[tuple[str, str]]


def owner_choices(owners: Sequence[Owner]) -> Choices:
    return [(owner.role, owner.role) for owner in owners]


def chosen_owners(owners: Sequence[Owner], roles: Sequence[str], before: Sequence[Owner] = ()) -> list[Owner]:
    """Those of the roles chosen: first those whose it was before, in their order, then the others in the plan's."""
    every = [*before, *(owner for owner in owners if owner not in before)]
    return [owner for owner in every if owner.role in roles]


def block_choices(blocks: Sequence[Block]) -> Choices:
    return [("", "Choose"), *((block.name, block.name) for block in blocks)]


def people_choices(organisations: Sequence[Organisation], members: Sequence[Member]) -> dict[str, Choices]:
    return {
        "organisation": [("", "None"), *((one.name, one.name) for one in organisations)],
        "person": [
            ("", "Nobody in person"),
            *((one.user.username, f"{one.user.display_name}, {one.organisation.name}") for one in members),
        ],
    }


def chosen_owner(
    organisations: Sequence[Organisation], members: Sequence[Member], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The same, with the organisation and the person in place of their names."""
    people = {one.user.username: one.user for one in members}
    return {
        **given,
        "organisation": next((one for one in organisations if one.name == given["organisation"]), None),
        "person": people.get(given["person"]),
    }
