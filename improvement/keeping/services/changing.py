"""Changes what a plan says: one door for the words of everything in it, told apart by what somebody saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from improvement.actions.giving import tell_owners
from improvement.keeping.refusals import PlanConflict, PlanRefused
from improvement.keeping.services.owners import one_line, own, owners_of_plan, refuse_owner, seat
from improvement.keeping.services.writing import begin, checked, in_trail, plan_of
from improvement.models import Action, Measure, Owner, Plan, Priority, Recommendation
from improvement.plans.marks import mark_of_all
from improvement.plans.names import named
from improvement.plans.settled import why_it_stays
from improvement.plans.titles import RETITLED, follow_titles
from parties.participants import Participant

Kept = Plan | Priority | Recommendation | Action | Measure | Owner
# What people change of each. Numbers, references, targets and statuses are none of it.
WORDS: dict[type[Kept], tuple[str, ...]] = {
    Plan: (
        "name", "starts_on", "ends_on", "cadence_every", "cadence_unit", "owner", "document", "place",
    ),
    Priority: ("name", "lead", "why", "what", "how", "good"),
    Recommendation: ("title", "wording", "success"),
    Action: ("title", "wording", "owners"),
    Measure: ("title", "wording"),
    Owner: ("role", "side", "organisation", "person"),
}  # fmt: skip
STALE = "was changed by somebody else since you opened it. Nothing was saved; compare, then save again."


def shown(row: Kept) -> dict[str, Any]:
    """What can be changed of a row, as it stands; owners of an action in their order. One query for an action's."""
    return {
        name: [held.owner for held in row.ownerships.select_related("owner")]
        if name == "owners" and isinstance(row, Action)
        else getattr(row, name)
        for name in WORDS[type(row)]
    }


def mark_of(row: Kept) -> str:
    """A mark of what is shown: another where anything of it changed."""
    return mark_of_all({name: _plain(value) for name, value in shown(row).items()})


@transaction.atomic
def change(*, by: Participant, row: Kept, given: Mapping[str, Any], seen: str | None = None) -> bool:
    """Changes what is given of a row, by its fields' names; False where that is how it stands. ``row`` follows.

    ``owners`` of an action are a list of Owner; lines are lists. ``seen`` is the mark of what the person saw, None: it
    is no matter. PlanConflict where it changed since, PlanRefused for anything else.
    """
    begin(by, plan_of(row))
    row.refresh_from_db()
    if seen is not None and seen != mark_of(row):
        raise PlanConflict(f"{named(row)} {STALE}")
    if isinstance(row, Owner):
        given = _completed(row, given)
    was = shown(row)
    changed = {name: given[name] for name in was if name in given and given[name] != was[name]}
    if not changed:
        return False
    _write(row, changed)
    if isinstance(row, Action) and "owners" in changed:
        tell_owners(by=by, plan=plan_of(row), given={row: changed["owners"]}, before=was["owners"])
    changes = {name: [_plain(was[name]), _plain(value)] for name, value in changed.items()}
    if isinstance(row, Recommendation) and "title" in changed:
        changes |= _retitled(row, was["title"])
    in_trail(
        by,
        f"{row._meta.model_name}_changed",
        row,
        f"{named(row)}: {', '.join(_named(name) for name in changed)} changed.",
        changes,
    )
    return True


def _write(row: Kept, changed: Mapping[str, Any]) -> None:
    fields = {name: value for name, value in changed.items() if name != "owners"}
    if isinstance(row, Action):
        _refuse_settled(row, next(iter(changed)))
    if isinstance(row, Owner):
        _refuse_side(row, fields)
    was_named = row.name if isinstance(row, Priority) else ""
    for name, value in fields.items():
        setattr(row, name, value)
    if isinstance(row, Owner):
        refuse_owner(row, set(fields))
    checked(row)
    row.save(update_fields=list(fields))
    if isinstance(row, Priority) and row.name != was_named:
        row.blocks.filter(name=was_named).update(name=row.name)
    if isinstance(row, Action) and "owners" in changed:
        owners_of_plan(plan_of(row), changed["owners"])
        own(row, changed["owners"])


def _retitled(row: Recommendation, was: str) -> dict[str, Any]:
    """Which references bear the new title in the overview too, as the trail tells it."""
    followed = follow_titles(row.references.order_by("in_row"), {row.pk: (was, row.title)})
    return {RETITLED: ", ".join(followed)} if followed else {}


def _completed(owner: Owner, given: Mapping[str, Any]) -> Mapping[str, Any]:
    organisation = seat(
        owner.plan, given.get("side", owner.side), given.get("organisation", owner.organisation)
    )
    return {**given, "role": one_line(given.get("role", owner.role)), "organisation": organisation}


def _refuse_settled(action: Action, field: str) -> None:
    """Locks the action, so that nobody asks about it meanwhile."""
    if why := why_it_stays(Action.objects.select_for_update(no_key=True).get(pk=action.pk)):
        raise PlanRefused(f"{named(action)} {why}", field)


def _refuse_side(owner: Owner, fields: Mapping[str, Any]) -> None:
    """The sides of its owners decide who answers for an action, and who did."""
    if "side" not in fields:
        return
    actions = Action.objects.filter(ownerships__owner=owner).select_related("recommendation").order_by("pk")
    for action in actions.select_for_update(of=("self",), no_key=True):
        if why := why_it_stays(action):
            raise PlanRefused(f"{named(action)} {why}", "side")


def _plain(value: Any) -> Any:
    """A value as the trail keeps it."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, int | str) else str(value)


def _named(field: str) -> str:
    return {"starts_on": "first month", "ends_on": "last month", "good": "what good looks like"}.get(
        field, field.replace("_", " ")
    )
