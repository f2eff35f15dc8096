from fractions import Fraction

import pytest

from kpis.rules.frames import averages, judge
from kpis.rules.statistics import mean_of

from .series import Series, frame, plain


def averages_of(*many, window=12):
    given = frame(*many)
    return averages(given.assign(**judge(given)), window)


def test_mean_of_months_and_pooled_ratio_differ_where_months_differ_in_size():
    found = averages_of(Series([("1", "2"), ("90", "100"), ("0", "1")]), window=3)

    # (50 + 90 + 0) / 3, and 91 of 103.
    assert plain(found["average_e8"]) == [None, None, 46_66666667]
    assert plain(found["pooled_e8"]) == [None, None, 88_34951456]
    assert plain(found["months_in_average"]) == [None, None, 3]


def test_missing_months_are_left_out_and_counted():
    found = averages_of(Series([("1", "2"), None, ("3", "4"), None, None]), window=2)

    assert plain(found["average_e8"]) == [None, 50_00000000, 75_00000000, 75_00000000, None]
    assert plain(found["pooled_e8"]) == [None, 50_00000000, 75_00000000, 75_00000000, None]
    assert plain(found["months_in_average"]) == [None, 1, 1, 1, 0]


def test_months_with_a_given_value_have_a_mean_but_no_pooled_ratio():
    found = averages_of(Series(["60", ("7", "10"), ("8", "10")]), window=2)

    assert plain(found["average_e8"]) == [None, 65_00000000, 75_00000000]
    assert plain(found["pooled_e8"]) == [None, None, 75_00000000]


def test_month_with_denominator_0_counts_in_neither():
    found = averages_of(Series([("5", "0"), ("7", "10")]), window=2)

    assert plain(found["average_e8"]) == [None, 70_00000000]
    assert plain(found["pooled_e8"]) == [None, 70_00000000]
    assert plain(found["months_in_average"]) == [None, 1]


def test_twelve_months_are_needed_and_then_the_window_moves_on():
    found = averages_of(Series([str(value) for value in range(1, 14)]))

    assert plain(found["average_e8"]) == [None] * 11 + [6_50000000, 7_50000000]
    assert plain(found["months_in_average"]) == [None] * 11 + [12, 12]


def test_windows_do_not_reach_into_another_series():
    found = averages_of(Series(["10", "20"]), Series(["70", "90"]), window=2)

    assert plain(found["average_e8"]) == [None, 15_00000000, None, 80_00000000]


def test_tie_at_the_eighth_decimal_goes_to_the_even_digit():
    # The months hold 0 and 1, then 1 and 2 hundred-millionths.
    small = [("0.0001", "1000000"), ("0.0001", "10000"), ("0.0002", "10000")]

    found = averages_of(Series(small, unit="mean"), window=2)

    assert plain(found["average_e8"]) == [None, 0, 2]


def test_sums_beyond_64_bits_are_exact():
    huge = ("9999999.9999", "0.0001")

    found = averages_of(Series([huge, huge, ("1", "3")], unit="rate_per_10000"), window=2)

    assert plain(found["average_e8"]) == [None, 999999999990000_00000000, 499999999996666_66666666]


def test_sums_beyond_64_bits_of_months_within_them_are_exact():
    found = averages_of(Series([("9000000", "1"), ("9000000", "1")], unit="rate_per_10000"), window=2)

    assert plain(found["average_e8"]) == [None, 90000000000_00000000]


def test_pooled_sums_beyond_64_bits_are_exact():
    large = ("60000000000", "1000000000000")

    found = averages_of(Series([large, large], unit="rate_per_10000"), window=2)

    assert plain(found["pooled_e8"]) == [None, 600_00000000]


def test_rate_is_pooled_by_its_scale():
    found = averages_of(Series([("500", "80000"), ("600", "80000")], unit="rate_per_10000"), window=2)

    assert plain(found["pooled_e8"]) == [None, 68_75000000]


def test_empty_frame_has_no_averages():
    assert len(averages_of()) == 0


def test_window_without_a_month_is_refused():
    with pytest.raises(ValueError, match="at least one month"):
        averages_of(Series(["60"]), window=0)


def test_the_mean_of_a_period():
    assert mean_of([Fraction(50), Fraction(90), Fraction(0)]) == Fraction(140, 3)
    with pytest.raises(ValueError, match="no values"):
        mean_of([])
