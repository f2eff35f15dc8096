"""The measures of a plan as a list that says first which have nothing to show, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django import forms
from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from improvement.measures.chart import Picture, amount, picture_of
from improvement.measures.selectors import current_values
from improvement.models import Evidence, Measure, MeasureLink, MeasureValue, Plan
from improvement.models.event import Provenance
from improvement.plans.names import named
from kpis.engine.readings import Reading
from parties.participants import Participant


class Show(StrEnum):
    """Which measures the list shows."""

    ALL = ""
    NONE = "none"
    LINKED = "linked"
    VALUED = "valued"


CHOICES = {
    Show.ALL: "All",
    Show.NONE: "With neither",
    Show.LINKED: "With an indicator",
    Show.VALUED: "With a value",
}


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


@dataclass(frozen=True)
class MeasureRow:
    name: str  # as its row numbers it: "C3 measure 1"
    title: str
    url: str
    baseline: str
    aim: str
    latest: str
    month: str
    illustrative: bool
    linked: Sequence[Linked]

    def fits(self, show: Show) -> bool:
        """Whether it stands in the list of those."""
        return {
            Show.ALL: True,
            Show.NONE: not self.latest and not self.linked,
            Show.LINKED: bool(self.linked),
            Show.VALUED: bool(self.latest),
        }[show]

    @property
    def shows_nothing(self) -> bool:
        return self.fits(Show.NONE)

    @property
    def is_bare(self) -> bool:
        """Whether its title is all that there is: it takes the room of baseline and aim as well."""
        return self.shows_nothing and not self.baseline and not self.aim


@dataclass(frozen=True)
class Block:
    """The measures of one priority, or those of the plan as a whole."""

    anchor: str
    number: int | None
    name: str
    rows: Sequence[MeasureRow]


@dataclass(frozen=True)
class Choice:
    words: str
    query: str
    count: int
    current: bool


@dataclass(frozen=True)
class MeasuresPage:
    plan: Plan
    parents: Sequence[tuple[str, str]]
    summary: str
    choices: Sequence[Choice]
    blocks: Sequence[Block]

    @property
    def has_baselines(self) -> bool:
        return any(row.baseline for block in self.blocks for row in block.rows)

    @property
    def has_aims(self) -> bool:
        return any(row.aim for block in self.blocks for row in block.rows)

    @property
    def title_columns(self) -> int:
        """Over how many columns the title of a bare row reaches."""
        return 1 + self.has_baselines + self.has_aims


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
class ActBox:
    """Something that the reader can write, with its form."""

    heading: str
    button: str
    url: str
    form: forms.Form
    open: bool


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
    picture: Picture | None
    illustrative: bool
    broken: bool
    values: Sequence[ShownValue]
    linked: Sequence[Linked]
    evidence: Sequence[ShownEvidence]
    boxes: Sequence[ActBox]


def measure_url(code: str, plan: Plan, measure: Measure, name: str = "measure") -> str:
    """A row's measure lies below its row; one of the plan as a whole has a part less, so that no row's is like it."""
    row = [measure.recommendation.code] if measure.recommendation else []
    return reverse(f"improvement:{name}", args=[code, plan.code, *row, measure.number])


def measures_page(
    participant: Participant,
    plan: Plan,
    measures: Sequence[Measure],
    figures: Mapping[str, Reading],
    show: Show,
) -> MeasuresPage:
    code = participant.contract.code
    rows = [(measure, _row(participant, plan, measure, figures)) for measure in measures]
    counts = {one: sum(row.fits(one) for _, row in rows) for one in Show}
    chosen = [(measure, row) for measure, row in rows if row.fits(show)]
    return MeasuresPage(
        plan=plan,
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
        summary=_summary(len(rows), counts[Show.NONE]),
        choices=[
            Choice(words, f"?show={one}" if one else "?", counts[one], one == show)
            for one, words in CHOICES.items()
        ],
        blocks=[
            _block(number, list(block))
            for number, block in groupby(chosen, key=lambda pair: _priority(pair[0]))
        ],
    )


def _summary(count: int, nothing: int) -> str:
    if not count:
        return "This plan has no impact measures."
    if not nothing:
        return f"Every one of the {count_words(count, 'measure')} of this plan has a value or an indicator."
    verb = "has" if nothing == 1 else "have"
    return (
        f"{nothing} of {count_words(count, 'measure')} of this plan {verb} neither a value nor an indicator."
    )


def _priority(measure: Measure) -> int | None:
    return measure.recommendation.priority.number if measure.recommendation else None


def _block(number: int | None, pairs: list[tuple[Measure, MeasureRow]]) -> Block:
    first = pairs[0][0].recommendation
    name = first.priority.name if first else "The plan as a whole"
    anchor = f"priority-{number}" if number else "plan"
    return Block(anchor, number, name, [row for _, row in pairs])


def _row(
    participant: Participant, plan: Plan, measure: Measure, figures: Mapping[str, Reading]
) -> MeasureRow:
    values = current_values(measure)
    month = max(values, default=None)
    latest = values[month] if month else None
    return MeasureRow(
        name=_name(measure),
        title=measure.title,
        url=measure_url(participant.contract.code, plan, measure),
        baseline=measure.baseline,
        aim=measure.aim,
        latest=amount(latest, measure.unit) if latest else "",
        month=month.label if month else "",
        illustrative=latest is not None and latest.provenance == Provenance.ILLUSTRATIVE,
        linked=[_linked(participant, link, figures.get(link.indicator.code)) for link in measure.links.all()],
    )


def _name(measure: Measure) -> str:
    row = measure.recommendation
    return f"{row.code} measure {measure.number}" if row else str(measure.number)


def _linked(participant: Participant, link: MeasureLink, reading: Reading | None) -> Linked:
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


def measure_page(
    participant: Participant,
    measure: Measure,
    figures: Mapping[str, Reading],
    evidence: Sequence[Evidence],
    boxes: Sequence[ActBox],
) -> MeasurePage:
    code, plan, row = participant.contract.code, measure.plan, measure.recommendation
    values = current_values(measure)
    last, picture = max(values, default=None), picture_of(measure, values)
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
        picture=picture,
        illustrative=any(value.provenance == Provenance.ILLUSTRATIVE for value in values.values()),
        broken=picture is not None and picture.broken,
        values=[_value(measure, month, value) for month, value in reversed(values.items())],
        linked=[_linked(participant, link, figures.get(link.indicator.code)) for link in measure.links.all()],
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
