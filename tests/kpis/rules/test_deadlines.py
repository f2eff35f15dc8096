"""When a month's deadline is near or missed, reckoned by hand with weekends and bank holidays of England."""

from datetime import date, timedelta

import pytest

from core.values.months import Month
from kpis.rules.deadlines import Deadline, deadlines

FIRST, LAST = Month(2018, 4), Month(2020, 3)
MARCH_2019, APRIL_2019 = Month(2019, 3), Month(2019, 4)


def near(today, nth=10, first=FIRST, last=LAST):
    return [one for one in deadlines(first, last, nth, today) if not one.is_missed]


def missed(today, nth=10, first=FIRST, last=LAST):
    return [one for one in deadlines(first, last, nth, today) if one.is_missed]


@pytest.mark.parametrize(
    ("today", "left"),
    [
        # March 2019 is due on Friday 12 April 2019, the tenth working day.
        (date(2019, 4, 8), None),
        (date(2019, 4, 9), 3),
        (date(2019, 4, 10), 2),
        (date(2019, 4, 12), 0),
        (date(2019, 4, 13), None),
        # April 2019 is due on Wednesday 15 May: the 6th was a bank holiday. Three working days before: Friday the 10th.
        (date(2019, 5, 9), None),
        (date(2019, 5, 10), 3),
        (date(2019, 5, 11), 3),
        (date(2019, 5, 12), 3),
        (date(2019, 5, 13), 2),
        (date(2019, 5, 15), 0),
    ],
)
def test_near_from_the_third_working_day_before(today, left):
    month = Month.of(today).previous()

    due_on = {MARCH_2019: date(2019, 4, 12), APRIL_2019: date(2019, 5, 15)}[month]
    assert near(today) == ([] if left is None else [Deadline(month, due_on, left)])


def test_three_working_days_reach_over_easter():
    """The fifteenth working day of April 2019 is Tuesday the 23rd, after the four days of Easter."""
    assert near(date(2019, 4, 15), nth=15) == []
    assert near(date(2019, 4, 16), nth=15) == [Deadline(MARCH_2019, date(2019, 4, 23), 3)]
    assert near(date(2019, 4, 18), nth=15) == [Deadline(MARCH_2019, date(2019, 4, 23), 1)]
    assert near(date(2019, 4, 22), nth=15) == [Deadline(MARCH_2019, date(2019, 4, 23), 1)]


def test_not_near_before_the_month_is_over():
    """The first working day of June 2019 is the 3rd: three working days before lie in May, which isn't over yet."""
    assert [one.month for one in near(date(2019, 5, 31), nth=1)] == []
    assert near(date(2019, 6, 1), nth=1) == [Deadline(Month(2019, 5), date(2019, 6, 3), 1)]


@pytest.mark.parametrize(
    ("today", "month"),
    [
        # Due on Friday 12 April: the weekend after it isn't late yet.
        (date(2019, 4, 12), Month(2019, 2)),
        (date(2019, 4, 14), Month(2019, 2)),
        (date(2019, 4, 15), MARCH_2019),
        (date(2019, 5, 15), MARCH_2019),
        (date(2019, 5, 16), APRIL_2019),
    ],
)
def test_missed_from_the_working_day_after(today, month):
    (one,) = missed(today)

    assert (one.month, one.working_days_left) == (month, None)


def test_missed_over_the_turn_of_the_year():
    """The twentieth working day of December 2018 is its last, the 31st: late from 2 January 2019 on."""
    assert missed(date(2019, 1, 1), nth=20)[0].month == Month(2018, 10)
    assert missed(date(2019, 1, 2), nth=20)[0] == Deadline(Month(2018, 11), date(2018, 12, 31), None)


def test_of_months_long_past_only_the_last_is_missed():
    assert missed(date(2026, 11, 24)) == [Deadline(LAST, date(2020, 4, 16), None)]
    assert near(date(2026, 11, 24)) == []


def test_what_a_contract_does_not_report_is_never_due():
    assert deadlines(FIRST, LAST, 10, date(2018, 4, 10)) == []
    assert near(date(2018, 5, 11)) == [Deadline(FIRST, date(2018, 5, 15), 2)]
    assert missed(date(2018, 5, 15)) == []
    assert near(date(2020, 5, 13)) == []
    assert deadlines(FIRST, FIRST.previous(), 10, date(2018, 5, 11)) == []


def test_every_day_of_a_year_has_at_most_one_of_each():
    for after in range(366):
        found = deadlines(FIRST, Month(2030, 1), 10, date(2019, 1, 1) + timedelta(days=after))
        assert [one.is_missed for one in found] in ([True], [True, False])
        assert [one.month for one in found] == sorted(one.month for one in found)
