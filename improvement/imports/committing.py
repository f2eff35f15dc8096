"""Writes what a file says of a plan, all of it or nothing, if the plan still stands as the preview showed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from core.values.numbers import count_words
from core.values.words import listed
from improvement.actions.giving import tell_owners
from improvement.imports.adding import Adding
from improvement.imports.comparing import Part
from improvement.imports.gathered import (
    ACTION,
    MEASURE,
    OWNER,
    PRIORITY,
    RECOMMENDATION,
    alike,
    thing_name,
)
from improvement.imports.kept import KeptPlan, kept_plan
from improvement.models import Action, Plan
from improvement.plans.selectors import NOT_KEPT, keeps
from improvement.plans.settled import why_it_stays
from improvement.plans.titles import RETITLED, follow_titles
from parties.participants import Participant
from uploads.handlers import CHANGED, NEW, Change
from uploads.refusals import PreviewOutdated, UploadRefused

MOST_NAMED = 5
# So many rows are changed by one statement.
BATCH = 200
PLURALS = {
    PRIORITY: "priorities",
    RECOMMENDATION: "recommendations",
    ACTION: "actions",
    MEASURE: "measures",
    OWNER: "owners",
}


@transaction.atomic
def write_parts(*, by: Participant, plan_id: int, parts: Sequence[Part]) -> tuple[Plan, list[str]]:
    """Every part; the plan, and the references that are called otherwise with their rows.

    Whoever takes the file over writes the trail, so that it tells of one file once. PreviewOutdated where somebody
    changed what the preview showed; UploadRefused for whoever doesn't keep the plan.
    """
    plan = Plan.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=plan_id).first()
    if plan is None or not keeps(by, plan):
        raise UploadRefused(f"{NOT_KEPT} Nothing was changed.")
    _lock_actions(plan, parts)
    kept = kept_plan(plan)
    _refuse_outdated(kept, parts)
    adding = Adding(kept, [part for part in parts if part.kind == NEW])
    adding.write()
    tell_owners(by=by, plan=plan, given=adding.given)
    _change(kept, [part for part in parts if part.kind == CHANGED])
    return plan, _retitle(kept, parts)


def _lock_actions(plan: Plan, parts: Sequence[Part]) -> None:
    """Those whose words change, so that nobody asks about them meanwhile."""
    if any(part.noun == ACTION and part.kind == CHANGED for part in parts):
        actions = Action.objects.filter(recommendation__priority__plan=plan).order_by("pk")
        list(actions.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def parts_of(changes: Sequence[Change]) -> list[Part]:
    """The parts of rows as an upload keeps them."""
    return [Part(**part) for change in changes for part in change["parts"]]


def summary(parts: Sequence[Part]) -> str:
    """ "12 wordings change; 1 recommendation and 3 actions are new"."""
    changed = sum(len(part.after) for part in parts if part.kind == CHANGED)
    new = Counter(part.noun for part in parts if part.kind == NEW)
    words = [count_words(changed, "wording changes", "wordings change")] if changed else []
    if new:
        added = [count_words(new[noun], noun, PLURALS[noun]) for noun in PLURALS if new[noun]]
        words.append(f"{listed(added)} {'is' if new.total() == 1 else 'are'} new")
    return "; ".join(words)


def in_trail(parts: Sequence[Part], retitled: Sequence[str]) -> dict[str, Any]:
    """What was and what is, of each wording; of what is new, its names; and what is called otherwise with its row."""
    changed = {
        f"{thing_name(part.noun, part.key)}, {name}": {"old": _text(part.before[name]), "new": _text(value)}
        for part in parts
        if part.kind == CHANGED
        for name, value in part.after.items()
    }
    new = [thing_name(part.noun, part.key) for part in parts if part.kind == NEW]
    named = {"new": new, RETITLED: retitled}
    return changed | {name: ", ".join(those) for name, those in named.items() if those}


def _text(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def _refuse_outdated(kept: KeptPlan, parts: Sequence[Part]) -> None:
    there = _there(kept)
    roles = {*kept.owners, *(_key(part) for part in parts if part.noun == OWNER)}
    gone = [
        thing_name(part.noun, part.key)
        for part in parts
        if not _stands_as_shown(part, there[part.noun].get(_key(part)), kept)
        or not {role.lower() for role in part.after.get("owners", [])} <= roles
    ]
    if gone:
        names = listed(list(dict.fromkeys(gone))[:MOST_NAMED])
        more = " and more" if len(set(gone)) > MOST_NAMED else ""
        raise PreviewOutdated(
            f"{names}{more} changed since these rows were read, so nothing was saved. What they would change is shown"
            " anew."
        )


def _there(kept: KeptPlan) -> dict[str, Mapping[Any, models.Model]]:
    return {
        PRIORITY: kept.priorities,
        RECOMMENDATION: kept.rows,
        ACTION: kept.actions,
        MEASURE: kept.measures,
        OWNER: kept.owners,
    }


def _key(part: Part) -> Any:
    if part.noun == OWNER:
        return part.key[0].lower()
    return part.key[0] if len(part.key) == 1 else tuple(part.key)


def _stands_as_shown(part: Part, row: models.Model | None, kept: KeptPlan) -> bool:
    """What is new isn't there yet; what changes reads as it did."""
    if part.kind == NEW:
        codes = part.after.get("references", [])
        statuses = part.noun == ACTION and "day" in part.after
        return row is None and not set(codes) & set(kept.row_of) and not (statuses and kept.actions)
    if isinstance(row, Action) and why_it_stays(row):
        return False
    return row is not None and all(alike(getattr(row, name), was) for name, was in part.before.items())


def _change(kept: KeptPlan, parts: Sequence[Part]) -> None:
    """The wordings, each kind of thing in one statement."""
    there = _there(kept)
    for noun, fields in (
        (PRIORITY, ["lead"]),
        (RECOMMENDATION, ["title", "wording", "success"]),
        (ACTION, ["title", "wording"]),
        (MEASURE, ["title", "wording"]),
    ):
        rows: dict[Any, models.Model] = {}
        for part in parts:
            if part.noun == noun:
                row = rows.setdefault(_key(part), there[noun][_key(part)])
                for name, value in part.after.items():
                    setattr(row, name, value)
        if rows:
            model: Any = type(next(iter(rows.values())))
            model.objects.bulk_update(rows.values(), fields, batch_size=BATCH)


def _retitle(kept: KeptPlan, parts: Sequence[Part]) -> list[str]:
    titles = {
        kept.rows[part.key[0]].pk: (part.before["title"], part.after["title"])
        for part in parts
        if part.noun == RECOMMENDATION and part.kind == CHANGED and "title" in part.after
    }
    return follow_titles(kept.references.values(), titles)
