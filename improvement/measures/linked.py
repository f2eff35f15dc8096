"""The indicators that show a measure, and where its page lies."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from improvement.models import Measure, MeasureLink, Plan
from kpis.engine.readings import Reading
from parties.participants import Participant


@dataclass(frozen=True)
class Linked:
    """An indicator that shows a measure, with its latest figure where the reader may see it."""

    code: str
    name: str
    url: str  # empty for a role that doesn't open indicators
    strength: str
    words: str
    figure: str
    month: str
    status: str
    provenance: str


def measure_url(code: str, plan: Plan, measure: Measure, name: str = "measure") -> str:
    """A row's measure lies below its row; one of the plan as a whole has a part less, so that no row's is like it."""
    row = [measure.recommendation.code] if measure.recommendation else []
    return reverse(f"improvement:{name}", args=[code, plan.code, *row, measure.number])


def linked(participant: Participant, link: MeasureLink, reading: Reading | None) -> Linked:
    code = link.indicator.code
    may_open = participant.may("indicator.view")
    return Linked(
        code=code,
        name=link.indicator.short_name,
        url=reverse("kpis:indicator", args=[participant.contract.code, code]) if may_open else "",
        strength=link.get_strength_display().lower(),
        words=link.words,
        figure=reading.value_text if reading else "",
        month=reading.month.label if reading else "",
        status=reading.status if reading and reading.limits else "",
        provenance=reading.provenance if reading else "",
    )
