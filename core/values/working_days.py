"""Working days in England: when figures fall due.

Saturdays, Sundays and the bank holidays of England don't count.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.holiday_base import HolidayBase

from core.values.months import Month

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _bank_holidays() -> HolidayBase:
    return country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return _bank_holidays().is_working_day(day)


def working_day(month: Month, nth: int) -> date:
    """The nth working day of a month, counted from 1; its last where holidays leave fewer (December can have 19).

    ValueError for an nth below 1.
    """
    if nth < 1:
        raise ValueError("Working days of a month are counted from 1.")
    found = _bank_holidays().get_nth_working_day(month.first_day - ONE_DAY, nth)
    return min(found, _bank_holidays().get_nth_working_day(month.last_day + ONE_DAY, -1))


def add_working_days(day: date, n: int) -> date:
    """The nth working day after a day, which itself doesn't count; with n = 0 the day as it is.

    ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("Working days are counted forward.")
    return _bank_holidays().get_nth_working_day(day, n) if n else day


def working_days_between(day: date, later: date) -> int:
    """How many working days come after a day, up to and with a later one: from Friday to Monday it is one.

    ValueError where the later day comes first.
    """
    if later < day:
        raise ValueError("Working days are counted forward.")
    return _bank_holidays().get_working_days_count(day, later) - is_working_day(day)
