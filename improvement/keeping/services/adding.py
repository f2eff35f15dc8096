"""Adds to a plan: priorities, recommendations, actions, impact measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from core import clock
from core.values.months import Month
from core.values.words import listed
from improvement.actions.giving import tell_owners
from improvement.keeping.refusals import PlanRefused
from improvement.keeping.services.owners import own, owners_of_plan
from improvement.keeping.services.writing import begin, checked, free_number, in_trail, plan_of
from improvement.models import Action, Block, Measure, Owner, Plan, Priority, Recommendation, Reference
from improvement.plans.names import named
from improvement.plans.origins import origin_of
from improvement.plans.references import REFERENCE
from parties.participants import Participant


@dataclass(frozen=True)
class PriorityWords:
    """``number`` None: the next. ``why`` is a text, ``what``, ``how`` and ``good`` are lines."""

    name: str
    number: int | None = None
    lead: str = ""
    why: str = ""
    what: Sequence[str] = ()
    how: Sequence[str] = ()
    good: Sequence[str] = ()


@dataclass(frozen=True)
class RecommendationWords:
    """``references`` in their order: the first names the row. ``success`` are lines."""

    references: Sequence[str]
    title: str
    wording: str = ""
    success: Sequence[str] = ()


@dataclass(frozen=True)
class ActionWords:
    """``number`` None: the next. Its target is a month, or ``target_words`` say where it stands, or there is none."""

    title: str
    number: int | None = None
    wording: str = ""
    target: Month | None = None
    target_words: str = ""
    owners: Sequence[Owner] = field(default_factory=tuple)


@dataclass(frozen=True)
class MeasureWords:
    """``number`` None: the next."""

    title: str
    number: int | None = None
    wording: str = ""


@transaction.atomic
def add_priority(*, by: Participant, plan: Plan, words: PriorityWords) -> Priority:
    """A priority, which is one part of the overview as well. PlanRefused with the reason."""
    plan = begin(by, plan)
    taken = plan.priorities.values_list("number", flat=True)
    priority = Priority(
        plan=plan,
        number=free_number(words.number, taken, "priority"),
        name=words.name,
        lead=words.lead,
        why=words.why,
        what=list(words.what),
        how=list(words.how),
        good=list(words.good),
    )
    checked(priority)
    priority.save(force_insert=True)
    Block.objects.create(priority=priority, position=0, name=priority.name)
    in_trail(by, "priority_added", priority, f"{priority} was added to the {plan.name}.")
    return priority


@transaction.atomic
def add_recommendation(
    *, by: Participant, priority: Priority, words: RecommendationWords, block: Block | None = None
) -> Recommendation:
    """A row with its references, in a part of the overview; which one must be said where the priority has several.

    PlanRefused with the reason; of references that exist already it says where they stand.
    """
    plan = begin(by, priority.plan)
    _refuse_references(plan, words.references)
    block = _block(priority, block)
    row = Recommendation(
        priority=priority,
        position=max([-1, *priority.recommendations.values_list("position", flat=True)]) + 1,
        code=words.references[0],
        title=words.title,
        wording=words.wording,
        success=list(words.success),
        added_on=clock.today(),
    )
    checked(row)
    row.save(force_insert=True)
    _add_references(row, words, block)
    in_trail(
        by,
        "recommendation_added",
        row,
        f"{named(row)} was added to {priority}.",
        {"references": list(words.references), "title": row.title},
    )
    return row


def _add_references(row: Recommendation, words: RecommendationWords, block: Block) -> None:
    """Behind those that stand in the part of the overview already."""
    plan = row.priority.plan
    first = max([-1, *block.references.values_list("in_block", flat=True)]) + 1
    Reference.objects.bulk_create(
        Reference(
            plan=plan,
            code=code,
            title=words.title,
            origin=origin_of(plan, code),
            recommendation=row,
            in_row=place,
            block=block,
            in_block=first + place,
        )
        for place, code in enumerate(words.references)
    )


@transaction.atomic
def add_action(*, by: Participant, recommendation: Recommendation, words: ActionWords) -> Action:
    """An action of which nothing is said yet. PlanRefused with the reason."""
    plan = begin(by, plan_of(recommendation))
    if words.target and words.target_words:
        raise PlanRefused(
            "Give the target’s month, or say where the date stands: an action has one of the two.", "target"
        )
    owners_of_plan(plan, words.owners)
    taken = recommendation.actions.values_list("number", flat=True)
    target = words.target.first_day if words.target else None
    action = Action(
        recommendation=recommendation,
        number=free_number(words.number, taken, "action"),
        title=words.title,
        wording=words.wording,
        first_target=target,
        target=target,
        target_words=words.target_words,
        added_on=clock.today(),
    )
    checked(action)
    action.save(force_insert=True)
    own(action, words.owners)
    tell_owners(by=by, plan=plan, given={action: words.owners})
    in_trail(
        by,
        "action_added",
        action,
        f"{named(action)} was added.",
        {
            "title": action.title,
            "target": str(words.target) if words.target else words.target_words,
            "owners": [owner.role for owner in words.owners],
        },
    )
    return action


@transaction.atomic
def add_measure(*, by: Participant, recommendation: Recommendation, words: MeasureWords) -> Measure:
    """An impact measure of a row. PlanRefused with the reason."""
    plan = begin(by, plan_of(recommendation))
    taken = recommendation.measures.values_list("number", flat=True)
    measure = Measure(
        plan=plan,
        recommendation=recommendation,
        number=free_number(words.number, taken, "measure"),
        title=words.title,
        wording=words.wording,
    )
    checked(measure)
    measure.save(force_insert=True)
    in_trail(by, "measure_added", measure, f"{named(measure)} was added.", {"title": measure.title})
    return measure


def _refuse_references(plan: Plan, codes: Sequence[str]) -> None:
    """Every fault of the references at once."""
    faults = [
        f"“{code}” is no reference: write it like OR1." for code in codes if not REFERENCE.fullmatch(code)
    ]
    if not codes:
        faults.append("Give at least one reference, like OR1.")
    twice = sorted({code for code in codes if codes.count(code) > 1})
    faults += [f"{code} is given twice." for code in twice]
    taken = _taken(plan)
    faults += [f"{code} exists already: {taken[code]}." for code in dict.fromkeys(codes) if code in taken]
    if faults:
        raise PlanRefused(" ".join(faults), "references")


def _taken(plan: Plan) -> dict[str, str]:
    """Each code by which something of the plan is known, with the place where it stands."""
    rows = Recommendation.objects.filter(priority__plan=plan).select_related("priority")
    found = {row.code: f"it names a row of priority {row.priority.number}" for row in rows}
    for reference in plan.references.select_related("recommendation__priority"):
        row = reference.recommendation
        place = f"in row {row.code} of priority {row.priority.number}" if row else "in no row of the plan"
        found |= dict.fromkeys(reference.aliases, f"{reference.code} is printed so, {place}")
        found[reference.code] = f"it stands {place}"
    return found


def _block(priority: Priority, wanted: Block | None) -> Block:
    """The part of the overview; a priority that has none yet gets one of its own name."""
    blocks = list(priority.blocks.all())
    if wanted is not None:
        if wanted not in blocks:
            raise PlanRefused("This part of the overview belongs to another priority.", "block")
        return wanted
    if len(blocks) > 1:
        names = listed([f"“{block.name}”" for block in blocks], "or")
        raise PlanRefused(f"Choose the part of the overview: {names}.", "block")
    return blocks[0] if blocks else Block.objects.create(priority=priority, position=0, name=priority.name)
