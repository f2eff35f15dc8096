"""Counts at month ends and slips, as functions: expected values by hand, and a slow twin for random stories."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.months import Month
from improvement.rules.progress import Told, counted_over, ends_of_months
from improvement.rules.slips import Slip, Tally, by_months, by_moves, median, slip_of
from improvement.rules.status import Status

SEPTEMBER, OCTOBER, NOVEMBER = date(2019, 9, 30), date(2019, 10, 31), date(2019, 11, 30)


def said(action, day, phase, now, illustrative=False):
    return Told(action, day, phase, now, illustrative)


def test_each_month_is_counted_at_its_end_and_the_last_one_today():
    assert ends_of_months(date(2019, 9, 23), date(2019, 11, 12)) == [SEPTEMBER, OCTOBER, date(2019, 11, 12)]
    assert ends_of_months(date(2020, 2, 29), date(2020, 2, 29)) == [date(2020, 2, 29)]


def test_what_nothing_was_told_of_is_unknown_and_what_ended_is_in_no_status():
    told = [
        said(1, date(2019, 9, 23), 1, Status.ON_TRACK),
        said(1, date(2019, 9, 30), 1, Status.COMPLETED),
        said(2, date(2019, 10, 1), 1, Status.DELAYED, illustrative=True),
        said(2, date(2019, 11, 30), None, None),
    ]

    first, second, third = counted_over(dict.fromkeys([1, 2, 3]), told, [SEPTEMBER, OCTOBER, NOVEMBER])

    assert first.statuses[1] == {Status.COMPLETED: 1, Status.UNKNOWN: 2}
    assert second.statuses[1] == {Status.COMPLETED: 1, Status.DELAYED: 1, Status.UNKNOWN: 1}
    assert (second.ended, second.illustrative) == (0, {1: 1, 2: 0})
    assert third.statuses[1] == {Status.COMPLETED: 1, Status.UNKNOWN: 1}
    assert third.statuses[2] == {Status.UNKNOWN: 2}
    assert (third.ended, third.illustrative) == (1, {1: 0, 2: 0})


EVENTS = st.lists(
    st.builds(
        Told,
        action=st.integers(1, 4),
        day=st.integers(0, 150).map(lambda days: date(2019, 9, 1) + timedelta(days=days)),
        phase=st.sampled_from([1, 1, 2, 2, None]),
        now=st.sampled_from(Status),
        illustrative=st.booleans(),
    ),
    max_size=12,
)


@given(EVENTS)
def test_one_pass_counts_what_looking_anew_each_month_does(events):
    told = sorted(events, key=lambda one: one.day)
    actions = [1, 2, 3, 4]

    for counted in counted_over(
        dict.fromkeys(actions), told, ends_of_months(date(2019, 9, 1), date(2020, 1, 15))
    ):
        so_far = [one for one in told if one.day <= counted.day]
        ended = {one.action for one in so_far if one.phase is None}
        assert counted.ended == len(ended)
        for phase in (1, 2):
            found = []
            for action in set(actions) - ended:
                mine = [one.now for one in so_far if (one.action, one.phase) == (action, phase)]
                found.append(mine[-1] if mine else Status.UNKNOWN)
            for status in Status:
                assert counted.number(phase, status) == found.count(status)
            assert sum(counted.statuses[phase].values()) + counted.ended == len(actions)


def months(*texts):
    return [Month.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (("2020-01",), (0, 0)),
        (("2020-01", "2020-03"), (2, 1)),
        (("2020-01", "2020-03", "2020-02"), (1, 1)),
        (("2020-01", "2019-11"), (-2, 0)),
        (("2020-01", "2020-01", "2021-02"), (13, 1)),
        (("2020-01", "2020-02", "2020-03", "2020-04", "2020-05"), (4, 4)),
    ],
)
def test_a_slip_is_how_much_later_the_last_target_lies_than_the_first(targets, expected):
    slip = slip_of(months(*targets), finished=False)

    assert (slip.months, slip.moves) == expected


def test_slips_are_counted_by_how_often_and_by_how_much():
    slips = [Slip(0, 0, True), Slip(-1, 0, False), Slip(2, 1, True), Slip(2, 2, False), Slip(13, 4, False)]

    assert by_moves(slips) == [Tally(1, 1), Tally(0, 1), Tally(1, 0), Tally(1, 0)]
    counted = dict(by_months(slips))
    assert list(counted) == list(range(1, 13))
    assert (counted[1], counted[2], counted[12]) == (Tally(0, 0), Tally(1, 1), Tally(1, 0))
    assert by_months(slips[:2]) == []


def test_the_median_is_exact():
    assert median([]) is None
    assert median([6, 1, 2]) == 2
    assert median([1, 2]) == Fraction(3, 2)
