"""Every reference of a plan by its origin, with the row in which it stands; and which of them are odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from core.values.words import listed
from improvement.models import Plan, Reference
from improvement.plans.origins import letters_of, origins_of


@dataclass(frozen=True)
class ShownReference:
    """``row`` is where it stands: its own row, one that it shares, or none."""

    code: str
    title: str
    url: str
    printed_as: Sequence[str]
    row: str
    in_overview: bool
    note: str


@dataclass(frozen=True)
class Origin:
    anchor: str
    name: str
    references: Sequence[ShownReference]


def shown_origins(code: str, plan: Plan, references: Sequence[Reference]) -> list[Origin]:
    """By the letters of the references, in the order in which the plan explains them."""
    order = {letters: place for place, letters in enumerate(origins_of(plan))}

    def place(reference: Reference) -> tuple[int, str, int]:
        letters = letters_of(reference.code)
        number = reference.code.removeprefix(letters)
        return order.get(letters, len(order)), letters, int(number or 0)

    grouped = groupby(sorted(references, key=place), key=lambda reference: letters_of(reference.code))
    found = [(letters, list(members)) for letters, members in grouped]
    return [
        Origin(
            f"origin-{letters.lower()}", members[0].origin, [_reference(code, plan, one) for one in members]
        )
        for letters, members in found
    ]


def _reference(code: str, plan: Plan, reference: Reference) -> ShownReference:
    row = reference.recommendation
    stands = "none" if row is None else "its own" if row.code == reference.code else f"that of {row.code}"
    return ShownReference(
        code=reference.code,
        title=reference.title,
        url=reverse("improvement:recommendation", args=[code, plan.code, row.code]) if row else "",
        printed_as=reference.aliases,
        row=stands,
        in_overview=reference.block_id is not None,
        note=reference.note,
    )


def oddities(references: Sequence[Reference]) -> str:
    """Which references stand in no row; how many in the row of another, and how many outside the overview."""
    alone = sorted(reference.code for reference in references if reference.recommendation is None)
    rows = [(one.code, one.recommendation.code) for one in references if one.recommendation]
    shared = sum(row != code for code, row in rows)
    hidden = sum(reference.block_id is None for reference in references)
    said = []
    if alone:
        said.append(f"{listed(alone)} {'stands' if len(alone) == 1 else 'stand'} in no row.")
    if shared:
        said.append(f"{shared} {'shares' if shared == 1 else 'share'} the row of another.")
    if hidden:
        said.append(f"{hidden} {'is' if hidden == 1 else 'are'} not in the overview.")
    return " ".join(said)
