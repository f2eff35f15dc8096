"""A book's period on one page: how each forecast moved and why, what it comes to, and where each line stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst

from budgets.books import keeping
from budgets.books.known import as_known
from budgets.books.names import division_of
from budgets.books.places import above, book_url, line_url, period_page
from budgets.limits.selectors import LimitsWithSource, limits_of
from budgets.models import Book, Entry, LineMonth, MoneyStep
from budgets.months.asking import WAIT, Selected
from budgets.months.browsing import Browse, browse_of
from budgets.months.entering import said_of, to_come
from budgets.months.entry_form import Both, EntryRow, EntrySums, entry_rows, entry_sums
from budgets.months.forms import LineForm
from budgets.months.looks import LOOKS
from budgets.months.standing import Stands
from budgets.rules.money import signed, written
from budgets.rules.month_entry import doubts, outturn_variance
from budgets.rules.periods import Period, periods_of
from budgets.rules.variance import status_of, variance_words
from core import clock
from core.values.numbers import count_words
from core.values.words import day_words
from kpis.months.as_known import AsKnownOn
from kpis.rules import round as rounds
from parties.participants import Participant

# What the other party, and who keeps the book, can do with lines, by the words of its button.
ANSWERS = {
    rounds.ACCEPT: "Accept the lines",
    rounds.QUERY: "Ask about the lines",
    rounds.WITHDRAW: "Withdraw the query and accept",
    rounds.REOPEN: "Reopen accepted lines",
}
STANDINGS = (
    (LineMonth.State.QUERIED, "queried"),
    (LineMonth.State.DISPUTED, "disputed"),
    (LineMonth.State.SUBMITTED, "waiting for an answer"),
    (LineMonth.State.ACCEPTED, "accepted"),
)
EXPLAINS = {rounds.EXPLAIN: "Answer", rounds.DISPUTE: "Dispute the query"}


@dataclass(frozen=True)
class Thread:
    """What was asked or answered of a line."""

    who: str
    words: str


@dataclass(frozen=True)
class EntryWords:
    """A line's latest entry, as a page says it; empty where there is nothing to say."""

    moved: str
    moved_why: str
    actual: str
    forecast: str
    variance: str
    look: tuple[str, str, str]
    why: str
    committed: str
    mitigation: str
    illustrative: bool
    who: str
    doubts: Sequence[str]
    revised: str  # why, where a closed month was revised


@dataclass(frozen=True)
class MonthRow:
    name: str
    division: str
    url: str
    key: int | None  # of the latest entry, where the reader can do something with it
    state: str
    budget: str
    said: EntryWords | None
    thread: Sequence[Thread]


@dataclass(frozen=True)
class PeriodLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class WholeMonth:
    """What can be done with all lines of the month at once, however many pages they stand on."""

    url: str
    words: str


@dataclass(frozen=True)
class MonthPage:
    book: Book
    period: Period
    heading: str
    parents: Sequence[tuple[str, str]]
    url: str
    summary: str
    closed: bool
    rows: Sequence[MonthRow]
    entries: Sequence[EntryRow]
    sums: EntrySums | None
    rule: str
    known: AsKnownOn
    periods: Sequence[PeriodLink]
    enters: bool
    acts: Sequence[tuple[str, str]]  # what the reader can do with the lines, and the words of its button
    asks: str  # what the words that go with it are
    closes: bool  # nothing of it is open
    without: str  # what it is closed without
    begins: str  # from when the month is entered, while that is to come
    query: str  # what an address carries on, so that it leads back to these lines
    browse: Browse | None
    submits: WholeMonth | None
    accepts: WholeMonth | None


@dataclass(frozen=True)
class Shown:
    """What a page is made of: lines by code, steps by the key of the line's month, forms and conflicts by code.

    ``states`` counts the lines of the whole month by where they stand, ``drafts`` those that wait to be submitted.
    ``known`` is the day as of which the page speaks, None: now; then ``entered`` counts what had an entry by its end.
    """

    selected: Selected
    stands: Mapping[str, Stands]
    closed: bool
    states: Mapping[str, int]
    drafts: int
    steps: Mapping[int, Sequence[MoneyStep]]
    forms: Mapping[str, LineForm]
    both: Mapping[str, Both]
    today: date
    known: date | None = None
    entered: int = 0


def month_page(participant: Participant, book: Book, period: Period, shown: Shown) -> MonthPage:
    """No query."""
    stands, steps, now = shown.stands, shown.steps, shown.known is None
    limits = limits_of(participant.contract)
    early = to_come(period, shown.today)
    keeps, answers = now and keeping.keeps(participant, book), now and keeping.answers(participant, book)
    enters = keeps and not early
    acts = _acts(shown, ANSWERS if answers else EXPLAINS if enters else {})
    rows = [
        replace(_row(one, line_url(participant, book, one.line), steps, limits, now=now), key=_key(one, acts))
        for one in stands.values()
    ]
    known = shown.known.isoformat() if shown.known else ""
    return MonthPage(
        book=book,
        period=period,
        heading=capfirst(period.label),
        parents=[*above(participant), (book.name, book_url(participant, book))],
        url=period_url(participant, book, period),
        summary=_summary(shown) if now else _known_summary(shown),
        closed=shown.closed,
        rows=rows,
        entries=entry_rows(stands, shown.forms, shown.both, limits),
        sums=entry_sums(stands, shown.forms) if shown.forms else None,
        rule=limits.rule,
        known=_known(book, shown),
        periods=[
            PeriodLink(_short(one), period_url(participant, book, one), one == period)
            for one in periods_of(period.year)
        ],
        enters=enters,
        acts=acts,
        asks="What you ask" if answers else "What you answer",
        closes=answers and not shown.closed and shown.states.keys() == {LineMonth.State.ACCEPTED},
        without=_without(period, shown),
        begins=early if keeps else "",
        query=shown.selected.asked.query,
        browse=browse_of(shown.selected, drafts=keeps, known=known),
        submits=_submits(participant, book, period, shown.drafts) if enters else None,
        accepts=_accepts(participant, book, period, shown) if answers else None,
    )


