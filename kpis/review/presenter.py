"""The review of a month: whose turn each figure is, exceptions first, each with both parties' last words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from kpis import sentences
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading, Replaced
from kpis.engine.selectors import Freshness
from kpis.figures.models import Figure, FigureRevision, Omission
from kpis.months.picker import month_picker
from kpis.presentation.figure_rows import revision_row
from kpis.presentation.ordering import WORST_FIRST
from kpis.review.models import Step
from kpis.review.page import LastWords, ReviewPage, ReviewRow, Warned
from kpis.review.selectors import ASKING, last_query, query_and_answer, where_it_stands
from kpis.rules import round as rules
from parties.participants import Participant

State, Status = Figure.State, IndicatorStatus.Status
# Why a figure on target is not accepted along with all others, the first that holds.
QUERIED_BEFORE, WITH_CHECKS, PROVISIONAL = "queried before", "with checks", "provisional"
OWN = "submitted by yourself"


@dataclass(frozen=True)
class ReturnedMonth:
    """What there is of a month: every indicator's reading, and by its code its figure or statement, if there is one."""

    readings: Sequence[Reading]
    figures: Mapping[str, Figure]
    statements: Mapping[str, Omission]


def review_page(
    participant: Participant,
    month: Month,
    fresh: Freshness,
    returned: ReturnedMonth,
    open_months: Mapping[Month, int],
    today: date,
) -> ReviewPage:
    """Contract indicators and supporting measures alike: every figure that the Trust returned is answered."""
    made = [
        _row(
            participant,
            reading,
            returned.figures.get(reading.code),
            returned.statements.get(reading.code),
            today,
        )
        for reading in returned.readings
    ]
    made.sort(key=lambda row: WORST_FIRST.index(Status(row.status)))
    council = sorted((row for row in made if row.state in (State.SUBMITTED, State.DISPUTED)), key=_urgency)
    trust = [row for row in made if row.state == State.QUERIED]
    accepted = [row for row in made if row.state == State.ACCEPTED]
    missing = [row for row in made if not row.state and row.status == Status.NOT_REPORTED]
    review_url = reverse("kpis:review", args=[participant.contract.code])
    return ReviewPage(
        month=month,
        picker=month_picker(fresh, month, []),
        computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
        behind=fresh.behind,
        summary=_summary(council, trust, accepted, missing),
        council=council,
        trust=trust,
        accepted=accepted,
        missing=missing,
        on_target=[row.revision for row in council if _on_target(row) and not row.question],
        left_out=_left_out(council),
        elsewhere=[
            (f"{open_month.label} ({number})", f"{review_url}?month={open_month}")
            for open_month, number in open_months.items()
            if open_month != month
        ],
        accept_url=f"{reverse('kpis:accept', args=[participant.contract.code])}?month={month}",
    )


def _urgency(row: ReviewRow) -> int:
    """What is off target first, then what raises a question, then the rest; rows of one kind keep their order."""
    if not row.newer and row.status in (Status.FAILURE, Status.WITHIN_TOLERANCE):
        return 0 if row.status == Status.FAILURE else 1
    return 2 if row.newer or row.question else 3


def _on_target(row: ReviewRow) -> bool:
    return row.status == Status.ON_TARGET and not row.newer


def _left_out(council: Sequence[ReviewRow]) -> str:
    """How many on target are not accepted along with the others, and why; empty where all are."""
    found = Counter(row.question for row in council if _on_target(row) and row.question)
    if not found:
        return ""
    reasons = (QUERIED_BEFORE, WITH_CHECKS, PROVISIONAL, OWN)
    alone = f", {next(iter(found))}" if len(found) == 1 else ""
    why = alone or ": " + ", ".join(f"{found[reason]} {reason}" for reason in reasons if found[reason])
    more = " more" if any(_on_target(row) and not row.question for row in council) else ""
    return f"{found.total()}{more} on target {'waits' if found.total() == 1 else 'wait'} below{why}."


def _summary(
    council: Sequence[ReviewRow],
    trust: Sequence[ReviewRow],
    accepted: Sequence[ReviewRow],
    missing: Sequence[ReviewRow],
) -> str:
    failed = sum(1 for row in council if row.status == Status.FAILURE and not row.newer)
    waiting = count_words(len(council), "figure waits", "figures wait")
    words = [f"{waiting} for the council{f', {failed} of them failed' if failed else ''}"]
    if trust:
        words.append(f"{count_words(len(trust), 'query waits', 'queries wait')} for the Trust")
    words.append(f"{len(accepted)} accepted")
    if missing:
        words.append(f"{len(missing)} not reported")
    return "; ".join(words) + "."


