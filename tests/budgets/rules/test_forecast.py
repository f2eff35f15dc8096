from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.forecast import JUDGED_AT, Accuracy, Forecast, Step, by_line, by_owner, movement, path

from . import twin


def test_a_forecast_moves_from_month_to_month():
    assert path({1: 100, 2: 130, 4: 90, 5: None, 6: 0}, last=7) == [
        Step(1, 100, None),
        Step(2, 130, 30),
        Step(3, None, None),
        Step(4, 90, None),
        Step(5, None, None),
        Step(6, 0, None),
        Step(7, None, None),
    ]


def test_a_forecast_of_nil_is_a_forecast():
    assert movement({6: 40, 7: 0}, 7) == -40
    assert movement({12: 0, 13: 0}, 13) == 0


def test_a_path_has_every_period():
    assert [step.period for step in path({})] == list(range(1, 16))


YEARS = [
    Forecast("fostering", "placements", "2017/18", 3, 90, 100),
    Forecast("fostering", "placements", "2018/19", 3, 125, 100),
    Forecast("fostering", "placements", "2018/19", 9, 101, 100),
    Forecast("secure", "placements", "2018/19", 3, 40, 100),
    Forecast("secure", "placements", "2018/19", 4, 999, 100),
    Forecast("rents", "leaving care", "2018/19", 6, 70, None),
    Forecast("rents", "leaving care", "2018/19", 6, None, 70),
]


def test_accuracy_per_line():
    assert by_line(YEARS) == {
        ("fostering", 3): Accuracy(2, 0, Fraction(15, 2), Fraction(35, 2)),
        ("fostering", 9): Accuracy(1, 0, Fraction(1), Fraction(1)),
        ("secure", 3): Accuracy(1, 0, Fraction(-60), Fraction(60)),
        ("rents", 6): Accuracy(0, 2, None, None),
    }


def test_accuracy_per_owner():
    assert by_owner(YEARS) == {
        ("placements", 3): Accuracy(3, 0, Fraction(-15), Fraction(95, 3)),
        ("placements", 9): Accuracy(1, 0, Fraction(1), Fraction(1)),
        ("leaving care", 6): Accuracy(0, 2, None, None),
    }


PENCE = st.none() | st.integers(-(10**12), 10**12)
FORECASTS = st.builds(
    Forecast,
    line=st.sampled_from(["a", "b", "c"]),
    owner=st.sampled_from(["x", "y"]),
    year=st.just("2018/19"),
    period=st.integers(1, 15),
    forecast=PENCE,
    outturn=PENCE,
)


@given(forecasts=st.lists(FORECASTS, max_size=40))
def test_accuracy_agrees_with_its_slow_twin(forecasts):
    for (line, period), found in by_line(forecasts).items():
        assert (found.bias, found.absolute) == twin.mean_errors(
            forecasts, lambda one, at=line: one.line == at, period
        )
    for (owner, period), found in by_owner(forecasts).items():
        assert (found.bias, found.absolute) == twin.mean_errors(
            forecasts, lambda one, at=owner: one.owner == at, period
        )
    judged = [one for one in forecasts if one.period in JUDGED_AT]
    assert sum(found.judged + found.missing for found in by_line(forecasts).values()) == len(judged)


@given(forecasts=st.dictionaries(st.integers(1, 15), st.integers(-(10**12), 10**12)))
def test_movements_lead_from_the_first_forecast_to_the_last(forecasts):
    steps = path(forecasts)

    for step in steps:
        assert (step.movement is None) == (step.period not in forecasts or step.period - 1 not in forecasts)
    whole = {number: forecasts.get(number, 0) for number in range(1, 16)}
    assert whole[1] + sum(step.movement for step in path(whole)[1:]) == whole[15]
