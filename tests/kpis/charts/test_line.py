"""The specification of an indicator's chart and its SVG geometry, with places worked out by hand."""

import itertools
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.charts.frame import NARROW, WIDE, Frame
from kpis.charts.drawing import drawing
from kpis.charts.line import line_chart
from kpis.charts.plot import end_labels
from kpis.engine.readings import Limits
from tests.kpis.charts.readings import APRIL, HIGHER, LOWER, months, reading

# A plot of 100 by 100 whose corner is at 10, 10.
SQUARE = Frame(200, 120, left=10, right=90, top=10, bottom=10, month_room=30, line_height=10)


def chart(readings, **other):
    made = line_chart(readings, title="On target", description="Months", **other)
    assert made is not None
    return made


def test_points_stand_in_the_middle_of_their_month():
    # Ticks run from 40 to 90, ten points in 20 units: 90 is at the top (10), 60 at 70, 40 at the floor (110).
    drawn = drawing(chart(months("90", "60")), SQUARE)

    assert [label.lines[0] for label in drawn.grid] == ["40%", "50%", "60%", "70%", "80%", "90%"]
    assert [(mark.x, mark.y) for mark in drawn.marks] == [("35", "10"), ("85", "70")]
    assert drawn.lines == ("35,10 85,70",)


def test_zones_and_limits_cover_the_months_that_the_band_judges():
    drawn = drawing(chart(months("90", "60")), SQUARE)

    # Target 70 is at 50, failure 50 at 90; failure reaches down to the floor.
    assert [(z.kind, z.x, z.y, z.width, z.height) for z in drawn.zones] == [
        ("tolerance", "10", "50", "100", "40"),
        ("failure", "10", "90", "100", "20"),
    ]
    assert drawn.limits == (("target", "M10 50H110"), ("limit", "M10 90H110"))


def test_values_that_hardly_differ_have_ticks_that_can_be_written():
    near = [Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**11)]
    readings = [
        replace(one, value=value, limits=None) for one, value in zip(months("1", "1"), near, strict=True)
    ]

    drawn = drawing(chart(readings), SQUARE)

    assert [label.lines[0] for label in drawn.grid] == ["0.33333333%", "0.33333334%"]


def test_where_lower_is_better_failure_lies_above():
    readings = months("72", "60", limits=LOWER, polarity="lower", unit="rate_per_10000", decimals=2)

    drawn = drawing(chart(readings), SQUARE)

    # From 60 to 85 in fives: 80 is a fifth down (30), 65 four fifths (90).
    assert [label.lines[0] for label in drawn.grid] == ["60", "65", "70", "75", "80", "85"]
    assert [(z.kind, z.y, z.height) for z in drawn.zones] == [
        ("tolerance", "30", "60"),
        ("failure", "10", "20"),
    ]


def test_limits_step_where_a_new_band_version_takes_over():
    stricter = Limits(">", Decimal(80), "<", Decimal(60), "> 80%", "< 60%")
    readings = [
        reading(APRIL, "75"),
        reading(APRIL.next(), "75"),
        reading(APRIL.next(2), "75", stricter, status="within_tolerance"),
        reading(APRIL.next(3), "75", stricter, status="within_tolerance"),
    ]

    made = chart(readings)
    drawn = drawing(made, SQUARE)

    assert [(step.first, step.last, step.target) for step in made.steps] == [
        (APRIL, APRIL.next(), 70),
        (APRIL.next(2), APRIL.next(3), 80),
    ]
    assert [path.split()[0] + path[path.index("H") :] for kind, path in drawn.limits if kind == "target"] == [
        "M10H60",
        "M60H110",
    ]
    assert [note.lines for note in drawing(made, WIDE).notes] == [("more than 70% until May 2018",)]


def test_months_without_a_band_have_no_limit():
    drawn = drawing(chart([reading(APRIL.previous(), "62.7", None), *months("65", "70")]), SQUARE)

    assert drawn.limits[0][1].startswith("M43.3 ")
    assert [mark.kind for mark in drawn.marks] == ["plain", "on_target", "on_target"]


def test_a_missing_month_is_a_gap_and_says_why():
    drawn = drawing(chart(months("60", "70", None, "80", "70")), WIDE)

    assert [len(line.split()) for line in drawn.lines] == [2, 2]
    assert [gap.lines for gap in drawn.gaps] == [("not", "reported")]


