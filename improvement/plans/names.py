"""What people call the things of a plan, in messages and in the trail."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from improvement.models import Action, Measure, Priority, Recommendation

# No plan has it for its code: it is the address of the page on which a plan is made.
RESERVED = "new"


def named(row: models.Model) -> str:
    """The row as people know it: "Action 3 of OR1", "Measure 7 of the plan"."""
    match row:
        case Action():
            return name_of("action", [row.row_code, row.number])
        case Recommendation():
            return name_of("recommendation", [row.code])
        case Measure():
            return name_of(
                "measure", [row.recommendation.code if row.recommendation else "the plan", row.number]
            )
        case Priority():
            return name_of("priority", [row.number])
    return str(row)


def name_of(noun: str, key: Sequence[str | int]) -> str:
    """The same of what is known by its key alone: ["OR1", 3] of an action, ["OR1"] of a recommendation."""
    *of, own = key
    return " of ".join([f"{noun.capitalize()} {own}", *map(str, of)])
