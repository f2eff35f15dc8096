"""The measures of a plan as a list that says first which have nothing to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.urls import reverse

from core.values.numbers import count_words
from improvement.measures.chart import amount
from improvement.measures.linked import Linked, linked, measure_url
from improvement.measures.selectors import current_values
from improvement.models import Measure, Plan
from improvement.models.event import Provenance
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
        linked=[linked(participant, link, figures.get(link.indicator.code)) for link in measure.links.all()],
    )


def _name(measure: Measure) -> str:
    row = measure.recommendation
    return f"{row.code} measure {measure.number}" if row else str(measure.number)
