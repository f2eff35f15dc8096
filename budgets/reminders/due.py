"""When a month's money is due, for the calendar: on the working days of the contract's own round (chosen).

No document prints a day for the money. A month's money is entered and answered on the days of its figures, so that both
parties have one round a month. Periods 13 to 15 belong to no month and fall due on no day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from budgets.books.places import period_page
from budgets.models import Book
from budgets.reminders.open_periods import OpenPeriod, Returned, open_periods, returned_books
from budgets.reminders.words import asked_words, missing_words, waiting_words
from budgets.rules.periods import Period
from calendars.due import DueItem
from core.values.months import Month
from kpis.terms import contract_terms
from parties.participants import Participant


def money_items(participant: Participant, today: date, until: date) -> list[DueItem]:
    """What is open, however old, and the months ahead up to a day. Three queries, one where no book is returned."""
    books = returned_books(Book.objects.visible_to(participant))
    found = [*open_periods(books, today), *_ahead(books, today, until)]
    items = [item for one in found if one.period.month for item in _items(one, one.period.month, today)]
    return [item for item in items if item.day <= until]


def _ahead(books: Iterable[Returned], today: date, until: date) -> Iterator[OpenPeriod]:
    """Months that are not over: nothing is known of them yet, so all of it is still to come."""
    for returned in books:
        first, last = returned.months
        for month in Month.range(max(first, Month.of(today)), min(last, Month.of(until).previous())):
            yield OpenPeriod(returned, Period.of(month), returned.lines, 0)


def _items(one: OpenPeriod, month: Month, today: date) -> Iterator[DueItem]:
    book, contract = one.returned.book, one.returned.contract
    days = contract_terms(contract).days(month)
    over = month < Month.of(today)
    url = period_page(contract, book, one.period) if over else ""
    if one.missing:
        note = f"{book.name}: {missing_words(one.missing)}." if over else book.name
        title = f"The Trust enters the money of {month.label}"
        yield DueItem(f"money-{book.code}-{month}", days.figures_due, title, note, url)
    # A question has no day of its own; it is settled by the day on which the council answers the month.
    if one.asked:
        title = f"The Trust answers what is asked about the money of {month.label}"
        note = f"{book.name}: {asked_words(one.asked)}."
        yield DueItem(f"money-asked-{book.code}-{month}", days.answer_due, title, note, url)
    # The council is late only with what was returned to it.
    if one.waiting or (one.missing and days.answer_due >= today):
        note = f"{book.name}: {waiting_words(one.waiting)}." if one.waiting else book.name
        title = f"The council answers the money of {month.label}"
        key, own_url = f"money-answer-{book.code}-{month}", url if one.waiting else ""
        yield DueItem(key, days.answer_due, title, note, own_url)
