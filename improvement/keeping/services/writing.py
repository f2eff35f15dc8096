"""What every door of a plan does first and last: locks the plan for who keeps it, checks a row, writes the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from audit.services import record
from improvement.keeping.refusals import PlanRefused
from improvement.models import Action, Measure, Owner, Plan, Priority, Recommendation
from improvement.plans.selectors import NOT_KEPT, keeps
from parties.participants import Participant

# A list may be empty, which Django takes for missing.
LISTS = ("what", "how", "good", "success", "about", "aliases")


def begin(by: Participant, plan: Plan) -> Plan:
    """Locks the plan, so that one person at a time writes it. PlanRefused where it isn't theirs to write."""
    locked = Plan.objects.visible_to(by).select_for_update(no_key=True).filter(pk=plan.pk).first()
    if locked is None or not keeps(by, locked):
        raise PlanRefused(f"{NOT_KEPT} Nothing was changed.")
    return locked


def plan_of(row: Plan | Priority | Recommendation | Action | Measure | Owner) -> Plan:
    """The plan in which a row stands."""
    if isinstance(row, Plan):
        return row
    if isinstance(row, Recommendation):
        return row.priority.plan
    if isinstance(row, Action):
        return row.recommendation.priority.plan
    return row.plan


def next_number(taken: Iterable[int]) -> int:
    """The first number after those that are taken."""
    return max(taken, default=0) + 1


def free_number(wanted: int | None, taken: Iterable[int], kind: str) -> int:
    """The number wanted, or the next; PlanRefused where there is one of it already."""
    found = list(taken)
    if wanted in found:
        raise PlanRefused(f"There is {kind} {wanted} already. Choose another number.", "number")
    return wanted or next_number(found)


def checked(row: models.Model) -> None:
    """PlanRefused with the first thing that the row's table wouldn't hold."""
    exclude = {field.name for field in row._meta.fields if field.name in LISTS}
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise PlanRefused(messages[0], "" if field == NON_FIELD_ERRORS else field) from None


def in_trail(
    by: Participant, act: str, row: models.Model, summary: str, changes: Mapping[str, Any] | None = None
) -> None:
    record(
        by=by.user,
        action=f"plan.{act}",
        subject=row,
        contract=by.contract.code,
        summary=summary,
        changes=changes,
    )