def _submits(participant: Participant, book: Book, period: Period, drafts: int) -> WholeMonth | None:
    if not drafts:
        return None
    return WholeMonth(
        whole_url(participant, book, period, "submit"), f"Submit {count_words(drafts, 'draft')} of the month"
    )


def _accepts(participant: Participant, book: Book, period: Period, shown: Shown) -> WholeMonth | None:
    waiting = sum(shown.states.get(state, 0) for state in WAIT)
    if not waiting:
        return None
    words = f"Accept {count_words(waiting, 'line')} of the month"
    return WholeMonth(whole_url(participant, book, period, "accept"), words)


def whole_url(participant: Participant, book: Book, period: Period, what: str) -> str:
    """``what`` is "submit" or "accept"."""
    return f"{period_url(participant, book, period)}{what}/"


def _known(book: Book, shown: Shown) -> AsKnownOn:
    """Another day shows the same lines."""
    asked = shown.selected.asked
    return replace(as_known(shown.known, book, shown.today), keep=asked.pairs, now_url=asked.query or "?")


def _acts(shown: Shown, offered: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those that the round allows from where any line stands; what is closed is revised, and not reopened."""
    months = [one.month for one in shown.stands.values() if one.month]
    allowed = {act for month in months for act in rounds.allowed(month.state)}
    if shown.closed:
        allowed.discard(rounds.REOPEN)
    return [(act, words) for act, words in offered.items() if act in allowed]


def _key(one: Stands, acts: Sequence[tuple[str, str]]) -> int | None:
    month = one.month
    if month is None or one.latest is None or not any(rounds.after(month.state, act) for act, _ in acts):
        return None
    return one.latest.pk


def _without(period: Period, shown: Shown) -> str:
    """ "2 lines that are not submitted"; an adjustment after March is of the lines that it adjusts."""
    missing = shown.selected.of - sum(shown.states.values())
    if period.month is None or not missing:
        return ""
    return count_words(missing, "line that is not submitted", "lines that are not submitted")


def period_url(participant: Participant, book: Book, period: Period) -> str:
    return period_page(participant.contract, book, period)


def _short(period: Period) -> str:
    return period.month.short if period.month else f"Period {period.number}"


def _summary(shown: Shown) -> str:
    """ "4 of 6 lines submitted: 1 queried, 3 accepted. 2 drafts are not submitted." """
    submitted, drafts = sum(shown.states.values()), shown.drafts
    words = "Nothing is submitted yet"
    if submitted:
        words = f"{submitted:,} of {count_words(shown.selected.of, 'line')} submitted: {_standings(shown)}"
    words += "; closed." if shown.closed else "."
    return f"{words} {count_words(drafts, 'draft is', 'drafts are')} not submitted." if drafts else words


def _standings(shown: Shown) -> str:
    """What is open first."""
    counted = [(label, shown.states.get(state, 0)) for state, label in STANDINGS]
    found = [(label, number) for label, number in counted if number]
    if len(found) == 1:
        label, number = found[0]
        return f"all {label}" if number > 1 else label
    return ", ".join(f"{number:,} {label}" for label, number in found)


def _known_summary(shown: Shown) -> str:
    """Where a line stood between the parties then isn't told again."""
    return f"{shown.entered:,} of {count_words(shown.selected.of, 'line')} had an entry by then."


def _row(
    one: Stands,
    url: str,
    steps: Mapping[int, Sequence[MoneyStep]],
    limits: LimitsWithSource,
    *,
    now: bool,
) -> MonthRow:
    latest, month = one.latest, one.month
    return MonthRow(
        name=one.line.name,
        division=division_of(one.line),
        url=url,
        key=None,
        state=month.get_state_display() if month and now else "",
        budget="" if one.beside.budget is None else written(one.beside.budget),
        said=_entry(one, latest, limits) if latest else None,
        thread=[_thread(step, latest) for step in steps.get(month.pk, ())] if month else [],
    )


def _entry(one: Stands, latest: Entry, limits: LimitsWithSource) -> EntryWords:
    variance = outturn_variance(said_of(latest), one.beside)
    before = one.beside.forecast_before
    step = None if before is None else latest.forecast - before
    return EntryWords(
        moved="" if step is None else (signed(step) if step else "Unchanged"),
        moved_why=latest.moved,
        actual=written(latest.actual),
        forecast=written(latest.forecast),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        look=LOOKS[status_of(variance, limits.limits)],
        why=latest.words,
        committed="" if latest.committed is None else written(latest.committed),
        mitigation="" if latest.mitigation is None else written(latest.mitigation),
        illustrative=latest.provenance == Entry.Provenance.ILLUSTRATIVE,
        who=f"{latest.entered_as}, {day_words(clock.day_of(latest.entered_at))}",
        doubts=list(doubts(said_of(latest), one.beside)),
        revised=latest.reason,
    )


def _thread(step: MoneyStep, latest: Entry | None) -> Thread:
    of = "" if latest is None or step.entry_id == latest.pk else ", of the entry before"
    return Thread(f"{step.get_kind_display()} by {step.taken_as}, {day_words(step.day)}{of}", step.words)
