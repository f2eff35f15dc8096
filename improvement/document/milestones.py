"""What was reached, by period: milestones, and the outputs that came with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from core.values.numbers import count_words
from improvement.models import Plan
from parties.participants import Participant


@dataclass(frozen=True)
class Period:
    label: str
    milestones: Sequence[Mapping[str, Any]]
    outputs: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class MilestonesPage:
    plan: Plan
    title: str
    place: str
    summary: str
    periods: Sequence[Period]
    parents: Sequence[tuple[str, str]]


def milestones_page(participant: Participant, plan: Plan) -> MilestonesPage:
    """No query. Http404 where the plan has none."""
    kept = plan.about.get("milestones")
    if not kept:
        raise Http404("This plan prints no milestones.")
    periods = [Period(one["label"], one["milestones"], one["outputs"]) for one in kept["periods"]]
    reached = sum(len(period.milestones) for period in periods)
    outputs = sum(len(period.outputs) for period in periods)
    code = participant.contract.code
    return MilestonesPage(
        plan=plan,
        title=kept["title"],
        place=kept["place"],
        summary=(
            f"{count_words(reached, 'milestone')} reached and {count_words(outputs, 'output')} made"
            f" in {count_words(len(periods), 'period')}."
        ),
        periods=periods,
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code])),
            ("Document", reverse("improvement:document", args=[code, plan.code])),
        ],
    )
