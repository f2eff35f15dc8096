"""What a plan and its contract hold, as the golden thread leads through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from improvement.models import MeasureLink, Plan, Priority
from parties.participants import Participant

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What the plan and its contract hold, as the thread leads through them."""

    participant: Participant
    plan: Plan
    priorities: Mapping[int, Priority]
    indicators: Mapping[int, Sequence[MeasureLink]]
    plans: Mapping[str, Plan]
    names: Mapping[tuple[str, int], str]

    def url(self, page: str, plan: str, *place: object) -> str:
        return reverse(f"improvement:{page}", args=[self.participant.contract.code, plan, *place])


def links_of(thread: Told, found: Found) -> list[Told]:
    return [link for link in thread["priorities_to_plans"] if link["plan"] == found.plan.code]


def shown_by(link: Told, found: Found) -> list[MeasureLink]:
    """The indicators at the end of a link: those of its row, or of all rows of its priority."""
    rows = found.priorities[link["to_priority"]].recommendations.all()
    named = [row for row in rows if link["ref"] in (None, row.code)]
    return [one for row in named for one in found.indicators.get(row.pk, [])]
