from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.tree import Side
from budgets.rules.variance import (
    LIMITS,
    Base,
    Direction,
    Limits,
    Of,
    Status,
    Variance,
    as_variance,
    percent_words,
    rule_words,
    status_of,
    variance_of,
    variance_words,
)

from . import twin

POUND = 100


def gross(budget, spent):
    return variance_of(budget * POUND, spent * POUND, Base(Of.GROSS, budget * POUND))


# Table 8 of the Annual Review 2018/19, in pounds: budget, actual, printed difference.
TABLE_8 = [
    (9_143_900, 10_787_259, -1_643_359, "£1.64 million over", "18.0% of the gross budget", Status.RED),
    (8_230_100, 11_085_089, -2_854_989, "£2.85 million over", "34.7% of the gross budget", Status.RED),
    (296_100, 892_122, -596_022, "£596,022 over", "201.3% of the gross budget", Status.RED),
    (4_685_200, 5_002_191, -316_991, "£316,991 over", "6.8% of the gross budget", Status.AMBER),
    (1_637_299, 2_608_550, -971_251, "£971,251 over", "59.3% of the gross budget", Status.RED),
    (0, 1_339_966, -1_339_966, "£1.34 million over", "the gross budget is nil", Status.RED),
    (23_992_599, 31_715_177, -7_722_578, "£7.72 million over", "32.2% of the gross budget", Status.RED),
]


@pytest.mark.parametrize(("budget", "actual", "printed", "words", "percent", "status"), TABLE_8)
def test_table_8_is_said_in_words(budget, actual, printed, words, percent, status):
    variance = gross(budget, actual)

    assert variance.pence == as_variance(printed * POUND)
    assert variance_words(as_variance(printed * POUND)) == words
    assert percent_words(variance, LIMITS) == percent
    assert status_of(variance, LIMITS) is status


@pytest.mark.parametrize(
    ("pence", "direction", "outgoing", "income"),
    [
        (4_000, Direction.OVER, "£40 over", "£40 above its budget"),
        (-4_000, Direction.UNDER, "£40 under", "£40 short"),
        (1, Direction.OVER, "£0.01 over", "£0.01 above its budget"),
        (0, Direction.ON, "on budget", "on budget"),
    ],
)
def test_sides_are_words(pence, direction, outgoing, income):
    variance = Variance(pence, Base(Of.NET, 1))

    assert variance.direction is direction
    assert variance_words(variance.pence) == outgoing
    assert variance_words(variance.pence, Side.INCOME) == income


def test_words_keep_a_variance_apart_from_the_limit():
    assert variance_words(50_000_040, limits=[LIMITS.red]) == "£500,000.40 over"


@pytest.mark.parametrize(
    ("budget", "spent"),
    [(None, 100), (100, None), (None, None)],
)
def test_missing_has_no_variance_and_no_status(budget, spent):
    variance = variance_of(budget, spent, Base(Of.NET, 100))

    assert variance is None
    assert status_of(variance, LIMITS) is Status.NONE


@pytest.mark.parametrize(
    ("budget", "over", "status"),
    [
        (100_000_000_00, 500_000_00, Status.GREEN),
        (10_000_000_00, 500_000_00, Status.AMBER),
        (10_000_000_00, 500_000_01, Status.RED),
        (100_000_000_00, 500_000_01, Status.RED),
        # Two per cent of £10m is £200,000; of £1m it is £20,000, below the amber limit in pounds.
        (10_000_000_00, 200_000_00, Status.GREEN),
        (10_000_000_00, 200_000_01, Status.AMBER),
        (1_000_000_00, 50_000_00, Status.GREEN),
        (1_000_000_00, 50_000_01, Status.AMBER),
        (1_000_000_00, 0, Status.GREEN),
        (1_000_000_00, -900_000_00, Status.GREEN),
        # Without a per cent, pounds alone decide.
        (0, 50_000_00, Status.GREEN),
        (0, 50_000_01, Status.AMBER),
        # A net budget below nil has the per cent of its size.
        (-10_000_000_00, 200_000_00, Status.GREEN),
        (-10_000_000_00, 200_000_01, Status.AMBER),
    ],
)
def test_status_on_each_side_of_each_limit(budget, over, status):
    assert status_of(variance_of(budget, budget + over, Base(Of.NET, budget)), LIMITS) is status


def test_less_income_than_budgeted_counts_as_money_over():
    base = Base(Of.INCOME, 10_000_000_00)
    short = variance_of(10_000_000_00, 9_400_000_00, base, Side.INCOME)
    above = variance_of(10_000_000_00, 10_600_000_00, base, Side.INCOME)

    assert (short.pence, short.costs) == (-600_000_00, 600_000_00)
    assert status_of(short, LIMITS) is Status.RED
    assert status_of(above, LIMITS) is Status.GREEN
    assert percent_words(short, LIMITS) == "6.0% of the income budget"


def test_limits_are_settings():
    strict = Limits(red=100, amber_percent=Fraction(1, 2), amber=10)

    assert status_of(gross(1000, 1002), strict) is Status.RED
    assert status_of(variance_of(1000, 1011, Base(Of.GROSS, 1000)), strict) is Status.AMBER
    assert (
        rule_words(strict)
        == "Red: more than £1 over. Amber: more than 0.5% and more than £0.10 over. Else green."
    )


def test_a_per_cent_says_of_what_and_on_which_side_of_the_limit_it_is():
    net, whole = Base(Of.NET, 3_520_000_00), Base(Of.GROSS, 8_562_000_00)

    assert percent_words(Variance(100_000_00, net), LIMITS) == "2.8% of the net budget"
    assert percent_words(Variance(100_000_00, whole), LIMITS) == "1.2% of the gross budget"
    assert percent_words(Variance(-2_001, Base(Of.NET, 100_000)), LIMITS) == "2.001% of the net budget"
    assert percent_words(Variance(1, Base(Of.NET, 100_000)), LIMITS) == "0.001% of the net budget"
    assert percent_words(Variance(99_970, Base(Of.NET, 100_000)), LIMITS) == "99.97% of the net budget"
    assert Variance(-100, Base(Of.NET, 300)).percent == Fraction(-100, 3)
    assert Variance(100, Base(Of.NET, 0)).percent is None


POUNDS = st.integers(-(10**10), 10**10)


@given(
    budget=st.none() | st.just(0) | POUNDS,
    over=st.none() | POUNDS | st.integers(-60_000_000, 60_000_000),
    base=st.just(0) | POUNDS,
)
def test_status_agrees_with_its_slow_twin(budget, over, base):
    spent = None if over is None else (budget or 0) + over

    found = status_of(variance_of(budget, spent, Base(Of.NET, base)), LIMITS)

    assert found.value == twin.status(budget, spent, base, LIMITS)