def _row(
    participant: Participant, reading: Reading, figure: Figure | None, statement: Omission | None, today: date
) -> ReviewRow:
    query = last_query(figure) if figure else None
    newer = newer_words(reading, figure) if figure else ""
    address = reverse("kpis:figure-review", args=[participant.contract.code, reading.code])
    return ReviewRow(
        code=reading.code,
        name=reading.short_name,
        url=f"{address}?month={reading.month}",
        status=reading.status,
        sentence=sentences.reading_sentence(reading, today),
        said=sentences.spoken(reading.commentary, reading.provenance),
        voice=sentences.voice_words(reading.provenance, ""),
        provenance=reading.value_provenance,
        judged=reading.limits is not None or reading.status == Status.NOT_REPORTED,
        revised=sentences.revised_words(reading),
        provisional=sentences.provisional_words(reading),
        state=figure.state if figure else "",
        asked=_asked(query, today) if query else "",
        last_words=_last_words(reading, figure) if figure and not newer else [],
        answered=bool(figure and not query and query_and_answer(figure)[0]),
        question=_question(participant, figure) if figure else "",
        stated=_stated(statement) if statement and not figure else "",
        warned=_warned_latest(figure) if figure and not newer else [],
        revision=reading.revision or 0,
        newer=newer,
        may_accept=figure is not None
        and not newer
        and rules.ACCEPT in rules.allowed(where_it_stands(figure))
        and not own_work(participant, figure),
    )


def newer_words(reading: Reading, figure: Figure) -> str:
    """What was entered after what the page shows; empty where the page shows what was entered last."""
    if figure.latest is None or figure.latest_id == reading.revision:
        return ""
    row = revision_row(figure.latest)
    begins = "Revised" if reading.revision else "Returned"
    return f"{begins}, not computed yet: {row.figure} ({row.who}, {row.when})."


def own_work(participant: Participant, figure: Figure) -> bool:
    """Whether the person entered any of its revisions, which were fetched along with it."""
    return any(revision.entered_by_id == participant.user.pk for revision in figure.revisions.all())


def _question(participant: Participant, figure: Figure) -> str:
    """Why it is looked at by itself even where it is on target; empty where nothing about it asks for that."""
    latest = next((revision for revision in figure.revisions.all() if revision.pk == figure.latest_id), None)
    if any(step.kind in ASKING for step in figure.steps.all()):
        return QUERIED_BEFORE
    if latest and latest.check_answers.all():
        return WITH_CHECKS
    if latest and latest.final_expected_on:
        return PROVISIONAL
    return OWN if own_work(participant, figure) else ""


def _last_words(reading: Reading, figure: Figure) -> list[LastWords]:
    """The last query and its answer in words, and what the latest revision changed and why."""
    query, answer = query_and_answer(figure)
    said = [LastWords("The council asked", query.words)] if query else []
    if answer:
        did = "disputed" if answer.kind == Step.Kind.DISPUTED else "explained"
        said.append(LastWords(f"The Trust {did}", answer.words))
    revised = _revised(reading, figure)
    if revised is None:
        return said
    asked_after = query is not None and query.revision_id == figure.latest_id
    return [revised, *said] if asked_after else [*said, revised]


def _revised(reading: Reading, figure: Figure) -> LastWords | None:
    """What the latest revision changed, "was 38.2%", and why; None where there is no earlier one."""
    revisions = list(figure.revisions.all())
    if len(revisions) < 2:
        return None
    now, was = revisions[-1], revisions[-2]
    replaced = Replaced.between(
        reading.unit,
        (now.numerator, now.denominator, now.value),
        (was.numerator, was.denominator, was.value),
    )
    before = replace(reading, replaced=replaced).replaced_text
    changed = f"was {before}." if before else "the value is the same."
    return LastWords("The Trust revised it", f"{changed} Why: {now.reason}" if now.reason else changed)


def _asked(query: Step, today: date) -> str:
    assert query.answer_by is not None
    late = "was due by" if query.answer_by < today else "is due by"
    return f"{query.words} An answer {late} {day_words(query.answer_by)}."


def _stated(statement: Omission) -> str:
    """The Trust's own words about a missing figure: "The system was down; expected on 12 May 2020."."""
    return f"{statement.reason.rstrip('. ')}; expected on {day_words(statement.expected_on)}."


def _warned_latest(figure: Figure) -> list[Warned]:
    return [
        warned
        for revision in figure.revisions.all()
        if revision.pk == figure.latest_id
        for warned in warned_of(revision)
    ]


def warned_of(revision: FigureRevision) -> list[Warned]:
    return [Warned(answer.message, answer.words) for answer in revision.check_answers.all()]
