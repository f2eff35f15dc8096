"""Workers needed, by hand, and printed numbers beside what they come to."""

from fractions import Fraction

import pytest

from budgets.rules.staffing import printed_otherwise, workers_needed, workers_needed_with_new


def test_children_by_the_aim():
    assert workers_needed(Fraction(467), Fraction(15)) == Fraction(467, 15)
    assert workers_needed(Fraction(132), Fraction("16.5")) == 8
    assert workers_needed(Fraction(0), Fraction(15)) == 0


@pytest.mark.parametrize("aim", [0, -1])
def test_an_aim_of_nobody_is_none(aim):
    with pytest.raises(ValueError, match="no children"):
        workers_needed(Fraction(1), Fraction(aim))


def test_newly_qualified_workers_hold_fewer():
    # Half of them hold a fifth fewer: 18 × 0.9 = 16.2 on average.
    assert workers_needed_with_new(Fraction(162), Fraction(18), Fraction(1, 2), Fraction(1, 5)) == 10
    assert workers_needed_with_new(Fraction(162), Fraction(18), Fraction(0), Fraction(1, 5)) == 9


@pytest.mark.parametrize(
    ("printed", "places", "exact", "otherwise"),
    [
        ("15.4", 1, "15.35", False),
        ("15.4", 1, "15.45", False),
        ("15.4", 1, "15.451", True),
        ("15.4", 1, "15.349", True),
        ("19.90", 2, "19.928", True),
        ("8", 0, "8.5", False),
    ],
)
def test_printed_otherwise_beyond_half_of_its_last_place(printed, places, exact, otherwise):
    assert printed_otherwise(Fraction(printed), places, Fraction(exact)) is otherwise
