"""Who is told of a step with a book's period, in the transaction of the step itself.

One notice for a book and a period, however many lines and acts it is: whoever was told is told again only once their
own party has acted on it. A notice names book and period, who acted, and leads to the page; never an amount, nor words
that a person typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max, QuerySet

from budgets.books.keeping import other_party
from budgets.books.places import period_page
from budgets.books.telling import tell_party
from budgets.models import Book, Entry, LineMonth, MoneyStep
from budgets.rules.periods import Period
from core.values.months import ContractYear
from kpis.rules.words import DISPUTED, QUERIED, SUBMITTED
from notices.models import Notice
from parties.participants import Participant

SUBMITTED_MONEY, ASKED, ANSWERED, ACCEPTED = (
    "money_submitted",
    "money_asked",
    "money_answered",
    "money_accepted",
)
ACTS = {
    MoneyStep.Kind.QUERIED: (ASKED, "asks about the money of"),
    MoneyStep.Kind.REOPENED: (ASKED, "reopened what was accepted, and asks about the money of"),
    MoneyStep.Kind.EXPLAINED: (ANSWERED, "answered what was asked about the money of"),
    MoneyStep.Kind.DISPUTED: (ANSWERED, "disputed the query about the money of"),
}
# In which states a line waits for an answer of the party that was told.
OPEN = {SUBMITTED_MONEY: (SUBMITTED, DISPUTED), ANSWERED: (SUBMITTED, DISPUTED), ASKED: (QUERIED,)}
_ABOUT = re.compile(r"book (\d+) (\d+)/(\d+) ")


def tell_submitted(*, by: Participant, book: Book, period: Period) -> None:
    """The other party is told that something waits for its answer."""
    told = other_party(book.kept_by)
    key = _key(book, period, _last_act(book, period, told))
    _tell(by, book, period, SUBMITTED_MONEY, key, "submitted the money of")


def tell_acted(*, by: Participant, book: Book, months: Sequence[LineMonth], kind: MoneyStep.Kind) -> None:
    """The keeper is told of a question and, once all of a period is accepted, of that; the other party of an answer."""
    for period in _periods(months):
        if kind != MoneyStep.Kind.ACCEPTED:
            notice, words = ACTS[kind]
            told = book.kept_by if notice == ASKED else other_party(book.kept_by)
            _tell(by, book, period, notice, _key(book, period, _last_act(book, period, told)), words)
        elif not _months(book, period).exclude(state=LineMonth.State.ACCEPTED).exists():
            key = _key(book, period, _last_act(book, period, by.party))
            _tell(by, book, period, ACCEPTED, key, "accepted all that was submitted of the money of")


def settled_waiting(notices: Sequence[Notice], today: date) -> list[int]:
    """Keys of notices of whose book and period nothing waits any more for the one who was told. One query."""
    about = {notice.pk: _about(notice) for notice in notices}
    unsettled = LineMonth.objects.exclude(state=LineMonth.State.ACCEPTED).filter(
        line__book__in={book for book, _, _ in about.values()}
    )
    waiting = set(unsettled.values_list("line__book", "year", "period", "state"))
    return [
        notice.pk
        for notice in notices
        if waiting.isdisjoint((*about[notice.pk], state) for state in OPEN[notice.kind])
    ]


def _tell(by: Participant, book: Book, period: Period, kind: str, key: str, words: str) -> None:
    tell_party(
        by=by,
        party=other_party(by.party),
        kind=kind,
        key=key,
        words=f"{words} {period.label}: {book.name}",
        path=period_page(by.contract, book, period),
    )


def _key(book: Book, period: Period, last_act: str) -> str:
    return f"book {book.pk} {period.year.start}/{period.number} after {last_act}"


def _about(notice: Notice) -> tuple[int, int, int]:
    """The key of the book, the year and the number of the period."""
    found = _ABOUT.match(notice.key)
    assert found, notice.key
    book, year, number = found.groups()
    return int(book), int(year), int(number)


def _last_act(book: Book, period: Period, party: str) -> str:
    """What a party did last with the period: it names the notices that it gets until it acts again."""
    steps = MoneyStep.objects.filter(month__in=_months(book, period), party=party)
    last = f"step {steps.aggregate(last=Max('pk'))['last'] or 0}"
    if party != book.kept_by:
        return last
    entries = Entry.objects.filter(month__in=_months(book, period))
    return f"{last} entry {entries.aggregate(last=Max('pk'))['last'] or 0}"


def _months(book: Book, period: Period) -> QuerySet[LineMonth]:
    return LineMonth.objects.filter(line__book=book, year=period.year.start, period=period.number)


def _periods(months: Iterable[LineMonth]) -> list[Period]:
    return sorted({Period(ContractYear(month.year), month.period) for month in months})
