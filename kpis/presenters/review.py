"""The review of a month: whose turn each figure is, exceptions first; and one figure with what both parties said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from kpis import sentences
from kpis.models import Figure, FigureRevision, IndicatorStatus, Omission, Step
from kpis.presenters.figure_rows import RevisionRow, moment, revision_row
from kpis.presenters.months import MonthPicker
from kpis.presenters.ordering import WORST_FIRST
from kpis.readings import Reading, Replaced
from kpis.rules import round as rules
from kpis.selectors.round import ASKING, last_query, query_and_answer, where_it_stands
from kpis.selectors.statuses import Freshness
from parties.access import PROVIDER, Reader
from sandwell.numbers import count_words
from sandwell.periods import Month

State, Status = Figure.State, IndicatorStatus.Status
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
# Why a figure on target is not accepted along with all others, the first that holds.
QUERIED_BEFORE, WITH_CHECKS, PROVISIONAL = "queried before", "with checks", "provisional"
OWN = "submitted by yourself"


@dataclass(frozen=True)
class Warned:
    """A check that warned when the figure was submitted, and what the Trust said to it."""

    message: str
    words: str


@dataclass(frozen=True)
class LastWords:
    """The end of what both parties said: "The council asked", "Which team?"."""

    who: str
    words: str


@dataclass(frozen=True)
class ReviewRow:
    """One figure of the month. ``revision`` is the key of what is shown, which an answer must still meet.

    ``newer`` says what came after what is shown and is not computed yet; nothing is answered then. ``question`` is
    why somebody should look at it even where it is on target, and ``answered`` whether that was a query.
    """

    code: str
    name: str
    url: str
    status: str
    sentence: str
    said: str
    voice: str
    provenance: str
    judged: bool
    revised: str
    provisional: str
    state: str
    asked: str
    last_words: list[LastWords]
    answered: bool
    question: str
    stated: str
    warned: list[Warned]
    revision: int
    newer: str
    may_accept: bool


@dataclass(frozen=True)
class ReviewPage:
    month: Month
    picker: MonthPicker
    computed: str
    behind: bool
    summary: str
    council: list[ReviewRow]
    trust: list[ReviewRow]
    accepted: list[ReviewRow]
    missing: list[ReviewRow]
    on_target: list[int]
    left_out: str
    elsewhere: list[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """One thing that a party did or said, with who and when; ``party`` decides the side on which it stands."""

    party: str
    what: str
    words: str
    warned: list[Warned]
    who: str
    when: str
    at: datetime


@dataclass(frozen=True)
class Past:
    """One month beside the figure's own."""

    month: Month
    value: str
    status: str
    provenance: str
    revised: str
    provisional: str
    current: bool


@dataclass(frozen=True)
class Conflict:
    """Why an answer was not taken: what it spoke of and what there is now, the same where only its state changed.

    ``typed`` is what was written where no form can hold it any more.
    """

    refused: str
    seen: RevisionRow
    now: RevisionRow
    typed: str

    @property
    def revised(self) -> bool:
        return self.seen.number != self.now.number


@dataclass(frozen=True)
class FigurePage:
    """``accepts``, ``asks`` and ``explains`` are the acts that the reader may take now, empty where none."""

    month: Month
    code: str
    name: str
    computed: str
    behind: bool
    status: str
    judged: bool
    provenance: str
    sentence: str
    newer: str
    turn: str
    own: bool
    asked_yourself: bool
    revision: int
    accepts: str
    asks: str
    explains: bool
    said: list[Said]
    past: list[Past]
    conflict: Conflict | None
    review_url: str
    indicator_url: str
    accept_url: str
    query_url: str
    answer_url: str


@dataclass(frozen=True)
class StatementPage:
    """What the Trust stated about a figure that it can't report yet; ``over`` where the day that it gave is over."""

    month: Month
    code: str
    name: str
    computed: str
    behind: bool
    sentence: str
    reason: str
    expected: str
    over: bool
    who: str
    when: str
    may_return: bool
    review_url: str
    indicator_url: str


