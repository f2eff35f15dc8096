"""What the other party does with submitted lines, what the keeper answers, and the end of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from audit.services import record
from budgets.books.keeping import lock_book, require_answerer, require_keeper
from budgets.books.refusals import MoneyRefused
from budgets.models import Book, ClosedPeriod, Entry, Line, LineMonth, MoneyStep
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
# So many lines are named.
NAMED = 5
NEEDS_WORDS = frozenset({rounds.QUERY, rounds.REOPEN, rounds.EXPLAIN, rounds.DISPUTE})


@dataclass(frozen=True)
class Acted:
    """On how many lines it was, and those that it didn't go with, which are as they were."""

    number: int
    left: Sequence[LineMonth]


@transaction.atomic
def act_on(
    *, by: Participant, book: Book, act: str, seen: Sequence[Entry], words: str = "", today: date
) -> Acted:
    """One act of the round on those of the entries that the person saw with which it goes as they stand.

    Sent twice it has one effect. As many queries for one line as for any number, but that SQLite takes rows by the
    hundred. MoneyConflict where one was entered anew meanwhile; MoneyRefused where it goes with none, for who entered
    one, and without the words that it needs.
    """
    _require_party(by, book, act)
    words = words.strip()
    if act in NEEDS_WORDS and not says_something(words):
        raise MoneyRefused("Say what you ask about." if act not in BY_KEEPER else "Say what you answer.")
    lock_book(book)
    every = _as_seen(book, seen)
    done = _done_already(by, every, act, words)
    months = [one for one in every if one.pk not in done and rounds.after(one.state, act)]
    left = [one for one in every if one.pk not in done and not rounds.after(one.state, act)]
    if left and not months and not done:
        stands = left[0].get_state_display().lower()
        raise MoneyRefused(
            f"{left[0].line.name} is {stands}, which this doesn’t go with. Choose another act."
        )
    if act == rounds.REOPEN:
        _refuse_closed(book, months)
    if KINDS[act] == MoneyStep.Kind.ACCEPTED:
        _refuse_own_work(by, months)
    if months:
        _act(by, book, months, act, words, today)
    return Acted(len(months) + len(done), left)


def _act(by: Participant, book: Book, months: Sequence[LineMonth], act: str, words: str, today: date) -> None:
    states = {month.pk: month.state for month in months}
    _take(by, months, act, words, today)
    tell_acted(by=by, book=book, months=months, kind=KINDS[act])
    record(
        by=by.user,
        action=f"money.lines.{KINDS[act].value}",
        subject=book,
        contract=by.contract.code,
        summary=f"{book.name}: {count_words(len(months), 'line')} {KINDS[act].label.lower()}.",
        changes=kept.acted(book, months, states, words),
    )


@transaction.atomic
def close_period(
    *, by: Participant, book: Book, period: Period, today: date, incomplete: bool = False
) -> bool:
    """Closes a period of which every submitted line is accepted; False where it is closed already.

    From then on a line of it is changed only by an entry with its reason. MoneyRefused while something of it is open or
    an earlier period of the year is, of which something was submitted; and while lines of a month are missing, unless
    ``incomplete`` says that this is meant: an adjustment after March is of the lines that it adjusts.
    """
    _require_party(by, book, rounds.ACCEPT)
    lock_book(book)
    months = LineMonth.objects.filter(line__book=book, year=period.year.start, period=period.number)
    if not months.exists():
        raise MoneyRefused(f"Nothing is submitted of {period.label} yet.")
    if open_lines := months.exclude(state=LineMonth.State.ACCEPTED).count():
        waits = count_words(open_lines, "line of {0} waits", "lines of {0} wait").format(period.label)
        raise MoneyRefused(f"{waits} for an answer.")
    _refuse_out_of_turn(book, period)
    if not incomplete and (missing := missing_lines(book, period)):
        raise MoneyRefused(f"{missing} Tick that the month is closed without.")
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


def _done_already(by: Participant, months: Sequence[LineMonth], act: str, words: str) -> set[int]:
    """Keys of those of which the last step is this very one."""
    steps = MoneyStep.objects.filter(month__in=[month.pk for month in months]).order_by("pk")
    last = {step.month_id: (step.kind, step.entry_id, step.words, step.taken_by_id) for step in steps}
    said = (KINDS[act], words, by.user.pk)
    return {month.pk for month in months if last.get(month.pk) == (said[0], month.latest_id, *said[1:])}


def left_words(left: Sequence[LineMonth]) -> str:
    """ " Left as they are: Secure Units (queried)."; empty where none was."""
    if not left:
        return ""
    named = [f"{month.line.name} ({month.get_state_display().lower()})" for month in left[:NAMED]]
    more = f" and {len(left) - NAMED:,} more" if len(left) > NAMED else ""
    return f" Left as they are: {', '.join(named)}{more}."


def missing_lines(book: Book, period: Period) -> str:
    """ "2 lines are not submitted: Secure Units, Rents."; empty where all are. One query, and none after March."""
    if period.month is None:
        return ""
    entered = LineMonth.objects.filter(line=OuterRef("pk"), year=period.year.start, period=period.number)
    lines = book.lines.filter(~Exists(entered), kind=Line.Kind.LINE).order_by("position")
    names = list(lines.values_list("name", flat=True))
    if not names:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return (
        f"{count_words(len(names), 'line is', 'lines are')} not submitted: {', '.join(names[:NAMED])}{more}."
    )


def _refuse_out_of_turn(book: Book, period: Period) -> None:
    """What comes after March adjusts a year that is settled, and a month the ones before it."""
    year = period.year.start
    closed = ClosedPeriod.objects.filter(book=book, year=year).values("period")
    earlier = LineMonth.objects.filter(line__book=book, year=year, period__lt=period.number)
    first = earlier.exclude(period__in=closed).order_by("period").values_list("period", flat=True).first()
    if first is not None:
        raise MoneyRefused(f"Close {Period(period.year, first).label} first.")


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
