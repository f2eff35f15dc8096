"""The page of one measure: from where to where, what it came to, and by what it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.values.months import Month
from core.values.words import day_words
from improvement.fields import FormBox
from improvement.measures.chart import Picture, amount, picture_of
from improvement.measures.linked import Linked, linked
from improvement.measures.selectors import current_values
from improvement.models import Evidence, Measure, MeasureValue, Plan
from improvement.models.event import Provenance
from improvement.plans.names import named
from kpis.engine.readings import Reading
from parties.participants import Participant


@dataclass(frozen=True)
class ShownValue:
    month: str
    amount: str
    source: str
    words: str
    link: str
    who: str
    illustrative: bool
    replaced: Sequence[ShownValue] = ()


@dataclass(frozen=True)
class ShownEvidence:
    action: str
    url: str
    kind: str
    shows: str
    when: str
    illustrative: bool


@dataclass(frozen=True)
class MeasurePage:
    measure: Measure
    name: str
    parents: Sequence[tuple[str, str]]
    recommendation: tuple[str, str, str] | None  # code, title, address
    baseline: str
    aim: str
    unit: str
    period: str
    latest: str
    latest_made_up: bool
    picture: Picture | None
    ends_made_up: bool  # the first value or the last
    illustrative: bool
    broken: bool
    values: Sequence[ShownValue]
    linked: Sequence[Linked]
    evidence: Sequence[ShownEvidence]
    boxes: Sequence[FormBox]


def measure_page(
    participant: Participant,
    measure: Measure,
    figures: Mapping[str, Reading],
    evidence: Sequence[Evidence],
    boxes: Sequence[FormBox],
) -> MeasurePage:
    code, plan, row = participant.contract.code, measure.plan, measure.recommendation
    values = current_values(measure)
    last, picture = max(values, default=None), picture_of(measure, values)
    made_up = {month for month, value in values.items() if value.provenance == Provenance.ILLUSTRATIVE}
    return MeasurePage(
        measure=measure,
        name=named(measure),
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code])),
            ("Measures", reverse("improvement:measures", args=[code, plan.code])),
        ],
        recommendation=(
            row.code,
            row.title,
            reverse("improvement:recommendation", args=[code, plan.code, row.code]),
        )
        if row
        else None,
        baseline=measure.baseline,
        aim=measure.aim,
        unit=measure.unit,
        period=measure.get_period_display() if measure.period else "",
        latest=f"{amount(values[last], measure.unit)} in {last.label}" if last else "",
        latest_made_up=last in made_up,
        picture=picture,
        ends_made_up=bool(made_up & {last, min(values, default=None)}),
        illustrative=bool(made_up),
        broken=picture is not None and picture.broken,
        values=[_value(measure, month, value) for month, value in reversed(values.items())],
        linked=[linked(participant, link, figures.get(link.indicator.code)) for link in measure.links.all()],
        evidence=[_evidence(code, plan, measure, one) for one in evidence],
        boxes=boxes,
    )


def _value(measure: Measure, month: Month, value: MeasureValue) -> ShownValue:
    """What holds of a month, with what held of it before, the latest first."""
    earlier = [one for one in measure.values.all() if one.month == value.month and one.pk < value.pk]
    earlier.sort(key=lambda one: one.pk, reverse=True)
    return _shown(measure, month, value, [_shown(measure, month, one) for one in earlier])


def _shown(
    measure: Measure, month: Month, value: MeasureValue, replaced: Sequence[ShownValue] = ()
) -> ShownValue:
    return ShownValue(
        month=month.label,
        amount=amount(value, measure.unit),
        source=value.source,
        words=value.words,
        link=value.link,
        who=f"{value.taken_as}, {day_words(value.day)}",
        illustrative=value.provenance == Provenance.ILLUSTRATIVE,
        replaced=replaced,
    )


def _evidence(code: str, plan: Plan, measure: Measure, one: Evidence) -> ShownEvidence:
    row = measure.recommendation.code if measure.recommendation else ""
    return ShownEvidence(
        action=f"Action {one.action.number}",
        url=reverse("improvement:action", args=[code, plan.code, row, one.action.number]),
        kind=one.get_kind_display(),
        shows=one.shows,
        when=day_words(one.seen_on),
        illustrative=one.provenance == Provenance.ILLUSTRATIVE,
    )