def review_page(
    reader: Reader,
    month: Month,
    fresh: Freshness,
    readings: Sequence[Reading],
    figures: Mapping[str, Figure],
    statements: Mapping[str, Omission],
    open_months: Mapping[Month, int],
    picker: MonthPicker,
    today: date,
) -> ReviewPage:
    """Contract indicators and supporting measures alike: every figure that the Trust returned is answered."""
    made = [_row(reader, one, figures.get(one.code), statements.get(one.code), today) for one in readings]
    made.sort(key=lambda row: WORST_FIRST.index(Status(row.status)))
    council = sorted((row for row in made if row.state in (State.SUBMITTED, State.DISPUTED)), key=_urgency)
    trust = [row for row in made if row.state == State.QUERIED]
    accepted = [row for row in made if row.state == State.ACCEPTED]
    missing = [row for row in made if not row.state and row.status == Status.NOT_REPORTED]
    review_url = reverse("kpis:review", args=[reader.contract.code])
    return ReviewPage(
        month=month,
        picker=picker,
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
            (f"{other.label} ({number})", f"{review_url}?month={other}")
            for other, number in open_months.items()
            if other != month
        ],
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
    why = ", ".join(f"{found[reason]} {reason}" for reason in reasons if found[reason])
    more = " more" if any(_on_target(row) and not row.question for row in council) else ""
    return f"{found.total()}{more} on target {'waits' if found.total() == 1 else 'wait'} below: {why}."


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
    reader: Reader, reading: Reading, figure: Figure | None, statement: Omission | None, today: date
) -> ReviewRow:
    query = last_query(figure) if figure else None
    newer = _newer(reading, figure) if figure else ""
    address = reverse("kpis:figure-review", args=[reader.contract.code, reading.code])
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
        question=_question(reader, figure) if figure else "",
        stated=_stated(statement) if statement and not figure else "",
        warned=_warned_latest(figure) if figure and not newer else [],
        revision=reading.revision or 0,
        newer=newer,
        may_accept=figure is not None
        and not newer
        and rules.ACCEPT in rules.allowed(where_it_stands(figure))
        and not _own(reader, figure),
    )


def _newer(reading: Reading, figure: Figure) -> str:
    """What was entered after what the page shows; empty where the page shows what was entered last."""
    if figure.latest is None or figure.latest_id == reading.revision:
        return ""
    row = revision_row(figure.latest)
    begins = "Revised" if reading.revision else "Returned"
    return f"{begins}, not computed yet: {row.figure} ({row.who}, {row.when})."


def _own(reader: Reader, figure: Figure) -> bool:
    """Whether the reader entered any of its revisions, which were fetched along with it."""
    return any(one.entered_by_id == reader.user.pk for one in figure.revisions.all())


def _question(reader: Reader, figure: Figure) -> str:
    """Why it is looked at by itself even where it is on target; empty where nothing about it asks for that."""
    latest = next((one for one in figure.revisions.all() if one.pk == figure.latest_id), None)
    if any(step.kind in ASKING for step in figure.steps.all()):
        return QUERIED_BEFORE
    if latest and latest.check_answers.all():
        return WITH_CHECKS
    if latest and latest.final_expected_on:
        return PROVISIONAL
    return OWN if _own(reader, figure) else ""


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
    return f"{query.words} An answer {late} {sentences.day(query.answer_by)}."


def _stated(statement: Omission) -> str:
    """The Trust's own words about a missing figure: "The system was down; expected on 12 May 2020."."""
    return f"{statement.reason.rstrip('. ')}; expected on {sentences.day(statement.expected_on)}."


def _warned_latest(figure: Figure) -> list[Warned]:
    return [warned for one in figure.revisions.all() if one.pk == figure.latest_id for warned in _warned(one)]


def _warned(revision: FigureRevision) -> list[Warned]:
    return [Warned(one.message, one.words) for one in revision.check_answers.all()]


