from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.volume_price import Basis, Order, nearest, over_the_range, split_variance

from . import twin

NUMBERS = st.fractions(0, 1000, max_denominator=12)
PENCE = st.integers(0, 10**11)


def parts(split):
    return [
        None if found is None else (found.volume, found.price, found.outside)
        for found in (split.volume_first, split.price_first)
    ]


@pytest.mark.parametrize(
    ("budget", "spent", "actual", "assumed", "found", "much"),
    [
        # Ten at £1 assumed, twelve at £1.50: two more at £1, or two more at £1.50.
        (1_000, 1_800, 12, 10, [(200, 600, 0), (300, 500, 0)], True),
        # 100 at £1 assumed, 101 at £1.01.
        (10_000, 10_201, 101, 100, [(100, 101, 0), (101, 100, 0)], False),
        # Twice as many for the same money: the parts cancel out.
        (1_000, 1_000, 20, 10, [(1_000, -1_000, 0), (500, -500, 0)], True),
        (1_000, 1_000, 10, 10, [(0, 0, 0), (0, 0, 0)], False),
        (100, 99, 1, 1, [(0, -1, 0), (0, -1, 0)], False),
        # The budget was £1 more than its basis.
        (1_100, 1_800, 12, 10, [(200, 600, -100), (300, 500, -100)], True),
        # Nobody, and yet a cost: there is no actual unit cost.
        (1_000, 50, 0, 10, [(-1_000, 50, 0), None], False),
        # Nobody was assumed.
        (0, 300, 2, 0, [(200, 100, 0), (300, 0, 0)], True),
    ],
)
def test_a_difference_is_split_in_both_orders(budget, spent, actual, assumed, found, much):
    split = split_variance(budget, spent, Fraction(actual), Basis(Fraction(assumed), 100))

    assert parts(split) == found
    assert split.differ_much is much


@pytest.mark.parametrize(("spent", "much"), [(2_999, True), (3_000, True), (3_001, False)])
def test_orders_differ_by_much_from_a_tenth_on(spent, much):
    """Four at 500 assumed, five were there: the orders are 100 apart, and a tenth of the difference is about that."""
    assert split_variance(2_000, spent, Fraction(5), Basis(Fraction(4), 500)).differ_much is much


def test_a_penny_apart_is_much_where_nothing_is_split():
    """One at 2 assumed, two came for the same money."""
    split = split_variance(2, 2, Fraction(2), Basis(Fraction(1), 2))

    assert parts(split) == [(2, -2, 0), (1, -1, 0)]
    assert split.differ_much


def test_the_order_is_said():
    split = split_variance(1_000, 1_800, Fraction(12), Basis(Fraction(10), 100))

    assert [split.volume_first.order, split.price_first.order] == list(Order)


def test_a_basis_has_its_range():
    basis = Basis(Fraction(10), 100, lowest=90, highest=120)

    low, high = over_the_range(1_000, 1_800, Fraction(12), basis)

    assert parts(low)[0] == (180, 720, -100)
    assert parts(high)[0] == (240, 360, 200)
    assert over_the_range(1_000, 1_800, Fraction(12), Basis(Fraction(10), 100)) == []


@pytest.mark.parametrize(("actual", "assumed"), [(-1, 10), (10, -1)])
def test_there_are_never_fewer_than_none(actual, assumed):
    with pytest.raises(ValueError, match="fewer than none"):
        split_variance(0, 0, Fraction(actual), Basis(Fraction(assumed), 100))


@given(budget=PENCE, spent=PENCE, actual=NUMBERS, assumed=NUMBERS, unit_cost=st.integers(0, 10**8))
def test_parts_add_up_to_the_penny(budget, spent, actual, assumed, unit_cost):
    split = split_variance(budget, spent, actual, Basis(assumed, unit_cost))

    assert split.volume_first.total == spent - budget
    assert split.volume_first.volume == twin.nearest((actual - assumed) * unit_cost)
    assert (split.price_first is None) == (actual == 0)
    if split.price_first is not None:
        assert split.price_first.total == spent - budget
        assert abs(split.price_first.volume - (actual - assumed) * spent / actual) <= 1


@given(pence=st.fractions(-(10**6), 10**6, max_denominator=40))
def test_the_nearest_penny(pence):
    assert nearest(pence) == twin.nearest(pence)


@pytest.mark.parametrize(("pence", "whole"), [("0.5", 1), ("-0.5", -1), ("1.49", 1), ("-1.5", -2), ("0", 0)])
def test_ties_go_away_from_nil(pence, whole):
    assert nearest(Fraction(pence)) == whole
