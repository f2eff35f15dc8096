from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.profile import (
    NotTheBudget,
    by_shares,
    by_working_days,
    even,
    own,
    to_date,
    working_days_of,
)
from budgets.rules.split import NothingToSplitBy
from core.values.months import ContractYear
from core.values.working_days import is_working_day

# April 2018 to March 2019 in England, counted on a calendar. Not worked: Easter Monday, two days in May, one in August,
# two at Christmas, New Year's Day.
WORKING_DAYS = [20, 21, 21, 22, 22, 20, 23, 22, 19, 22, 20, 21]
PENCE = st.integers(-(10**13), 10**13)


def test_even_parts_differ_by_a_penny():
    assert even(1_000) == [84, 84, 84, 84, *[83] * 8]
    assert even(-13) == [-2, *[-1] * 11]


def test_months_by_their_working_days():
    assert by_working_days(25_300, ContractYear(2018)) == [100 * days for days in WORKING_DAYS]


@given(start=st.integers(1995, 2040))
def test_working_days_are_those_of_the_calendar(start):
    for month in ContractYear(start).months:
        days = [month.first_day + timedelta(days=place) for place in range(31)]

        assert working_days_of(month) == sum(is_working_day(day) for day in days if day <= month.last_day)


def test_shares_of_the_owner():
    assert by_shares(100, [Fraction(1, 2), *[0] * 10, Fraction(1, 2)]) == [50, *[0] * 10, 50]
    with pytest.raises(NothingToSplitBy):
        by_shares(100, [0] * 12)


def test_amounts_of_the_owner_are_kept_as_they_are():
    assert own(1_200, [100] * 12) == [100] * 12


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([100] * 11 + [101], "add up to £12.01, £0.01 more than the budget"),
        ([100] * 11 + [0], "add up to £11, £1 less than the budget"),
        ([120] * 10, "has twelve months, not 10"),
    ],
)
def test_amounts_that_are_not_the_budget_are_refused(months, said):
    with pytest.raises(NotTheBudget, match=said):
        own(1_200, months)


@pytest.mark.parametrize("profile", [by_shares, lambda _, months: to_date(months)])
def test_a_profile_has_twelve_months(profile):
    with pytest.raises(NotTheBudget, match="not 3"):
        profile(100, [1, 1, 1])


def test_periods_after_march_add_nothing():
    planned = to_date([100] * 12)

    assert planned == [*range(100, 1_300, 100), 1_200, 1_200, 1_200]


@given(
    pence=PENCE, start=st.integers(1995, 2040), shares=st.lists(st.integers(0, 99), min_size=12, max_size=12)
)
def test_every_profile_adds_up_to_the_penny(pence, start, shares):
    profiles = [
        even(pence),
        by_working_days(pence, ContractYear(start)),
        by_shares(pence, [1 + n for n in shares]),
    ]

    for profile in profiles:
        assert len(profile) == 12
        assert to_date(profile)[11:] == [pence] * 4
        assert own(pence, profile) == profile
