import pytest

from core.values.months import Month
from kpis.rules.frames import judge, successions

from .series import Series, frame, plain

# One letter a month: Green, Amber, Red, - not reported, 0 denominator 0.
FIGURES = {"G": "80", "A": "70", "R": "60", "-": None, "0": ("0", "0")}


def runs_of(*letters):
    given = frame(*(Series([FIGURES[letter] for letter in series]) for series in letters))
    return successions(given.assign(status=judge(given)["status"]))


@pytest.mark.parametrize(
    ("letters", "off_target", "failed", "certain"),
    [
        ("GGG", [0, 0, 0], [0, 0, 0], [True] * 3),
        ("AARRA", [1, 2, 3, 4, 5], [0, 0, 1, 2, 0], [True] * 5),
        ("RRGR", [1, 2, 0, 1], [1, 2, 0, 1], [True] * 4),
        ("RR-RR", [1, 2, None, 1, 2], [1, 2, None, 1, 2], [True, True, None, False, False]),
        ("G-A", [0, None, 1], [0, None, 0], [True, None, False]),
        ("-R", [None, 1], [None, 1], [None, False]),
        ("R--R", [1, None, None, 1], [1, None, None, 1], [True, None, None, False]),
        ("-GA", [None, 0, 1], [None, 0, 0], [None, True, True]),
        ("R0R", [1, None, 1], [1, None, 1], [True, None, False]),
        ("-AR", [None, 1, 2], [None, 0, 1], [None, False, False]),
    ],
)
def test_runs(letters, off_target, failed, certain):
    found = runs_of(letters)

    assert plain(found["months_off_target"]) == off_target
    assert plain(found["months_in_failure"]) == failed
    assert plain(found["succession_certain"]) == certain


def test_broken_run_names_the_month_that_broke_it():
    found = runs_of("R--RRGR")

    june = Month(2018, 6).ordinal
    assert plain(found["succession_broken_by"]) == [None, None, None, june, june, None, None]


def test_runs_do_not_pass_from_one_series_to_the_next():
    found = runs_of("RR", "RR", "-", "R")

    assert plain(found["months_off_target"]) == [1, 2, 1, 2, None, 1]
    assert plain(found["succession_certain"]) == [True, True, True, True, None, True]


@pytest.mark.parametrize(
    ("figures", "banded", "off_target", "certain"),
    [
        # A figure from before the contract, as PI10 has of March 2018, makes its first month no less certain.
        (["60", "60"], "-b", [None, 1], [None, True]),
        ([None, "60", "60"], "-bb", [None, 1, 2], [None, True, True]),
        (["60", None, "60"], "--b", [None, None, 1], [None, None, True]),
        # Between two bands, or without a figure under the first, what would have been shown is not known.
        (["60", "60", "60"], "b-b", [1, None, 1], [True, None, False]),
        (["60", None, "60"], "-bb", [None, None, 1], [None, None, False]),
    ],
)
def test_months_before_the_first_band_are_no_gap(figures, banded, off_target, certain):
    bands = [(">", "75", "<", "65") if letter == "b" else None for letter in banded]
    given = frame(Series(figures, bands=bands))

    found = successions(given.assign(status=judge(given)["status"]))

    assert plain(found["months_off_target"]) == off_target
    assert plain(found["succession_certain"]) == certain


def test_a_band_of_the_series_before_is_none_of_the_next():
    given = frame(Series(["60"]), Series(["60", "60"], bands=[None, (">", "75", "<", "65")]))

    found = successions(given.assign(status=judge(given)["status"]))

    assert plain(found["succession_certain"]) == [True, None, True]


def test_empty_frame_has_no_runs():
    assert len(runs_of()) == 0


@pytest.mark.parametrize(
    ("series", "months"),
    [([0, 0], [2, 1]), ([0, 0], [1, 3]), ([0, 0], [1, 1]), ([1, 0], [1, 1])],
)
def test_rows_out_of_order_or_with_holes_are_refused(series, months):
    given = frame(Series(["60", "60"])).assign(status="failure", series=series, month=months)

    with pytest.raises(ValueError, match="sorted by series and month"):
        successions(given)
