"""What people call the things of a plan, in messages and in the trail."""

from __future__ import annotations

from django.db import models

from improvement.models import Action, Measure, Priority, Recommendation

# No plan has it for its code: it is the address of the page on which a plan is made.
RESERVED = "new"


def named(row: models.Model) -> str:
    """The row as people know it: "Action 3 of OR1", "Measure 7 of the plan"."""
    match row:
        case Action():
            return f"Action {row.number} of {row.row_code}"
        case Recommendation():
            return f"Recommendation {row.code}"
        case Measure():
            return f"Measure {row.number} of {row.recommendation.code if row.recommendation else 'the plan'}"
        case Priority():
            return f"Priority {row.number}"
    return str(row)
