"""One figure of a month as both parties see it: what they said, what may be done now, and the months before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.clock import moment_words
from core.values.months import Month
from core.values.words import day_words
from kpis import sentences
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.engine.selectors import Freshness
from kpis.figures.models import Figure, FigureRevision, Omission
from kpis.presentation.figure_rows import revision_row
from kpis.review.figure_page import Conflict, FigurePage, Past, Said, StatementPage
from kpis.review.models import Step
from kpis.review.presenter import newer_words, own_work, warned_of
from kpis.review.selectors import last_query, where_it_stands
from kpis.rules import round as rules
from parties.participants import PROVIDER, Participant

Status = IndicatorStatus.Status
# So many months stand beside a figure.
HISTORY = 6
TURNS = {
    rules.SUBMITTED: "It waits for the council to accept or query it.",
    rules.QUERIED: "The council asked about it, and waits for the Trust’s answer.",
    rules.DISPUTED: "The Trust disputes the council’s query, and waits for the council.",
    rules.ACCEPTED: "The council accepted it.",
}
# What was never in the round, by where it comes from.
OUTSIDE = {
    FigureRevision.Provenance.PUBLISHED: "It was entered as it was printed, outside the round.",
    FigureRevision.Provenance.DERIVED: "It was worked out from what was printed, outside the round.",
    FigureRevision.Provenance.ILLUSTRATIVE: "It was made up for the demonstration, outside the round.",
    FigureRevision.Provenance.RETURNED: "It was returned outside the round.",
}


@dataclass(frozen=True)
class RefusedAnswer:
    """An answer that was not taken: why, the revision that it spoke of, and what was written with it."""

    why: str
    seen: FigureRevision
    typed: str = ""


def figure_page(
    participant: Participant,
    fresh: Freshness,
    readings: Sequence[Reading],
    figure: Figure,
    today: date,
    refused: RefusedAnswer | None = None,
) -> FigurePage:
    """One figure as both parties see it, oldest step first; ``readings`` end with the figure's own month.

    Beside a ``refused`` answer stands what is there now, by its numbers, so that a query may speak of it although it
    isn't computed yet.
    """
    reading, where = readings[-1], where_it_stands(figure)
    month = reading.month
    newer = newer_words(reading, figure)
    acts = _acts(participant, figure, computed=not newer, shown=not newer or refused is not None)

    def address(name: str) -> str:
        return f"{reverse(name, args=[participant.contract.code, reading.code])}?month={month}"

    form_holds_it = bool(acts.asks) or acts.explains
    return FigurePage(
        month=month,
        code=reading.code,
        name=reading.short_name,
        computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
        behind=fresh.behind,
        status=reading.status,
        judged=reading.limits is not None or reading.status == Status.NOT_REPORTED,
        provenance=reading.value_provenance,
        sentence=sentences.reading_sentence(reading, today),
        newer=newer,
        turn=OUTSIDE[_provenance(figure)] if where == rules.OUTSIDE else TURNS[where],
        own=acts.own,
        asked_yourself=acts.asked_yourself,
        revision=figure.latest_id or 0,
        accepts=acts.accepts,
        asks=acts.asks,
        explains=acts.explains,
        said=_thread(figure),
        past=[_past(reading, month) for reading in readings],
        conflict=_conflict(refused, figure, form_holds_it=form_holds_it) if refused else None,
        review_url=f"{reverse('kpis:review', args=[participant.contract.code])}?month={month}",
        indicator_url=address("kpis:indicator"),
        accept_url=f"{reverse('kpis:accept', args=[participant.contract.code])}?month={month}",
        query_url=address("kpis:query"),
        answer_url=address("kpis:answer"),
    )


@dataclass(frozen=True)
class _Acts:
    """What the person may do now, empty where nothing, and why not where it is for what they did themselves."""

    accepts: str
    asks: str
    explains: bool
    own: bool
    asked_yourself: bool


def _acts(participant: Participant, figure: Figure, *, computed: bool, shown: bool) -> _Acts:
    """``computed``: the latest revision is what the page judges; ``shown``: its numbers stand on the page."""
    allowed = rules.allowed(where_it_stands(figure))
    accepts = next((act for act in (rules.ACCEPT, rules.WITHDRAW) if act in allowed), "")
    asks = next((act for act in (rules.QUERY, rules.REOPEN) if act in allowed), "")
    answers, own, query = participant.may("figure.answer"), own_work(participant, figure), last_query(figure)
    to_be_answered = participant.may("query.answer") and rules.EXPLAIN in allowed
    asked_yourself = query is not None and query.taken_by_id == participant.user.pk
    return _Acts(
        accepts=accepts if answers and computed and not own else "",
        asks=asks if answers and shown else "",
        explains=to_be_answered and not asked_yourself,
        own=own and answers and bool(accepts),
        asked_yourself=to_be_answered and asked_yourself,
    )


def _thread(figure: Figure) -> list[Said]:
    """Revisions and steps in the order in which they came."""
    numbers = {revision.pk: revision.number for revision in figure.revisions.all()}
    said = [_entered(revision) for revision in figure.revisions.all()]
    said += [_answered(step, numbers[step.revision_id]) for step in figure.steps.all()]
    return sorted(said, key=lambda act: act.at)


def _past(reading: Reading, month: Month) -> Past:
    return Past(
        month=reading.month,
        value=reading.value_text,
        status=reading.status if reading.limits or reading.status == Status.NOT_REPORTED else "",
        provenance=reading.value_provenance if reading.value is not None else "",
        revised=sentences.revised_words(reading),
        provisional=sentences.provisional_words(reading),
        current=reading.month == month,
    )


def _provenance(figure: Figure) -> FigureRevision.Provenance:
    assert figure.latest is not None
    return FigureRevision.Provenance(figure.latest.provenance)


def statement_page(
    participant: Participant,
    month: Month,
    fresh: Freshness,
    reading: Reading,
    statement: Omission,
    today: date,
) -> StatementPage:
    """A missing figure of which the Trust said why it can't be reported."""
    code = participant.contract.code
    late = "It was due on" if today > reading.due_on else "It is due on"
    return StatementPage(
        month=month,
        code=reading.code,
        name=reading.short_name,
        computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
        behind=fresh.behind,
        sentence=f"{late} {day_words(reading.due_on)}.",
        reason=statement.reason,
        expected=day_words(statement.expected_on),
        over=today > statement.expected_on,
        who=statement.stated_as,
        when=moment_words(statement.stated_at),
        may_return=participant.may("figure.enter"),
        review_url=f"{reverse('kpis:review', args=[code])}?month={month}",
        indicator_url=f"{reverse('kpis:indicator', args=[code, reading.code])}?month={month}",
    )


def _conflict(refused: RefusedAnswer, figure: Figure, *, form_holds_it: bool) -> Conflict:
    assert figure.latest is not None
    typed = "" if form_holds_it else refused.typed
    return Conflict(refused.why, revision_row(refused.seen), revision_row(figure.latest), typed)


def _entered(revision: FigureRevision) -> Said:
    row = revision_row(revision)
    words = f"{row.figure}. {revision.commentary}".strip() if revision.commentary else row.figure
    if row.number > 1 and row.reason:
        words += f"\nWhy it changed: {row.reason}"
    return Said(
        PROVIDER, f"Revision {row.number}", words, warned_of(revision), row.who, row.when, revision.entered_at
    )


def _answered(step: Step, revision: int) -> Said:
    words = step.words
    if step.answer_by:
        words += f" (Answer by {day_words(step.answer_by)}.)"
    what = step.get_kind_display()
    if step.kind == Step.Kind.ACCEPTED:
        what = f"{what} revision {revision}"
    return Said(step.party, what, words, [], step.taken_as, moment_words(step.taken_at), step.taken_at)
