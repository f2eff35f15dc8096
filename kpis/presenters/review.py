"""The review of a month: whose turn each figure is, exceptions first; and one figure with what both parties said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from kpis import sentences
from kpis.models import Figure, FigureRevision, Indicator, IndicatorStatus, Step
from kpis.presenters.figure_rows import moment, revision_row
from kpis.presenters.months import MonthPicker
from kpis.presenters.ordering import WORST_FIRST
from kpis.readings import Reading
from kpis.selectors.round import last_query
from parties.access import PROVIDER
from sandwell.numbers import count_words
from sandwell.periods import Month

State, Status = Figure.State, IndicatorStatus.Status
TURNS = {
    State.SUBMITTED: "It waits for the council to accept or query it.",
    State.QUERIED: "The council asked about it, and waits for the Trust’s answer.",
    State.DISPUTED: "The Trust disputes the council’s query, and waits for the council.",
    State.ACCEPTED: "The council accepted it.",
}


@dataclass(frozen=True)
class ReviewRow:
    """One figure of the month. ``revision`` is the key of what is shown, which an answer must still meet."""

    code: str
    name: str
    url: str
    status: str
    sentence: str
    said: str
    state: str
    asked: str
    revision: int


@dataclass(frozen=True)
class ReviewPage:
    month: Month
    picker: MonthPicker
    summary: str
    council: list[ReviewRow]
    trust: list[ReviewRow]
    accepted: list[ReviewRow]
    missing: list[ReviewRow]
    on_target: list[int]
    elsewhere: list[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """One thing that a party did or said, with who and when; ``party`` decides the side on which it stands."""

    party: str
    what: str
    words: str
    who: str
    when: str
    at: datetime


@dataclass(frozen=True)
class FigurePage:
    month: Month
    code: str
    name: str
    status: str
    sentence: str
    state: str
    turn: str
    revision: int
    said: list[Said]
    review_url: str
    indicator_url: str
    accept_url: str
    query_url: str
    answer_url: str


def review_page(
    contract_code: str,
    month: Month,
    rows: Sequence[tuple[Indicator, Reading]],
    figures: Mapping[str, Figure],
    open_months: Mapping[Month, int],
    picker: MonthPicker,
    today: date,
) -> ReviewPage:
    """Contract indicators and supporting measures alike: every figure that the Trust returned is answered."""
    made = [_row(contract_code, reading, figures.get(reading.code), today) for _, reading in rows]
    made.sort(key=lambda row: WORST_FIRST.index(Status(row.status)))
    council = [row for row in made if row.state in (State.SUBMITTED, State.DISPUTED)]
    trust = [row for row in made if row.state == State.QUERIED]
    accepted = [row for row in made if row.state == State.ACCEPTED]
    missing = [row for row in made if not row.state and row.status == Status.NOT_REPORTED]
    return ReviewPage(
        month=month,
        picker=picker,
        summary=_summary(council, trust, accepted, missing),
        council=council,
        trust=trust,
        accepted=accepted,
        missing=missing,
        on_target=[
            r.revision for r in council if r.status == Status.ON_TARGET and r.state == State.SUBMITTED
        ],
        elsewhere=[
            (f"{other.label} ({number})", f"{reverse('kpis:review', args=[contract_code])}?month={other}")
            for other, number in open_months.items()
            if other != month
        ],
    )


def _summary(
    council: Sequence[ReviewRow],
    trust: Sequence[ReviewRow],
    accepted: Sequence[ReviewRow],
    missing: Sequence[ReviewRow],
) -> str:
    failed = sum(1 for row in council if row.status == Status.FAILURE)
    waiting = count_words(len(council), "figure waits", "figures wait")
    words = [f"{waiting} for the council{f', {failed} of them failed' if failed else ''}"]
    if trust:
        words.append(f"{count_words(len(trust), 'query waits', 'queries wait')} for the Trust")
    words.append(f"{len(accepted)} accepted")
    if missing:
        words.append(f"{len(missing)} not reported")
    return "; ".join(words) + "."


def _row(contract_code: str, reading: Reading, figure: Figure | None, today: date) -> ReviewRow:
    query = last_query(figure) if figure else None
    return ReviewRow(
        code=reading.code,
        name=reading.short_name,
        url=f"{reverse('kpis:figure-review', args=[contract_code, reading.code])}?month={reading.month}",
        status=reading.status,
        sentence=sentences.reading_sentence(reading, today),
        said=reading.commentary,
        state=figure.state if figure else "",
        asked=_asked(query, today) if query else "",
        revision=figure.latest_id or 0 if figure else 0,
    )


def _asked(query: Step, today: date) -> str:
    assert query.answer_by is not None
    late = "was due by" if query.answer_by < today else "is due by"
    return f"{query.words} An answer {late} {sentences.day(query.answer_by)}."


def figure_page(
    contract_code: str, month: Month, reading: Reading, figure: Figure, today: date
) -> FigurePage:
    """One figure as both parties see it, oldest step first."""

    def address(name: str) -> str:
        return f"{reverse(name, args=[contract_code, reading.code])}?month={month}"

    said = [_entered(one) for one in figure.revisions.all()] + [_answered(one) for one in figure.steps.all()]
    return FigurePage(
        month=month,
        code=reading.code,
        name=reading.short_name,
        status=reading.status,
        sentence=sentences.reading_sentence(reading, today),
        state=figure.state,
        turn=TURNS[State(figure.state)],
        revision=figure.latest_id or 0,
        said=sorted(said, key=lambda one: one.at),
        review_url=f"{reverse('kpis:review', args=[contract_code])}?month={month}",
        indicator_url=address("kpis:indicator"),
        accept_url=reverse("kpis:accept", args=[contract_code]),
        query_url=address("kpis:query"),
        answer_url=address("kpis:answer"),
    )


def _entered(revision: FigureRevision) -> Said:
    row = revision_row(revision)
    words = f"{row.figure}. {revision.commentary}".strip() if revision.commentary else row.figure
    return Said(PROVIDER, f"Revision {row.number}", words, row.who, row.when, revision.entered_at)


def _answered(step: Step) -> Said:
    words = step.words
    if step.answer_by:
        words += f" (Answer by {sentences.day(step.answer_by)}.)"
    what = (
        f"{step.get_kind_display()} revision {step.revision.number}"
        if step.kind == "accepted"
        else step.get_kind_display()
    )
    return Said(step.party, what, words, step.taken_as, moment(step.taken_at), step.taken_at)
