"""The golden thread: from a vision's ambitions to the plan's priorities, recommendations and indicators.

Told in strands, one for each priority of the plan between the vision and this one, under a picture of them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404

from core.values.numbers import count_words
from improvement.document.selectors import indicators_by_row, priorities_of, priority_names
from improvement.document.thread_found import Found, Told, links_of, shown_by
from improvement.document.thread_picture import Picture, picture_of
from improvement.document.thread_strands import Strand, strand_of
from improvement.models import MeasureLink, Plan
from parties.participants import Participant


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


def thread_page(participant: Participant, plan: Plan, plans: Sequence[Plan]) -> ThreadPage:
    """Four queries. Http404 where the plan has no thread."""
    thread = plan.about.get("thread")
    if not thread:
        raise Http404("This plan has no golden thread.")
    found = Found(
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
        strands=[strand_of(thread, priority, found) for priority in higher["priorities"]],
        unreached=_unreached(thread, found),
        printed=thread["printed"],
        notes=[*thread["notes"], *higher["notes"]],
        parents=[
            (plan.name, found.url("overview", plan.code)),
            ("Document", found.url("document", plan.code)),
        ],
    )


def _summary(thread: Told, found: Found) -> str:
    """How far the thread reaches, in counts."""
    ambitions = {link["ambition"] for link in thread["ambitions_to_priorities"]}
    links = links_of(thread, found)
    reached = {link["to_priority"] for link in links}
    shown = {link["to_priority"] for link in links if shown_by(link, found)}
    indicators = {one.indicator_id for link in links for one in shown_by(link, found)}
    every, some = len(found.priorities), len(reached)
    to = (
        f"all {every} priorities of the plan" if some == every else f"{some} of the plan’s {every} priorities"
    )
    return (
        f"From {len(ambitions)} of {count_words(len(thread['ambitions']), 'ambition')} the thread leads to {to},"
        f" and from {len(shown)} of these on to {count_words(len(indicators), 'indicator')}."
    )


def _unreached(thread: Told, found: Found) -> list[tuple[str, str]]:
    """Where the thread breaks: ambitions, priorities of both plans."""
    titles = {one["number"]: one["title"] for one in thread["ambitions"]}
    links = links_of(thread, found)
    higher = thread["directorate_plan"]["priorities"]
    left = {link["priority"] for link in links}
    shown = {link["to_priority"] for link in links if shown_by(link, found)}
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


def _picture(thread: Told, found: Found) -> Picture:
    """The four columns, and every link between neighbours."""
    links = links_of(thread, found)
    ends = [(link["to_priority"], one) for link in links for one in shown_by(link, found)]
    indicators = {one.indicator.code: one.indicator for _, one in sorted(ends, key=_position)}
    to_indicators: Iterable[tuple[str, str, bool]] = (
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
            *to_indicators,
        ],
    )


def _position(end: tuple[int, MeasureLink]) -> int:
    return end[1].indicator.position
