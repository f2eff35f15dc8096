from datetime import date

import pytest

from core.values.months import Month
from core.values.working_days import add_working_days, is_working_day, working_day


@pytest.mark.parametrize(
    ("month", "nth", "day"),
    [
        (Month(2019, 4), 1, date(2019, 4, 1)),
        (Month(2019, 4), 10, date(2019, 4, 12)),
        # After the bank holiday of 6 May.
        (Month(2019, 5), 10, date(2019, 5, 15)),
        # 2 January is a holiday in Scotland, not in England.
        (Month(2019, 1), 1, date(2019, 1, 2)),
        (Month(2019, 1), 10, date(2019, 1, 15)),
        # The holiday of May 2020 was moved from the 4th to the 8th.
        (Month(2020, 5), 5, date(2020, 5, 7)),
        (Month(2020, 5), 10, date(2020, 5, 15)),
        (Month(2019, 12), 20, date(2019, 12, 31)),
        # June 2019 begins on a Saturday.
        (Month(2019, 6), 1, date(2019, 6, 3)),
    ],
)
def test_working_day_of_a_month(month, nth, day):
    assert working_day(month, nth) == day


@pytest.mark.parametrize("nth", [21, 22, 31])
def test_a_month_with_fewer_working_days_gives_its_last(nth):
    assert working_day(Month(2018, 12), nth) == date(2018, 12, 31)


def test_working_days_of_a_month_are_counted_from_1():
    with pytest.raises(ValueError, match="counted from 1"):
        working_day(Month(2019, 6), 0)


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        # Maundy Thursday to the Tuesday after Easter.
        (date(2019, 4, 18), 1, date(2019, 4, 23)),
        (date(2019, 12, 24), 10, date(2020, 1, 10)),
        (date(2019, 4, 20), 1, date(2019, 4, 23)),
        (date(2019, 4, 20), 0, date(2019, 4, 20)),
    ],
)
def test_working_days_after_a_day(day, n, later):
    assert add_working_days(day, n) == later


def test_working_days_are_counted_forward():
    with pytest.raises(ValueError, match="counted forward"):
        add_working_days(date(2019, 4, 18), -1)


def test_weekends_and_bank_holidays_are_no_working_days():
    assert is_working_day(date(2019, 4, 18))
    assert not is_working_day(date(2019, 4, 19))
    assert not is_working_day(date(2019, 4, 20))
