"""Which deadline deserves a word today: one that is near, and one that was missed.

A month's figures, and the council's answers to them, fall due on a working day of the month after; a query, a promised
figure and the final one after a provisional one have a day of their own. A deadline is near from the third working day
before it on (never before the month is over) and up to the day itself; it is missed from the working day after it on.
Of missed months only the latest counts: what lies further back was told in its time, or is counted along with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from core.values.working_days import add_working_days, working_day, working_days_between

NEAR_WORKING_DAYS = 3


@dataclass(frozen=True)
class Deadline:
    """A month, the day on which it is due, and how many working days are left, 0 on that day; None once missed."""

    month: Month
    due_on: date
    working_days_left: int | None

    @property
    def is_missed(self) -> bool:
        return self.working_days_left is None


def deadlines(first: Month, last: Month, nth: int, today: date) -> list[Deadline]:
    """The deadlines that deserve a word today, at most one missed and one near, in this order.

    ``first`` and ``last`` are the months that a contract reports; ``nth`` is the working day of the month after.
    """
    found = [_latest_missed(last, nth, today), _near(nth, today)]
    return [deadline for deadline in found if deadline is not None and first <= deadline.month <= last]


def deadline_on(due_on: date, month: Month, today: date) -> Deadline | None:
    """That of one thing of a month with a day of its own, which may be no working day; None on a day without a word."""
    if due_on < today:
        return Deadline(month, due_on, None) if add_working_days(due_on, 1) <= today else None
    if due_on >= add_working_days(today, NEAR_WORKING_DAYS + 1):
        return None
    return Deadline(month, due_on, working_days_between(today, due_on))


def when_words(deadline: Deadline, today: date, verbs: tuple[str, str]) -> str:
    """Is due on 16 April 2020, in 3 working days; ``verbs`` are for what is to come and for what is past."""
    to_come, past = verbs
    day, left = day_words(deadline.due_on), deadline.working_days_left
    if left is None:
        return f"{past} on {day}"
    if deadline.due_on == today:
        return f"{to_come} on {day}, today"
    # A day of its own may be a Sunday.
    return f"{to_come} on {day}, " + (
        f"in {count_words(left, 'working day')}" if left else "before the next working day"
    )


def _near(nth: int, today: date) -> Deadline | None:
    month = Month.of(today).previous()
    found = deadline_on(working_day(month.next(), nth), month, today)
    return None if found is None or found.is_missed else found


def _latest_missed(last: Month, nth: int, today: date) -> Deadline:
    month = min(last, Month.of(today).previous())
    while today < add_working_days(due_on := working_day(month.next(), nth), 1):
        month = month.previous()
    return Deadline(month, due_on, None)
