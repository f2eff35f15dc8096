"""What of the months' money deserves a word today: what is due within three working days, and what is overdue.

Of the months that are past their day the latest alone has a notice, which says how many before it are open as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from budgets.books.places import period_page
from budgets.models import Book
from budgets.reminders.open_periods import OpenPeriod, Returned, open_periods, returned_books
from budgets.reminders.words import asked_words, missing_words, waiting_words
from core.values.numbers import count_words
from kpis.rules.deadlines import Deadline, deadlines, when_words
from notices.kinds import DUE, OVERDUE, Owed
from parties.models import Contract


@dataclass(frozen=True)
class Obligation:
    """What one party owes of each month of a book: by which working day, and how much of it is open."""

    name: str
    permission: str
    who: Callable[[Contract], int]
    working_day: Callable[[Contract], int]
    lines: Callable[[OpenPeriod], int]
    what: str
    open_words: Callable[[int], str]
    earlier: tuple[str, str]


OBLIGATIONS = (
    Obligation(
        name="entered",
        permission="money.enter",
        who=lambda contract: contract.provider_id,
        working_day=lambda contract: contract.figures_due_working_day,
        lines=lambda one: one.missing,
        what="The money of {}",
        open_words=missing_words,
        earlier=("earlier month is also incomplete", "earlier months are also incomplete"),
    ),
    Obligation(
        name="explained",
        permission="money.enter",
        who=lambda contract: contract.provider_id,
        working_day=lambda contract: contract.answer_due_working_day,
        lines=lambda one: one.asked,
        what="The Trust’s answer on the money of {}",
        open_words=asked_words,
        earlier=("earlier month is also asked about", "earlier months are also asked about"),
    ),
    Obligation(
        name="answered",
        permission="money.answer",
        who=lambda contract: contract.commissioner_id,
        working_day=lambda contract: contract.answer_due_working_day,
        lines=lambda one: one.waiting,
        what="The council’s answer to the money of {}",
        open_words=waiting_words,
        earlier=("earlier month also has lines that wait", "earlier months also have lines that wait"),
    ),
)


def money_owed(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """All that deserves a word today. Three queries, however many contracts, books, lines and months there are."""
    books = returned_books(Book.objects.filter(contract__in=contracts))
    found = open_periods(books, today)
    return [
        owed
        for returned in books
        for obligation in OBLIGATIONS
        for owed in _owed(obligation, returned, [one for one in found if one.returned == returned], today)
    ]


def _owed(
    obligation: Obligation, returned: Returned, found: Sequence[OpenPeriod], today: date
) -> Iterator[Owed]:
    open_in = {one.period.month: one for one in found if one.period.month and obligation.lines(one)}
    book, contract = returned.book, returned.contract
    for deadline in deadlines(*returned.months, obligation.working_day(contract), today):
        if one := open_in.get(deadline.month):
            earlier = sum(month < deadline.month for month in open_in) if deadline.is_missed else 0
            yield Owed(
                contract,
                obligation.permission,
                OVERDUE if deadline.is_missed else DUE,
                key=f"money {book.pk} {obligation.name} {deadline.month}",
                words=_words(obligation, one, deadline, earlier, today),
                path=period_page(contract, book, one.period),
                organisations=frozenset({obligation.who(contract)}),
            )


def _words(obligation: Obligation, one: OpenPeriod, deadline: Deadline, earlier: int, today: date) -> str:
    """ "The money of March 2020 was due on 16 April 2020: Children's placements, 2 lines are not entered yet." """
    when = when_words(deadline, today, ("is due", "was due"))
    how_much = f"{one.returned.book.name}, {obligation.open_words(obligation.lines(one))}"
    also = f"; {count_words(earlier, *obligation.earlier)}" if earlier else ""
    return f"{obligation.what.format(deadline.month.label)} {when}: {how_much}{also}."
