"""A plan as it is kept, by what its rows in a file are known by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from improvement.models import Action, Measure, Owner, Plan, Priority, Recommendation, Reference


@dataclass(frozen=True)
class KeptPlan:
    """Priorities by number, recommendations by code, actions and measures by the code of their row and their number.

    ``codes`` leads from each way in which a reference is written, in small letters, to its code; ``row_of`` from a code
    to that of its row; ``owners`` are by role in small letters.
    """

    plan: Plan
    priorities: Mapping[int, Priority]
    rows: Mapping[str, Recommendation]
    references: Mapping[str, Reference]
    codes: Mapping[str, str]
    row_of: Mapping[str, str]
    actions: Mapping[tuple[str, int], Action]
    measures: Mapping[tuple[str, int], Measure]
    owners: Mapping[str, Owner]

    def code(self, written: str) -> str | None:
        """The code of a reference of the plan, as the plan writes it or as a document prints it."""
        return self.codes.get(" ".join(written.lower().split()))

    def references_of(self, row: str) -> list[str]:
        """The codes that share a row, in their order."""
        return [code for code, of in self.row_of.items() if of == row]


def kept_plan(plan: Plan) -> KeptPlan:
    """Eight queries, however long the plan is."""
    rows = list(
        Recommendation.objects.filter(priority__plan=plan)
        .select_related("priority")
        .order_by("priority__number", "position")
    )
    actions = (
        Action.objects.filter(recommendation__priority__plan=plan)
        .select_related("recommendation")
        .prefetch_related("ownerships__owner")
        .order_by("recommendation__priority__number", "recommendation__position", "number")
    )
    measures = (
        Measure.objects.filter(plan=plan, recommendation__isnull=False)
        .select_related("recommendation")
        .order_by("recommendation_id", "number")
    )
    references = {
        one.code: one
        for one in plan.references.select_related("recommendation").order_by(
            "recommendation_id", "in_row", "code"
        )
    }
    row_of = {row.code: row.code for row in rows}
    row_of |= {code: one.recommendation.code for code, one in references.items() if one.recommendation}
    return KeptPlan(
        plan,
        {priority.number: priority for priority in plan.priorities.all()},
        {row.code: row for row in rows},
        references,
        _codes(references, row_of),
        row_of,
        {(action.recommendation.code, action.number): action for action in actions},
        {(one.recommendation.code, one.number): one for one in measures if one.recommendation},
        {owner.role.lower(): owner for owner in plan.owners.all()},
    )


def _codes(references: Mapping[str, Reference], row_of: Mapping[str, str]) -> dict[str, str]:
    printed = {
        " ".join(alias.lower().split()): one.code for one in references.values() for alias in one.aliases
    }
    return printed | {code.lower(): code for code in (*row_of, *references)}
