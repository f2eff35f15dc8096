"""The table of an indicator's months: the chart's numbers again, with commentary, revisions and who entered them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core import clock
from core.clock import moment_words
from core.values.months import Month
from core.values.numbers import shortest
from core.values.words import day_words
from kpis.charts.line import mark_of
from kpis.engine.readings import Reading
from kpis.figures.models import Figure, FigureRevision
from kpis.rules.figures import numbers_in_words
from kpis.sentences import change_words, provisional_words, revised_words

# As the demonstration's own import signs what it enters.
DEMONSTRATION = "load_demonstration command"


@dataclass(frozen=True)
class RevisionRow:
    number: int
    figure: str
    commentary: str
    reason: str
    provenance: str
    who: str
    when: str
    day: str


@dataclass(frozen=True)
class FigureRow:
    """One month. ``status`` is "plain" for a value that no band judges."""

    month: Month
    anchor: str
    numerator: str
    denominator: str
    value: str
    status: str
    change: str
    direction: str
    provenance: str
    revised: str
    provisional: str
    commentary: str
    state: str
    current: RevisionRow | None
    earlier: list[RevisionRow]
    focus: bool


def figure_rows(
    readings: Sequence[Reading],
    revisions: Mapping[Month, Sequence[FigureRevision]],
    focus: Month | None,
    *,
    as_they_stand: bool = True,
) -> list[FigureRow]:
    """Latest month first. Where figures stand between the parties is known of now alone: ``as_they_stand``."""
    return [
        _row(reading, revisions.get(reading.month, ()), focus, as_they_stand)
        for reading in reversed(readings)
    ]


def _row(
    reading: Reading, revisions: Sequence[FigureRevision], focus: Month | None, as_they_stand: bool
) -> FigureRow:
    current = revisions[0] if revisions else None
    state = current.figure.state if current and as_they_stand else Figure.State.ACCEPTED
    return FigureRow(
        month=reading.month,
        anchor=f"m{reading.month}",
        numerator=count_text(reading.numerator),
        denominator=count_text(reading.denominator),
        value=reading.value_text if reading.value is not None else "",
        status=mark_of(reading),
        change=change_words(reading),
        direction=reading.direction or "",
        provenance=reading.provenance,
        revised=revised_words(reading),
        provisional=provisional_words(reading),
        commentary=current.commentary if current else "",
        state="" if state == Figure.State.ACCEPTED else Figure.State(state).label,
        current=revision_row(current) if current else None,
        earlier=[revision_row(revision) for revision in revisions[1:]],
        focus=reading.month == focus,
    )


def revision_row(revision: FigureRevision) -> RevisionRow:
    """What one revision says, who entered it and when."""
    return RevisionRow(
        number=revision.number,
        figure=numbers_in_words(revision.numerator, revision.denominator, revision.value),
        commentary=revision.commentary,
        reason=revision.reason,
        provenance=revision.provenance,
        who=who_words(revision.entered_as),
        when=moment_words(revision.entered_at),
        day=day_words(clock.day_of(revision.entered_at)),
    )


def who_words(entered_as: str) -> str:
    """Who entered it: a person's name; of a command, what it does, since its name says nothing to people."""
    if entered_as == DEMONSTRATION:
        return "loaded with the demonstration"
    return "imported by a command" if entered_as.endswith(" command") else entered_as


def count_text(number: Decimal | None) -> str:
    """A stored number with thousands marked and without idle zeros: "1,957", "63.31"; empty where there is none."""
    return "" if number is None else shortest(number)