def test_a_gap_too_narrow_for_words_has_its_letter():
    drawn = drawing(chart(months(*(["60", "70", None] * 8))), NARROW)

    assert {gap.lines for gap in drawn.gaps} == {("N",)}


def test_a_month_alone_is_a_point_without_a_line():
    drawn = drawing(chart(months("60")), SQUARE)

    assert drawn.lines == ()
    assert [mark.x for mark in drawn.marks] == ["60"]


def test_a_series_without_any_value_has_no_chart():
    assert line_chart(months(None, None), title="", description="") is None
    assert line_chart([], title="", description="") is None


def test_points_carry_their_status_and_illustrative_ones_are_hollow():
    readings = [
        reading(APRIL, "48", status="failure", provenance="illustrative"),
        reading(APRIL.next(), "60", status="within_tolerance"),
    ]

    drawn = drawing(chart(readings, focus=APRIL), SQUARE)

    assert [(mark.kind, mark.hollow, mark.focus) for mark in drawn.marks] == [
        ("failure", True, True),
        ("within_tolerance", False, False),
    ]
    assert drawn.marks[0].words == "April 2018, 48.0%, Failed, illustrative"


def test_labels_at_the_end_never_meet():
    labels = end_labels(chart(months("60", "70.2")), WIDE)

    tops = [label.top for label in labels]
    assert [label.lines for label in labels] == [
        ("70.2%",),
        ("Target: more than 70%",),
        ("Failure: less than 50%",),
    ]
    assert all(lower - upper >= WIDE.line_height for upper, lower in itertools.pairwise(tops))


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_labels_stay_within_the_drawing(frame):
    low = Limits(">", Decimal(2), "<", Decimal(1), "> 2%", "< 1%")

    labels = end_labels(chart(months("1.5", "90", "1", limits=low)), frame)

    assert labels[0].top >= 0
    last = labels[-1]
    assert last.top + len(last.lines) * frame.line_height <= frame.floor + frame.line_height


def test_a_local_aim_is_a_line_without_a_failure_zone():
    readings = months("19", "17", limits=None, unit="mean", polarity="lower", supporting=True)

    made = chart(readings, aim=Decimal(18))
    drawn = drawing(made, WIDE)

    assert drawn.zones == ()
    assert [kind for kind, _ in drawn.limits] == ["target"]
    assert made.steps[0].target_label == ("Local aim:", "18")
    assert {mark.kind for mark in drawn.marks} == {"plain"}


@pytest.mark.parametrize(
    ("values", "low", "high", "ticks"),
    [
        (["99", "100"], 40, 100, ["40%", "50%", "60%", "70%", "80%", "90%", "100%"]),  # never beyond 100%
        (["0", "5"], 0, 80, ["0%", "20%", "40%", "60%", "80%"]),  # never below 0
        (["70.5", "69.5"], 45, 75, ["45%", "50%", "55%", "60%", "65%", "70%", "75%"]),
    ],
)
def test_the_axis_has_round_ends(values, low, high, ticks):
    axis = chart(months(*values)).axis

    assert (axis.low, axis.high) == (low, high)
    assert [words for _, words in axis.ticks] == ticks


def test_one_value_alone_has_an_axis():
    axis = chart(months("0", limits=None)).axis

    assert axis.low == 0
    assert axis.high > 0


def test_years_and_months_have_room():
    ten_years = months(*(["60"] * 120))

    wide, narrow = drawing(chart(ten_years), WIDE), drawing(chart(ten_years), NARROW)

    assert wide.months == ()
    assert [label.lines[0] for label in wide.years] == [
        f"{year}/{(year + 1) % 100:02d}" for year in range(2018, 2028)
    ]
    places = [Fraction(label.x) for label in narrow.years]
    assert all(after - before >= 56 for before, after in itertools.pairwise(places))


def test_two_years_name_every_month_when_wide_and_quarters_when_narrow():
    two_years = months(*(["60"] * 24))

    assert len(drawing(chart(two_years), WIDE).months) == 24
    narrow = drawing(chart(two_years), replace(NARROW, month_room=25))
    assert [label.lines[0] for label in narrow.months] == ["Apr", "Jul", "Oct", "Jan"] * 2


def test_same_limits_make_one_step_across_a_missing_month():
    assert len(chart(months("60", None, "70", limits=HIGHER)).steps) == 1
