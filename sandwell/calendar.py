"""Working days in England: when figures fall due.

Saturdays, Sundays and the bank holidays of England don't count.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.holiday_base import HolidayBase

from sandwell.periods import Month


@lru_cache(maxsize=1)
def _bank_holidays() -> HolidayBase:
    return country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays()


def working_day(month: Month, nth: int) -> date:
    """The nth working day of a month, counted from 1. ValueError where the month has no such day."""
    day, found = month.first_day, 0
    while day <= month.last_day:
        if is_working_day(day):
            found += 1
            if found == nth:
                return day
        day += timedelta(days=1)
    raise ValueError(f"{month.label} has {found} working days, so there is no working day {nth}.")


def add_working_days(day: date, n: int) -> date:
    """The nth working day after a day, which itself doesn't count; with n = 0 the day as it is.

    ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("Working days are counted forward.")
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day
