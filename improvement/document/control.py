"""The plan as a document: its control, what it aims at and how, who governs it, and every reference of its appendix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words, listed
from improvement.document.appendix import Origin, oddities, shown_origins
from improvement.document.selectors import (
    Size,
    measures_of_the_whole,
    priorities_of,
    references_of,
    size_of,
)
from improvement.models import Measure, Plan, Priority
from parties.participants import Participant

FATES = {
    "done": "Done",
    "in_progress": "In progress",
    "carried_forward": "Carried forward",
    "amended": "Amended",
}
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Phase:
    name: str
    months: str
    now: bool
    points: Sequence[str]


@dataclass(frozen=True)
class Inspection:
    name: str
    when: str
    what: str
    judgements: Sequence[Told]


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class Group:
    name: str
    area: str
    priorities: Sequence[Link]


@dataclass(frozen=True)
class Before:
    number: int
    title: str
    fate: str
    note: str
    continues_as: Sequence[Link]
    derived: bool


@dataclass(frozen=True)
class DocumentPage:
    plan: Plan
    lede: str
    counts: Sequence[tuple[int, str]]
    control: Sequence[tuple[str, str]]
    distribution: Sequence[str]
    versions: Sequence[Told]
    approvals: Sequence[Told]
    phases: Sequence[Phase]
    governance: Sequence[Told]
    reporting: Told
    informed_by: Sequence[Inspection]
    groups: Sequence[Group]
    enablers: Sequence[Told]
    measures: Sequence[Measure]
    origins: Sequence[Origin]
    odd: str
    earlier: Sequence[Before]
    earlier_words: str
    notes: Sequence[str]
    more: Sequence[Link]
    parents: Sequence[tuple[str, str]]


def document_page(participant: Participant, plan: Plan, today: date) -> DocumentPage:
    """Six queries. What the plan doesn't say is left out of the page, not invented."""
    code, about = participant.contract.code, plan.about
    priorities, references = priorities_of(plan), references_of(plan)
    earlier = [_before(code, plan, told) for told in about.get("earlier", [])]
    return DocumentPage(
        plan=plan,
        lede=_lede(plan),
        counts=_counts(size_of(plan, priorities, references)),
        control=_control(plan),
        distribution=about.get("control", {}).get("distribution", []),
        versions=[told | {"day": _day(told.get("day"))} for told in about.get("versions", [])],
        approvals=[told | {"day": _day(told.get("day"))} for told in about.get("approvals", [])],
        phases=[_phase(told, today) for told in about.get("approach", [])],
        governance=about.get("governance", []),
        reporting=about.get("reporting", {}),
        informed_by=[_inspection(told) for told in about.get("informed_by", [])],
        groups=[_group(code, plan, told, priorities) for told in about.get("groups", [])],
        enablers=about.get("enablers", []),
        measures=list(measures_of_the_whole(plan)),
        origins=shown_origins(code, plan, references),
        odd=oddities(references),
        earlier=earlier,
        earlier_words=_earlier_words(about.get("earlier_period", {}), earlier),
        notes=about.get("notes", []),
        more=_more(code, plan),
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
    )


def _counts(size: Size) -> list[tuple[int, str]]:
    """What there is of each kind; a kind of which nothing is printed is left out."""
    kinds = (
        (size.priorities, "priority", "priorities"),
        (size.recommendations, "recommendation", "recommendations"),
        (size.references, "reference", "references"),
        (size.actions, "action", "actions"),
        (size.measures, "impact measure", "impact measures"),
    )
    return [(number, one if number == 1 else many) for number, one, many in kinds if number]


def _lede(plan: Plan) -> str:
    first, last = plan.months
    said = f"It runs from {first.label} to {last.label}"
    aims = [
        aim["words"] + (f" by {aim['by']}" if aim.get("by") else "") for aim in plan.about.get("aims", [])
    ]
    return f"{said}, and aims at {listed(aims)}." if aims else f"{said}."


def _control(plan: Plan) -> list[tuple[str, str]]:
    """What is said of the document itself; the day on which it was agreed only where no approval has it."""
    control, agreed = plan.about.get("control", {}), plan.about.get("agreed")
    approved = [told.get("day") for told in plan.about.get("approvals", [])]
    cadence = count_words(plan.cadence_every, plan.cadence_unit) if plan.cadence_every else ""
    said = [
        ("Organisation", control.get("organisation", "")),
        ("Subject", control.get("subject", "")),
        ("Marking", control.get("marking", "")),
        ("Answers for it", plan.owner),
        ("Last review", _month(control.get("last_review"))),
        ("Reviewed every", cadence),
        ("Agreed", _day(agreed) if agreed not in approved else ""),
        ("Printed statuses of", _day(plan.about.get("reviewed"))),
        ("Months", plan.about.get("note", "")),
        ("Source", "" if plan.document in plan.place else plan.document),
        ("Place", plan.place),
    ]
    return [(name, words) for name, words in said if words]


def _day(text: str | None) -> str:
    return day_words(date.fromisoformat(text)) if text else ""


def _month(text: str | None) -> str:
    return Month.parse(text).label if text else ""


def _phase(told: Told, today: date) -> Phase:
    first, last = told.get("from"), told.get("to")
    if not first or not last:
        return Phase(told["name"], _month(first or last), False, told["points"])
    months = f"{_month(first)} to {_month(last)}"
    now = Month.parse(first) <= Month.of(today) <= Month.parse(last)
    return Phase(told["name"], months, now, told["points"])


def _inspection(told: Told) -> Inspection:
    days = [_day(day) for day in told.get("days", [])]
    when = listed(days) or _month(told.get("month"))
    return Inspection(told["inspection"], when, told.get("what", ""), told.get("judgements", []))


def _group(code: str, plan: Plan, told: Told, priorities: Sequence[Priority]) -> Group:
    members = [
        Link(str(one), reverse("improvement:priority", args=[code, plan.code, one.number]))
        for one in priorities
        if one.number in told["priorities"]
    ]
    area = told.get("area", "")
    return Group(told["name"], "" if area == told["name"] else area, members)


def _before(code: str, plan: Plan, told: Told) -> Before:
    return Before(
        number=told["number"],
        title=told["title"],
        fate=FATES[told["fate"]],
        note=told.get("note", ""),
        continues_as=[
            Link(ref, reverse("improvement:recommendation", args=[code, plan.code, ref]))
            for ref in told.get("continues_as", [])
        ],
        derived=bool(told.get("derived")),
    )


def _earlier_words(period: Told, earlier: Sequence[Before]) -> str:
    """ "Of 11 earlier recommendations 5 were carried forward, ..., from September 2018 to July 2019." """
    if not earlier:
        return ""
    counts = Counter(before.fate for before in earlier)
    told = listed([f"{counts[fate]} {fate.lower()}" for fate in FATES.values() if counts[fate]])
    first, last = period.get("from"), period.get("to")
    when = f", from {_day(first)} to {_day(last)}" if first and last else ""
    return f"{count_words(len(earlier), 'earlier recommendation')}{when}: {told}."


def _more(code: str, plan: Plan) -> list[Link]:
    """The pages of what may stand beside a plan, where it does."""
    pages = (("milestones", "Milestones by period"), ("thread", "Golden thread"))
    return [
        Link(name, reverse(f"improvement:{part}", args=[code, plan.code]))
        for part, name in pages
        if plan.about.get(part)
    ]