def figure_page(
    reader: Reader,
    month: Month,
    fresh: Freshness,
    readings: Sequence[Reading],
    figure: Figure,
    today: date,
    refused: str = "",
    seen: FigureRevision | None = None,
    typed: str = "",
) -> FigurePage:
    """One figure as both parties see it, oldest step first; ``readings`` end with the figure's own month.

    ``refused`` says why an answer to the revision ``seen`` was not taken. What is there now stands beside it then, by
    its numbers, so that a query may speak of it although it isn't computed yet.
    """
    reading, where = readings[-1], where_it_stands(figure)
    newer, own, acts = _newer(reading, figure), _own(reader, figure), rules.allowed(where)

    def address(name: str) -> str:
        return f"{reverse(name, args=[reader.contract.code, reading.code])}?month={month}"

    answers, may_ask = reader.may("figure.answer"), not newer or bool(refused)
    accepts = next((act for act in (rules.ACCEPT, rules.WITHDRAW) if act in acts), "")
    asks = next((act for act in (rules.QUERY, rules.REOPEN) if act in acts), "")
    query = last_query(figure)
    asked_yourself = query is not None and query.taken_by_id == reader.user.pk
    answers_query = reader.may("query.answer") and rules.EXPLAIN in acts
    explains = answers_query and not asked_yourself
    asks = asks if answers and may_ask else ""
    numbers = {one.pk: one.number for one in figure.revisions.all()}
    said = [_entered(one) for one in figure.revisions.all()]
    said += [_answered(one, numbers[one.revision_id]) for one in figure.steps.all()]
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
        own=own and answers and bool(accepts),
        asked_yourself=answers_query and asked_yourself,
        revision=figure.latest_id or 0,
        accepts=accepts if answers and not newer and not own else "",
        asks=asks,
        explains=explains,
        said=sorted(said, key=lambda one: one.at),
        past=[
            Past(
                month=one.month,
                value=one.value_text,
                status=one.status if one.limits or one.status == Status.NOT_REPORTED else "",
                provenance=one.value_provenance if one.value is not None else "",
                revised=sentences.revised_words(one),
                provisional=sentences.provisional_words(one),
                current=one.month == month,
            )
            for one in readings
        ],
        conflict=(
            _conflict(refused, seen, figure, "" if asks or explains else typed) if refused and seen else None
        ),
        review_url=f"{reverse('kpis:review', args=[reader.contract.code])}?month={month}",
        indicator_url=address("kpis:indicator"),
        accept_url=reverse("kpis:accept", args=[reader.contract.code]),
        query_url=address("kpis:query"),
        answer_url=address("kpis:answer"),
    )


def _provenance(figure: Figure) -> FigureRevision.Provenance:
    assert figure.latest is not None
    return FigureRevision.Provenance(figure.latest.provenance)


def statement_page(
    reader: Reader, month: Month, fresh: Freshness, reading: Reading, statement: Omission, today: date
) -> StatementPage:
    """A missing figure of which the Trust said why it can't be reported."""
    code = reader.contract.code
    late = "It was due on" if today > reading.due_on else "It is due on"
    return StatementPage(
        month=month,
        code=reading.code,
        name=reading.short_name,
        computed=sentences.computed_words(fresh.computed_at) if fresh.computed_at else "",
        behind=fresh.behind,
        sentence=f"{late} {sentences.day(reading.due_on)}.",
        reason=statement.reason,
        expected=sentences.day(statement.expected_on),
        over=today > statement.expected_on,
        who=statement.stated_as,
        when=moment(statement.stated_at),
        may_return=reader.may("figure.enter"),
        review_url=f"{reverse('kpis:review', args=[code])}?month={month}",
        indicator_url=f"{reverse('kpis:indicator', args=[code, reading.code])}?month={month}",
    )


def _conflict(refused: str, seen: FigureRevision, figure: Figure, typed: str) -> Conflict:
    assert figure.latest is not None
    return Conflict(refused, revision_row(seen), revision_row(figure.latest), typed)


def _entered(revision: FigureRevision) -> Said:
    row = revision_row(revision)
    words = f"{row.figure}. {revision.commentary}".strip() if revision.commentary else row.figure
    if row.number > 1 and row.reason:
        words += f"\nWhy it changed: {row.reason}"
    return Said(
        PROVIDER, f"Revision {row.number}", words, _warned(revision), row.who, row.when, revision.entered_at
    )


def _answered(step: Step, revision: int) -> Said:
    words = step.words
    if step.answer_by:
        words += f" (Answer by {sentences.day(step.answer_by)}.)"
    what = step.get_kind_display()
    if step.kind == Step.Kind.ACCEPTED:
        what = f"{what} revision {revision}"
    return Said(step.party, what, words, [], step.taken_as, moment(step.taken_at), step.taken_at)
