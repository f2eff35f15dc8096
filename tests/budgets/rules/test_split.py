from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.split import NothingToSplitBy, split

from . import twin

WEIGHTS = st.lists(
    st.integers(0, 1000) | st.fractions(0, 100, max_denominator=60), min_size=1, max_size=20
).filter(any)


@pytest.mark.parametrize(
    ("pence", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        # Shares of 12.5, 62.5 and 25: of two equal remainders the first has the penny.
        (100, [1, 5, 2], [13, 62, 25]),
        # Shares of 16.67 and 83.33.
        (100, [1, 5], [17, 83]),
        (1, [1, 2, 1], [0, 1, 0]),
        (2, [0, 1, 1, 1], [0, 1, 1, 0]),
        (10, [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)], [5, 3, 2]),
        (0, [1, 2], [0, 0]),
        (7, [3], [7]),
    ],
)
def test_a_sum_is_split_to_the_penny(pence, weights, parts):
    assert split(pence, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_are_refused(weights):
    with pytest.raises(NothingToSplitBy):
        split(100, weights)


@given(pence=st.integers(-(10**13), 10**13), weights=WEIGHTS)
def test_splits_agree_with_their_slow_twin(pence, weights):
    assert split(pence, weights) == twin.split(pence, weights)


@given(pence=st.integers(-(10**13), 10**13), weights=WEIGHTS)
def test_parts_add_up_and_none_is_a_penny_off(pence, weights):
    parts = split(pence, weights)

    assert sum(parts) == pence
    assert all(
        abs(part - pence * Fraction(weight) / sum(weights)) < 1
        for part, weight in zip(parts, weights, strict=True)
    )
