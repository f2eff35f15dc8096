import pytest

from budgets.rules.assertions import reckon, rounding
from budgets.rules.money import Unit

# Leaving care in table 8, accommodation and rents.
LEAVING_CARE = [(1, 971_251_00), (1, 1_339_966_00)]


@pytest.mark.parametrize(
    ("printed", "terms", "tolerance", "difference", "holds"),
    [
        (2_311_217_00, LEAVING_CARE, 0, 0, True),
        (2_312_000_00, LEAVING_CARE, 0, -783_00, False),
        (2_312_000_00, LEAVING_CARE, rounding(Unit.MILLIONS, 3), -783_00, False),
        (2_311_000_00, LEAVING_CARE, rounding(Unit.MILLIONS, 3), 217_00, True),
        (3_520, [(1, 8_562), (-1, 5_042)], 0, 0, True),
        (100, [(1, 150)], 50, 50, True),
        (100, [(1, 49)], 50, -51, False),
        (100, [(1, 100), (1, None)], 0, None, None),
        (0, [], 0, 0, True),
    ],
)
def test_a_printed_total_is_held_against_its_lines(printed, terms, tolerance, difference, holds):
    found = reckon(printed, terms, tolerance)

    assert (found.difference, found.holds) == (difference, holds)


def test_a_total_is_exact_unless_a_tolerance_is_given():
    assert reckon(100, [(1, 101)]).holds is False


@pytest.mark.parametrize(
    ("unit", "places", "pence"),
    [
        (Unit.MILLIONS, 3, 500_00),
        (Unit.MILLIONS, 0, 500_000_00),
        (Unit.THOUSANDS, 0, 500_00),
        (Unit.POUNDS, 0, 50),
    ],
)
def test_what_rounding_may_hide(unit, places, pence):
    assert rounding(unit, places) == pence


@pytest.mark.parametrize("places", [-1, 2, 3])
def test_pence_are_not_rounded(places):
    with pytest.raises(ValueError, match="Nothing is rounded"):
        rounding(Unit.POUNDS, places)


def test_no_tolerance_is_below_nil():
    with pytest.raises(ValueError, match="nil or more"):
        reckon(1, [], tolerance=-1)
