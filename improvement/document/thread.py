"""The golden thread: from a vision's ambitions to the plan's priorities, recommendations and indicators.

Told in strands, one for each priority of the plan between the vision and this one, under a picture of them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from core.values.numbers import count_words
from improvement.document.selectors import indicators_by_row, priorities_of, priority_names
from improvement.document.thread_picture import Picture, picture_of
from improvement.models import MeasureLink, Plan, Priority, Recommendation
from parties.participants import Participant

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Tie:
    """Why two things belong together; ``of`` names the commitment that does, where it is one."""

    how: str
    derived: bool
    of: str


@dataclass(frozen=True)
class ShownAmbition:
    number: int
    title: str
    tie: Tie


@dataclass(frozen=True)
class ShownIndicator:
    code: str
    name: str
    url: str
    strength: str


@dataclass(frozen=True)
class ShownRow:
    code: str
    title: str
    url: str
    tie: Tie | None  # None: it comes with its priority as a whole
    indicators: Sequence[ShownIndicator]


@dataclass(frozen=True)
class Reached:
    """A priority of this plan, and what of it the strand leads to. ``quiet``: its rows that no indicator shows."""

    name: str
    url: str
    ties: Sequence[Tie]
    rows: Sequence[ShownRow]
    quiet: int


@dataclass(frozen=True)
class Elsewhere:
    plan: str
    name: str
    url: str
    tie: Tie


@dataclass(frozen=True)
class Strand:
    number: int
    title: str
    ambitions: Sequence[ShownAmbition]
    reached: Sequence[Reached]
    elsewhere: Sequence[Elsewhere]


@dataclass(frozen=True)
class ThreadPage:
    plan: Plan
    vision: str
    higher: Told
    summary: str
    picture: Picture
    strands: Sequence[Strand]
    unreached: Sequence[tuple[str, str]]  # what the thread doesn't reach, in words, and why it matters
    printed: Sequence[Told]
    notes: Sequence[str]
    parents: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Found:
    """What the plan and its contract hold, as the thread leads through them."""

    participant: Participant
    plan: Plan
    priorities: Mapping[int, Priority]
    indicators: Mapping[int, Sequence[MeasureLink]]
    plans: Mapping[str, Plan]
    names: Mapping[tuple[str, int], str]

    def url(self, page: str, plan: str, *place: object) -> str:
        return reverse(f"improvement:{page}", args=[self.participant.contract.code, plan, *place])


def thread_page(participant: Participant, plan: Plan, plans: Sequence[Plan]) -> ThreadPage:
    """Four queries. Http404 where the plan has no thread."""
    thread = plan.about.get("thread")
    if not thread:
        raise Http404("This plan has no golden thread.")
    found = _Found(
        participant=participant,
        plan=plan,
        priorities={one.number: one for one in priorities_of(plan)},
        indicators=indicators_by_row(plan),
        plans={one.code: one for one in plans},
        names=priority_names(list(plans)),
    )
    higher = thread["directorate_plan"]
    return ThreadPage(
        plan=plan,
        vision=thread["vision"],
        higher=higher,
        summary=_summary(thread, found),
        picture=_picture(thread, found),
        strands=[_strand(thread, priority, found) for priority in higher["priorities"]],
        unreached=_unreached(thread, found),
        printed=thread["printed"],
        notes=[*thread["notes"], *higher["notes"]],
        parents=[
            (plan.name, found.url("overview", plan.code)),
            ("Document", found.url("document", plan.code)),
        ],
    )


def _links(thread: Told, found: _Found) -> list[Told]:
    return [link for link in thread["priorities_to_plans"] if link["plan"] == found.plan.code]


def _linked(link: Told, found: _Found) -> list[MeasureLink]:
    """The indicators at the end of a link: those of its row, or of all rows of its priority."""
    rows = found.priorities[link["to_priority"]].recommendations.all()
    named = [row for row in rows if link["ref"] in (None, row.code)]
    return [one for row in named for one in found.indicators.get(row.pk, [])]


def _summary(thread: Told, found: _Found) -> str:
    """How far the thread reaches, in counts."""
    ambitions = {link["ambition"] for link in thread["ambitions_to_priorities"]}
    links = _links(thread, found)
    reached = {link["to_priority"] for link in links}
    shown = {link["to_priority"] for link in links if _linked(link, found)}
    indicators = {one.indicator_id for link in links for one in _linked(link, found)}
    every, some = len(found.priorities), len(reached)
    to = (
        f"all {every} priorities of the plan" if some == every else f"{some} of the plan’s {every} priorities"
    )
    return (
        f"From {len(ambitions)} of {count_words(len(thread['ambitions']), 'ambition')} the thread leads to {to},"
        f" and from {len(shown)} of these on to {count_words(len(indicators), 'indicator')}."
    )


def _unreached(thread: Told, found: _Found) -> list[tuple[str, str]]:
    """Where the thread breaks: ambitions, priorities of both plans."""
    titles = {one["number"]: one["title"] for one in thread["ambitions"]}
    links = _links(thread, found)
    higher = thread["directorate_plan"]["priorities"]
    left = {link["priority"] for link in links}
    shown = {link["to_priority"] for link in links if _linked(link, found)}
    gaps = [
        ("Ambitions that no priority serves", [titles[one] for one in thread["ambitions_without_priority"]]),
        (
            "Priorities that lead to nothing in this plan",
            [one["title"] for one in higher if one["number"] not in left],
        ),
        (
            "Priorities of this plan that nothing leads to",
            [
                one.name
                for one in found.priorities.values()
                if one.number not in {ln["to_priority"] for ln in links}
            ],
        ),
        (
            "Priorities of this plan that the thread leads to, and no indicator shows",
            [found.priorities[one].name for one in sorted({ln["to_priority"] for ln in links} - shown)],
        ),
    ]
    return [(heading, "; ".join(names)) for heading, names in gaps if names]


def _strand(thread: Told, priority: Told, found: _Found) -> Strand:
    titles = {one["number"]: one["title"] for one in thread["ambitions"]}
    commitments = {one["number"]: one["title"] for one in priority["commitments"]}
    links = [link for link in thread["priorities_to_plans"] if link["priority"] == priority["number"]]
    own: dict[int, list[Told]] = {}
    for link in links:
        if link["plan"] == found.plan.code:
            own.setdefault(link["to_priority"], []).append(link)
    return Strand(
        number=priority["number"],
        title=priority["title"],
        ambitions=[
            ShownAmbition(link["ambition"], titles[link["ambition"]], _tie(link, {}))
            for link in thread["ambitions_to_priorities"]
            if link["priority"] == priority["number"]
        ],
        reached=[_reached(number, own[number], commitments, found) for number in sorted(own)],
        elsewhere=[_elsewhere(link, commitments, found) for link in links if link["plan"] != found.plan.code],
    )


def _tie(link: Told, commitments: Mapping[int, str]) -> Tie:
    return Tie(link["how"], link["derived"], commitments.get(link.get("commitment") or 0, ""))


def _reached(number: int, links: Sequence[Told], commitments: Mapping[int, str], found: _Found) -> Reached:
    priority = found.priorities[number]
    by_row = {link["ref"]: _tie(link, commitments) for link in links if link["ref"]}
    whole = [_tie(link, commitments) for link in links if not link["ref"]]
    rows = [
        _row(row, by_row.get(row.code), found)
        for row in priority.recommendations.all()
        if row.code in by_row or (whole and found.indicators.get(row.pk))
    ]
    return Reached(
        name=str(priority),
        url=found.url("priority", found.plan.code, number),
        ties=whole,
        rows=rows,
        quiet=len(priority.recommendations.all()) - len(rows) if whole else 0,
    )


def _row(row: Recommendation, tie: Tie | None, found: _Found) -> ShownRow:
    return ShownRow(
        code=row.code,
        title=row.title,
        url=found.url("recommendation", found.plan.code, row.code),
        tie=tie,
        indicators=[_indicator(link, found) for link in found.indicators.get(row.pk, [])],
    )


def _indicator(link: MeasureLink, found: _Found) -> ShownIndicator:
    """With an address for those who may open it."""
    participant, code = found.participant, link.indicator.code
    may_open = participant.may("indicator.view")
    url = reverse("kpis:indicator", args=[participant.contract.code, code]) if may_open else ""
    return ShownIndicator(code, link.indicator.short_name, url, link.get_strength_display().lower())


def _elsewhere(link: Told, commitments: Mapping[int, str], found: _Found) -> Elsewhere:
    """In another plan of the contract; without an address where the contract has no such plan."""
    plan, number = link["plan"], link["to_priority"]
    name = found.names.get((plan, number), "")
    called = link["ref"] or f"Priority {number}{', ' if name else ''}{name}"
    page, place = ("recommendation", link["ref"]) if link["ref"] else ("priority", number)
    return Elsewhere(
        plan=found.plans[plan].name if plan in found.plans else f"Plan {plan}",
        name=called,
        url=found.url(page, plan, place) if name else "",
        tie=_tie(link, commitments),
    )


def _picture(thread: Told, found: _Found) -> Picture:
    """The four columns, and every link between neighbours."""
    links = _links(thread, found)
    ends = [(link["to_priority"], one) for link in links for one in _linked(link, found)]
    indicators = {one.indicator.code: one.indicator for _, one in sorted(ends, key=_position)}
    shown_by: Iterable[tuple[str, str, bool]] = (
        (f"p{number}", f"i{one.indicator.code}", True) for number, one in ends
    )
    return picture_of(
        heads=(thread["vision"], thread["directorate_plan"]["name"], found.plan.name, "Indicators"),
        columns=(
            {f"a{one['number']}": f"{one['number']} {one['title']}" for one in thread["ambitions"]},
            {
                f"d{one['number']}": f"{one['number']} {one['title']}"
                for one in thread["directorate_plan"]["priorities"]
            },
            {f"p{one.number}": f"{one.number} {one.name}" for one in found.priorities.values()},
            {f"i{code}": f"{code} {one.short_name}" for code, one in indicators.items()},
        ),
        links=[
            *(
                (f"a{one['ambition']}", f"d{one['priority']}", one["derived"])
                for one in thread["ambitions_to_priorities"]
            ),
            *((f"d{one['priority']}", f"p{one['to_priority']}", one["derived"]) for one in links),
            *shown_by,
        ],
    )


def _position(end: tuple[int, MeasureLink]) -> int:
    return end[1].indicator.position
