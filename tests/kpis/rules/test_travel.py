import pytest

from kpis.rules.frames import judge, travel

from .series import Series, frame, plain


def travel_of(*many):
    given = frame(*many)
    return travel(given.assign(**judge(given)))


@pytest.mark.parametrize(
    ("higher_is_better", "directions"),
    [
        (True, [None, "better", "worse", "no_real_change"]),
        (False, [None, "worse", "better", "no_real_change"]),
    ],
)
def test_direction_speaks_of_performance(higher_is_better, directions):
    found = travel_of(Series(["70", "73.2", "72.2", "72.2"], higher_is_better=higher_is_better))

    assert plain(found["previous_e8"]) == [None, 70_00000000, 73_20000000, 72_20000000]
    assert plain(found["change_e8"]) == [None, 3_20000000, -1_00000000, 0]
    assert plain(found["direction"]) == directions


@pytest.mark.parametrize(
    ("decimals", "threshold", "after", "direction"),
    [
        (1, None, "70.1", "better"),
        (1, None, "70.0999", "no_real_change"),
        (1, None, "69.9", "worse"),
        (1, None, "69.9001", "no_real_change"),
        (0, None, "70.9999", "no_real_change"),
        (0, None, "71", "better"),
        (1, "0.5", "70.4999", "no_real_change"),
        (1, "0.5", "70.5", "better"),
        (1, "0", "70.0001", "better"),
        (1, "0", "70", "no_real_change"),
        (8, None, "70.0001", "better"),
        (8, None, "70", "no_real_change"),
    ],
)
def test_change_below_the_threshold_is_no_real_change(decimals, threshold, after, direction):
    found = travel_of(Series(["70", after], decimals=decimals, threshold=threshold))

    assert plain(found["direction"]) == [None, direction]


def test_direction_is_decided_on_the_unrounded_values():
    # At eight decimals each of these rises by exactly 1. Unrounded, the third rises by less.
    found = travel_of(
        Series([("1", "3"), ("4", "3")], unit="mean", decimals=0),
        Series([("200", "3"), ("203", "3")], unit="mean", decimals=0),
        Series([("1", "3"), ("133333333.3333", "100000000")], unit="mean", decimals=0),
        Series([("1", "3"), ("1333333.3334", "1000000")], unit="mean", decimals=0),
    )

    assert plain(found["direction"]) == [
        None,
        "better",
        None,
        "better",
        None,
        "no_real_change",
        None,
        "better",
    ]


def test_rounding_alone_makes_no_rise_at_a_threshold_of_0():
    # Both months are exactly the same, then differ by less than eight decimals can show.
    found = travel_of(
        Series([("1", "3"), ("2", "6")], unit="mean", threshold="0"),
        Series([("1", "9999999"), ("1", "9999998")], unit="mean", threshold="0"),
        Series([("1", "9999998"), ("1", "9999999")], unit="mean", threshold="0"),
    )

    assert plain(found["change_e8"]) == [None, 0] * 3
    assert plain(found["direction"]) == [None, "no_real_change", None, "better", None, "worse"]


def test_no_change_is_reported_across_a_missing_month():
    found = travel_of(Series(["70", None, "80", ("0", "0"), "90"]))

    assert plain(found["previous_e8"]) == [None, 70_00000000, None, 80_00000000, None]
    assert plain(found["change_e8"]) == [None] * 5
    assert plain(found["direction"]) == [None] * 5


def test_no_change_is_reported_between_two_series():
    found = travel_of(Series(["70"]), Series(["80"]))

    assert plain(found["previous_e8"]) == [None, None]
    assert plain(found["direction"]) == [None, None]


def test_changes_beyond_64_bits_are_exact():
    huge = ("9999999.9999", "0.0001")

    found = travel_of(Series([huge, ("1", "3"), huge], unit="rate_per_10000", threshold="9999999.9999"))

    assert plain(found["change_e8"]) == [None, -999999999986666_66666667, 999999999986666_66666667]
    assert plain(found["direction"]) == [None, "worse", "better"]


def test_differences_beyond_64_bits_of_months_within_them_are_exact():
    found = travel_of(Series(["-90000000000", "90000000000"]))

    assert plain(found["change_e8"]) == [None, 180000000000_00000000]
    assert plain(found["direction"]) == [None, "better"]


def test_threshold_beyond_64_bits_is_exact():
    found = travel_of(Series(["70", "80"], threshold="100000000000"))

    assert plain(found["direction"]) == [None, "no_real_change"]


def test_empty_frame_has_no_changes():
    assert len(travel_of()) == 0


@pytest.mark.parametrize("decimals", [-1, 9])
def test_decimals_that_can_not_be_shown_are_refused(decimals):
    with pytest.raises(ValueError, match="between 0 and 8 decimals"):
        travel_of(Series(["70"], decimals=decimals))
