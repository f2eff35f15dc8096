from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.scenario import Scenario, about, assumptions, sentence
from budgets.rules.unit_costs import UnitCost, mean_number, per_child_year, unit_cost

from . import twin

# External foster care: table 8's actual, and table 7's numbers at the ends of five quarters.
COST = 11_085_089_00
QUARTERS = [227, 262, 286, 317, 293]
FOSTERING = UnitCost(usual=40_018_37, lowest=37_833_07, highest=40_018_37)


def test_the_unit_cost_of_a_child_year_is_a_range_over_its_bases():
    bases = {
        "mean of five quarters": mean_number(QUARTERS),
        "mean of four quarters": mean_number(QUARTERS[1:]),
        "at the end": Fraction(QUARTERS[-1]),
        "at the start of a year without anyone": Fraction(0),
        "not known": None,
    }

    assert unit_cost(COST, bases) == FOSTERING
    assert per_child_year(COST, bases["mean of four quarters"]) == 38_290_46


@pytest.mark.parametrize("bases", [{}, {"nobody": Fraction(0), "some": Fraction(2)}, {"not known": None}])
def test_without_anyone_there_is_no_unit_cost(bases):
    assert unit_cost(100, bases) is None


@pytest.mark.parametrize("counts", [[], [1, None], [None]])
def test_a_mean_rests_on_every_count(counts):
    assert mean_number(counts) is None
    assert mean_number([0, 2, 4, 2, 0]) == Fraction(8, 5)


def scenario(children=20, months="6", cost=FOSTERING):
    return Scenario(children, "external foster care", Fraction(months), cost)


def test_a_scenario_costs_its_children_for_its_months():
    assert scenario().pence == 400_183_70
    assert scenario().range == (378_330_70, 400_183_70)
    assert scenario(children=-20).range == (-400_183_70, -378_330_70)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            scenario(),
            "20 more children in external foster care for six months cost about £400,000 (£378,000 to £400,000).",
        ),
        (
            scenario(children=-20, months="12"),
            "20 fewer children in external foster care for 12 months save about £800,000 (£757,000 to £800,000).",
        ),
        (scenario(children=0), "0 more children in external foster care for six months cost about £0."),
        (
            scenario(children=1, months="1", cost=UnitCost(12_000_00, 12_000_00, 12_000_00)),
            "1 more child in external foster care for one month costs about £1,000.",
        ),
        (
            scenario(children=-1, months="4.5", cost=UnitCost(12_000_00, 12_000_00, 12_000_00)),
            "1 fewer child in external foster care for 4.5 months saves about £4,500.",
        ),
    ],
)
def test_a_scenario_is_said(found, said):
    assert sentence(found) == said


def test_every_assumption_is_listed():
    assert dict(assumptions(scenario(months="10")))["Time"] == "10 months"
    assert assumptions(scenario(months="1/3")) == [
        ("Children", "20 more children in external foster care"),
        ("Time", "0.3 months"),
        ("Cost of a child in a year", "£40,018.37"),
        ("Its range", "£37,833.07 to £40,018.37"),
    ]


@pytest.mark.parametrize(
    ("pence", "rounded"),
    [
        (40_018_045, 40_000_000),
        (1_234_500, 1_230_000),
        (12_345, 12_300),
        (151, 200),
        (40, 40),
        (0, 0),
        (-40, -40),
    ],
)
def test_about_shows_three_digits_and_never_nil(pence, rounded):
    assert about(pence) == rounded


def test_assumptions_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="no fewer than no months"):
        scenario(months="-1")
    with pytest.raises(ValueError, match="outside its range"):
        scenario(cost=UnitCost(100, 101, 102))


@given(
    children=st.integers(-1000, 1000),
    months=st.fractions(0, 120, max_denominator=31),
    costs=st.lists(st.integers(0, 10**8), min_size=3, max_size=3).map(sorted),
)
def test_a_scenario_lies_within_its_range_to_the_penny(children, months, costs):
    found = scenario(children, months, UnitCost(costs[1], costs[0], costs[2]))

    assert found.pence == twin.nearest(children * months / 12 * costs[1])
    assert found.range[0] <= found.pence <= found.range[1]
