"""How far targets slipped, in words, as a histogram and as tables, and which actions moved most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from core.charts.frame import NARROW, WIDE
from core.values.numbers import count_words, shortest
from improvement.models import Plan
from improvement.plans.names import named
from improvement.progress.parts import Part
from improvement.progress.selectors import Dated
from improvement.progress.stacked import Chart, Column, Drawing, drawing
from improvement.rules.slips import MANY_MONTHS, MANY_MOVES, Slip, Tally, by_months, by_moves, median, tally

FINISHED, OPEN = Part("finished", "F", "Finished"), Part("open", "O", "Open")
TIMES = ("Never", "Once", "Twice", "Three times and more")
MOST_NAMED = 10
# Low, for the counts are small, and without room for names at its end.
LOW = replace(WIDE, height=260, right=8), replace(NARROW, height=220, right=8)


@dataclass(frozen=True)
class Count:
    name: str
    tally: Tally


@dataclass(frozen=True)
class Moved:
    name: str
    title: str
    url: str
    months: str
    moves: str
    targets: Sequence[str]
    finished: bool


@dataclass(frozen=True)
class Slips:
    """``drawings`` is empty where no target slipped."""

    summary: str
    drawings: Sequence[tuple[str, Drawing]]
    months: Sequence[Count]
    moves: Sequence[Count]
    dated: Tally
    most: Sequence[Moved]
    more: int


def slips(code: str, plan: Plan, dated: Sequence[Dated]) -> Slips:
    found = [one.slip for one in dated]
    later = sorted(
        (one for one in dated if one.slip.months > 0), key=lambda one: (-one.slip.months, -one.slip.moves)
    )
    months = by_months(found)
    return Slips(
        summary=_summary(found),
        drawings=_drawings(months) if months else [],
        months=_months(found, months),
        moves=[Count(name, counted) for name, counted in zip(TIMES, by_moves(found), strict=True)],
        dated=tally(found),
        most=[_moved(code, plan, one) for one in later[:MOST_NAMED]],
        more=max(len(later) - MOST_NAMED, 0),
    )


def _summary(found: Sequence[Slip]) -> str:
    """How many of all slipped, by how much, and what is left of them to do."""
    if not found:
        return "No action has a target month."
    later = [slip.months for slip in found if slip.months > 0]
    of_all = f"of {count_words(len(found), 'dated action')}"
    if len(found) == 1:
        by = (
            f"now lies {count_words(later[0], 'month')} later than at first"
            if later
            else "isn’t later than at first"
        )
        return f"The target of the one dated action {by}."
    if not later:
        return f"None {of_all} has a later target than at first."
    least, most = min(later), max(later)
    span = count_words(most, "month") if least == most else f"{least} to {count_words(most, 'month')}"
    verb = "has" if len(later) == 1 else "have"
    middle = "" if len(later) == 1 else f"; median {shortest(median(later) or 0)}"
    often = sum(slip.moves >= MANY_MOVES for slip in found)
    many = f" {often} moved three times or more." if often else ""
    return f"{len(later)} {of_all} {verb} a later target than at first, by {span}{middle}.{many}"


def _months(found: Sequence[Slip], later: Sequence[tuple[int, Tally]]) -> list[Count]:
    """Every dated action once: brought forward, in its first month, and later by so many."""
    earlier = tally(slip for slip in found if slip.months < 0)
    counts = [Count("Brought forward", earlier)] if earlier.all else []
    counts.append(Count("In its first month", tally(slip for slip in found if slip.months == 0)))
    return counts + [Count(_later(months), counted) for months, counted in later]


def _later(months: int) -> str:
    return f"{MANY_MONTHS} months and more" if months == MANY_MONTHS else count_words(months, "month")


def _drawings(months: Sequence[tuple[int, Tally]]) -> list[tuple[str, Drawing]]:
    columns = [
        Column(
            f"{number}+" if number == MANY_MONTHS else str(number),
            "months later",
            [counted.finished, counted.open],
        )
        for number, counted in months
    ]
    chart = Chart((FINISHED, OPEN), columns)
    return [(width, drawing(chart, frame)) for width, frame in zip(("wide", "narrow"), LOW, strict=True)]


def _moved(code: str, plan: Plan, one: Dated) -> Moved:
    action = one.action
    return Moved(
        name=named(action),
        title=action.title,
        url=reverse("improvement:action", args=[code, plan.code, action.row_code, action.number]),
        months=count_words(one.slip.months, "month"),
        moves=count_words(one.slip.moves, "move"),
        targets=[month.short for month, _ in groupby(one.targets)],
        finished=one.slip.finished,
    )
