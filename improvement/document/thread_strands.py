"""The strands of the golden thread: for each priority of the plan above, what it serves and where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from improvement.document.thread_found import Found, Told
from improvement.models import MeasureLink, Recommendation


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


def strand_of(thread: Told, priority: Told, found: Found) -> Strand:
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


def _reached(number: int, links: Sequence[Told], commitments: Mapping[int, str], found: Found) -> Reached:
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


def _row(row: Recommendation, tie: Tie | None, found: Found) -> ShownRow:
    return ShownRow(
        code=row.code,
        title=row.title,
        url=found.url("recommendation", found.plan.code, row.code),
        tie=tie,
        indicators=[_indicator(link, found) for link in found.indicators.get(row.pk, [])],
    )


def _indicator(link: MeasureLink, found: Found) -> ShownIndicator:
    """With an address for those who may open it."""
    participant, code = found.participant, link.indicator.code
    may_open = participant.may("indicator.view")
    url = reverse("kpis:indicator", args=[participant.contract.code, code]) if may_open else ""
    return ShownIndicator(code, link.indicator.short_name, url, link.get_strength_display().lower())


def _elsewhere(link: Told, commitments: Mapping[int, str], found: Found) -> Elsewhere:
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
