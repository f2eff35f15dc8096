"""A plan's golden thread: from a vision's ambitions through another plan to its priorities and recommendations.

Few documents print such links. ``derived`` marks those that somebody found, and ``how`` says by what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Annotated

from pydantic import Field

from core.definition_files import Strict
from improvement.plans.field_types import Code, MonthText, Number, Title, Titles, Words

FILE = "golden_thread.yaml"


class Ambition(Strict):
    number: Number
    title: Title


class Commitment(Strict):
    """``same_as`` names commitments of other priorities that say the same: "4.1" is the first of priority 4."""

    number: Number
    title: Title
    same_as: Titles = []


class HigherPriority(Strict):
    number: Number
    title: Title
    commitments: list[Commitment]


class HigherPlan(Strict):
    """The plan between the vision and this one."""

    name: Title
    from_: MonthText = Field(alias="from")
    to: MonthText
    note: Words = ""
    objective: Words = ""
    place: Words = ""
    notes: Titles = []
    priorities: list[HigherPriority]


class AmbitionLink(Strict):
    ambition: Number
    priority: Number
    derived: bool
    how: Words


class PrintedLink(Strict):
    """What the documents themselves say; ``numbers_derived``: they name the ambitions, not their numbers."""

    from_: Title = Field(alias="from")
    to: Title
    plan: Words = ""
    ambitions: list[Number]
    derived: bool
    numbers_derived: bool = False
    how: Words
    place: Words


class PlanLink(Strict):
    """To a priority of a plan as a whole, or to one of its references; from a commitment, or from them all."""

    priority: Number
    commitment: Number | None
    plan: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50)]
    to_priority: Number
    ref: Code | None
    derived: bool
    how: Words


class ThreadFile(Strict):
    vision: Title
    ambitions: list[Ambition]
    directorate_plan: HigherPlan
    ambitions_to_priorities: list[AmbitionLink]
    ambitions_without_priority: list[Number]
    printed: list[PrintedLink]
    priorities_to_plans: list[PlanLink]
    notes: Titles = []


def thread_faults(thread: ThreadFile, code: str, references: Mapping[int, Set[str]]) -> Iterator[str]:
    """Links that lead nowhere; ``references`` are those of each priority of the plan ``code``.

    Where a link leads in another plan can't be told from this folder: it is shown without an address if it isn't there.
    """
    ambitions = {one.number for one in thread.ambitions}
    higher = {
        one.number: {made.number for made in one.commitments} for one in thread.directorate_plan.priorities
    }
    named_here = {f"{number}.{one}" for number, commitments in higher.items() for one in commitments}
    same = {
        code
        for one in thread.directorate_plan.priorities
        for made in one.commitments
        for code in made.same_as
    }
    yield from (f"{FILE}: there is no commitment {code}" for code in sorted(same - named_here))
    linked = {link.ambition for link in thread.ambitions_to_priorities}
    without = set(thread.ambitions_without_priority)
    named = linked | without | {number for link in thread.printed for number in link.ambitions}
    yield from (f"{FILE}: there is no ambition {number}" for number in sorted(named - ambitions))
    yield from (
        f"{FILE}: ambition {number} has a priority, and has none" for number in sorted(linked & without)
    )
    for number in sorted(ambitions - linked - without):
        yield f"{FILE}: ambition {number} has no priority, and isn't said to have none"
    for number in sorted({link.priority for link in thread.ambitions_to_priorities} - set(higher)):
        yield f"{FILE}: {thread.directorate_plan.name} has no priority {number}"
    for link in thread.priorities_to_plans:
        yield from (f"{FILE}: {fault}" for fault in _link_faults(link, higher, code, references))


def _link_faults(
    link: PlanLink, higher: Mapping[int, Set[int]], code: str, references: Mapping[int, Set[str]]
) -> Iterator[str]:
    if link.priority not in higher:
        yield f"there is no priority {link.priority} to lead from"
    elif link.commitment and link.commitment not in higher[link.priority]:
        yield f"priority {link.priority} has no commitment {link.commitment}"
    if link.plan != code:
        return
    if link.to_priority not in references:
        yield f"the plan has no priority {link.to_priority}"
    elif link.ref and link.ref not in references[link.to_priority]:
        yield f"{link.ref} stands in no row of priority {link.to_priority}"
