from fractions import Fraction

from core.values.months import Month
from improvement.rules.movement import Mean, improved, mean_of

VALUES = {Month(2019, month): Fraction(month) for month in (1, 2, 3, 5, 6)}


def test_a_mean_leaves_missing_months_out():
    assert mean_of(VALUES, (Month(2019, 3), Month(2019, 6)), 3) == Mean(3, Fraction(14, 3))


def test_too_few_months_say_nothing():
    assert mean_of(VALUES, (Month(2019, 3), Month(2019, 5)), 3) == Mean(2, None)
    assert mean_of(VALUES, (Month(2020, 1), Month(2020, 3)), 0) == Mean(0, None)


def test_better_is_told_by_polarity():
    low, high = Mean(3, Fraction(1)), Mean(3, Fraction(2))

    assert improved(low, high, "higher") is True
    assert improved(low, high, "lower") is False
    assert improved(low, Mean(1, None), "higher") is None
