"""What the other party does with submitted lines, what the keeper answers, and the end of a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from audit.services import record
from budgets.books.keeping import lock_book, require_answerer, require_keeper
from budgets.books.refusals import MoneyRefused
from budgets.models import Book, ClosedPeriod, Entry, LineMonth, MoneyStep
from budgets.months import kept
from budgets.months.notices import tell_acted
from budgets.months.refusals import MoneyConflict
from budgets.rules.periods import Period
from core.values.numbers import count_words
from core.values.words import says_something
from kpis.rules import round as rounds
from parties.participants import Participant

KINDS = {
    rounds.QUERY: MoneyStep.Kind.QUERIED,
    rounds.REOPEN: MoneyStep.Kind.REOPENED,
    rounds.EXPLAIN: MoneyStep.Kind.EXPLAINED,
    rounds.DISPUTE: MoneyStep.Kind.DISPUTED,
    rounds.ACCEPT: MoneyStep.Kind.ACCEPTED,
    rounds.WITHDRAW: MoneyStep.Kind.ACCEPTED,
}
BY_KEEPER = frozenset({rounds.EXPLAIN, rounds.DISPUTE})
NEEDS_WORDS = frozenset({rounds.QUERY, rounds.REOPEN, rounds.EXPLAIN, rounds.DISPUTE})


@transaction.atomic
def act_on(
    *, by: Participant, book: Book, act: str, seen: Sequence[Entry], words: str = "", today: date
) -> int:
    """One act of the round on the entries that the person saw, all of them or none; how many it was.

    Sent twice it has one effect. As many queries for one line as for any number, but that SQLite takes rows by the
    hundred. MoneyConflict where one was entered anew meanwhile; MoneyRefused where the round
    doesn't allow it from where a line stands, to who entered one, or without the words that it needs.
    """
    _require_party(by, book, act)
    if act in NEEDS_WORDS and not says_something(words):
        raise MoneyRefused("Say what you ask about." if act not in BY_KEEPER else "Say what you answer.")
    lock_book(book)
    every = _as_seen(book, seen)
    months = _still_to_do(by, every, act)
    if act == rounds.REOPEN:
        _refuse_closed(book, months)
    if KINDS[act] == MoneyStep.Kind.ACCEPTED:
        _refuse_own_work(by, months)
    states = {month.pk: month.state for month in months}
    if months:
        _take(by, months, act, words.strip(), today)
        record(
            by=by.user,
            action=f"money.lines.{KINDS[act].value}",
            subject=book,
            contract=by.contract.code,
            summary=f"{book.name}: {count_words(len(months), 'line')} {KINDS[act].label.lower()}.",
            changes=kept.acted(book, months, states, words.strip()),
        )
        tell_acted(by=by, book=book, months=months, kind=KINDS[act])
    return len(every)


@transaction.atomic
def close_period(*, by: Participant, book: Book, period: Period, today: date) -> bool:
    """Closes a period of which every submitted line is accepted; False where it is closed already.

    From then on a line of it is changed only by an entry with its reason. MoneyRefused while something is open.
    """
    _require_party(by, book, rounds.ACCEPT)
    lock_book(book)
    months = LineMonth.objects.filter(line__book=book, year=period.year.start, period=period.number)
    if not months.exists():
        raise MoneyRefused(f"Nothing is submitted of {period.label} yet.")
    if open_lines := months.exclude(state=LineMonth.State.ACCEPTED).count():
        raise MoneyRefused(f"{count_words(open_lines, 'line')} of {period.label} still wait for an answer.")
    _, is_new = ClosedPeriod.objects.get_or_create(
        book=book,
        year=period.year.start,
        period=period.number,
        defaults={"day": today, "closed_by": by.user, "closed_as": by.user.display_name},
    )
    if is_new:
        record(
            by=by.user,
            action="money.period.closed",
            subject=book,
            contract=by.contract.code,
            summary=f"{book.name}: {period.label} was closed.",
        )
    return is_new


def _require_party(by: Participant, book: Book, act: str) -> None:
    """The keeper answers; the other party asks and accepts."""
    if act in BY_KEEPER:
        require_keeper(by, book)
    else:
        require_answerer(by, book)


def _as_seen(book: Book, seen: Sequence[Entry]) -> list[LineMonth]:
    months = list(
        LineMonth.objects.filter(line__book=book, pk__in=[entry.month_id for entry in seen])
        .select_related("line", "latest")
        .order_by("pk")
    )
    keys = {entry.pk for entry in seen}
    meanwhile = {
        month.line.code: month.latest for month in months if month.latest and month.latest_id not in keys
    }
    if meanwhile:
        raise MoneyConflict(meanwhile)
    return months


def _still_to_do(by: Participant, months: Sequence[LineMonth], act: str) -> list[LineMonth]:
    """Without those of which the person's own last word is this act already."""
    over = [month for month in months if rounds.after(month.state, act) is None]
    steps = MoneyStep.objects.filter(month__in=over).order_by("pk") if over else []
    last = {step.month_id: (step.kind, step.taken_by_id) for step in steps}
    for month in over:
        if last.get(month.pk) != (KINDS[act], by.user.pk):
            raise MoneyRefused(
                f"{month.line.name} doesn’t allow this now: it is {month.get_state_display().lower()}."
            )
    return [month for month in months if month not in over]


def _refuse_closed(book: Book, months: Sequence[LineMonth]) -> None:
    periods = {(month.year, month.period) for month in months}
    closed = ClosedPeriod.objects.filter(book=book).values_list("year", "period")
    if periods & set(closed):
        raise MoneyRefused("The month is closed. Ask for another entry of the line, which gives its reason.")


def _refuse_own_work(by: Participant, months: Sequence[LineMonth]) -> None:
    if Entry.objects.filter(month__in=months, entered_by=by.user).exists():
        raise MoneyRefused("You entered some of these lines yourself, so somebody else accepts them.")


def _take(by: Participant, months: Sequence[LineMonth], act: str, words: str, today: date) -> None:
    """A step of each, and where each stands after it. Two queries."""
    MoneyStep.objects.bulk_create(
        MoneyStep(
            month=month,
            entry=month.latest,
            kind=KINDS[act],
            words=words,
            day=today,
            party=by.party,
            taken_by=by.user,
            taken_as=by.user.display_name,
        )
        for month in months
        if month.latest is not None
    )
    for month in months:
        month.state = rounds.AFTER[month.state, act]
    for state in {month.state for month in months}:
        rows = LineMonth.objects.filter(pk__in=[month.pk for month in months if month.state == state])
        if state == LineMonth.State.ACCEPTED:
            rows.update(state=state, accepted=F("latest"))
        else:
            rows.update(state=state)
