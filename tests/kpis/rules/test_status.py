from decimal import Decimal

import pytest

from kpis.rules.frames import judge
from kpis.rules.status import rule_in_words

from .series import INDICATORS, Series, frame, plain

BANDS = {code: (unit, better, tuple(band)) for code, unit, better, *band in INDICATORS}
LEAST = Decimal("0.0001")


def statuses(code, *figures):
    unit, higher_is_better, band = BANDS[code]
    series = Series(list(figures), unit=unit, higher_is_better=higher_is_better, band=band)
    return judge(frame(series))["status"].tolist()


@pytest.mark.parametrize("code", BANDS)
def test_status_at_the_limits_follows_the_printed_operators(code):
    _, higher_is_better, (_, target, _, failure) = BANDS[code]
    better = LEAST if higher_is_better else -LEAST
    figures = [
        str(Decimal(target) + better),
        target,
        str(Decimal(target) - better),
        str(Decimal(failure) + better),
        failure,
        str(Decimal(failure) - better),
    ]

    found = statuses(code, *figures)

    assert found == ["on_target", *["within_tolerance"] * 4, "failure"]


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "status"),
    [
        ("PI1", "13", "20", "within_tolerance"),
        ("PI1", "3", "4", "within_tolerance"),
        ("PI1", "7501", "10000", "on_target"),
        ("PI1", "6499", "10000", "failure"),
        # 29 / 50 * 100 in floats is 57.99999999999999, 11 / 20 * 100 is 55.00000000000001.
        ("PI10", "29", "50", "within_tolerance"),
        ("PI15", "11", "20", "within_tolerance"),
        ("PI2", "520", "80000", "within_tolerance"),
        ("PI2", "519", "80000", "on_target"),
        ("PI2", "640", "80000", "within_tolerance"),
        ("PI2", "641", "80000", "failure"),
        ("PI14", "37", "2", "within_tolerance"),
        ("PI14", "36.9999", "2", "on_target"),
        ("PI14", "46", "2", "within_tolerance"),
        ("PI14", "46.0001", "2", "failure"),
    ],
)
def test_status_of_a_quotient_is_exact(code, numerator, denominator, status):
    assert statuses(code, (numerator, denominator)) == [status]


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ((">=", "75", "<=", "65"), ["on_target", "within_tolerance", "failure"]),
        (("<=", "65", ">=", "75"), ["failure", "within_tolerance", "on_target"]),
    ],
)
def test_status_with_operators_that_include_the_limit(band, expected):
    judged = judge(frame(Series(["75", "70", "65"], band=band)))

    assert judged["status"].tolist() == expected


def test_target_is_judged_before_failure():
    judged = judge(frame(Series(["70"], band=(">=", "70", "<=", "70"))))

    assert judged["status"].tolist() == ["on_target"]


@pytest.mark.parametrize(
    ("figure", "band", "status", "reason", "value"),
    [
        (None, (">", "75", "<", "65"), "not_reported", "no_figure", None),
        (None, None, "not_reported", "no_figure", None),
        (("3", None), None, "not_reported", "no_figure", None),
        ((None, "3"), None, "not_reported", "no_figure", None),
        (("0", "0"), (">", "75", "<", "65"), "not_applicable", "denominator_zero", None),
        (("0", "0", "50"), (">", "75", "<", "65"), "not_applicable", "denominator_zero", None),
        (("1", "2"), None, "not_applicable", "no_band", 50_00000000),
        (("0", "2"), (">", "75", "<", "65"), "failure", None, 0),
        (("798", None, "99.93"), (">", "75", "<", "65"), "on_target", None, 99_93000000),
        (("1", "2", "80"), (">", "75", "<", "65"), "failure", None, 50_00000000),
    ],
)
def test_status_without_a_colour_says_why(figure, band, status, reason, value):
    judged = judge(frame(Series([figure], band=band)))

    assert judged["status"].tolist() == [status]
    assert plain(judged["reason"]) == [reason]
    assert plain(judged["value_e8"]) == [value]


def test_value_is_held_to_eight_decimals_with_ties_to_the_even_digit():
    figures = [("1", "3"), ("2", "3"), ("0.0001", "20000"), ("0.0003", "20000"), ("0.0005", "20000")]

    judged = judge(frame(Series(figures, unit="mean")))

    assert judged["value_e8"].tolist() == [33333333, 66666667, 0, 2, 2]


def test_numbers_beyond_64_bits_are_judged_exactly():
    figures = [("9999999.9999", "0.0001"), ("9999999.9999", "9999999.9998"), ("1", "3")]

    judged = judge(frame(Series(figures, unit="rate_per_10000", band=(">", "10000", "<", "10000"))))

    assert judged["status"].tolist() == ["on_target", "on_target", "failure"]
    assert judged["value_e8"].tolist() == [999999999990000_00000000, 10000_00000010, 3333_33333333]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (("9999999.9999", "1"), 99999999999_00000000),
        (("100000000000", "1000000000000"), 1000_00000000),
    ],
)
def test_products_beyond_64_bits_are_judged_exactly(figure, value):
    judged = judge(frame(Series([figure], unit="rate_per_10000", band=(">", "10", "<", "5"))))

    assert judged["status"].tolist() == ["on_target"]
    assert judged["value_e8"].tolist() == [value]


def test_statuses_keep_the_index_and_leave_the_frame_alone():
    given = frame(Series(["80", "60"])).set_axis([7, 3])
    before = given.copy()

    judged = judge(given)

    assert judged.index.tolist() == [7, 3]
    assert given.equals(before)


def test_empty_frame_has_no_statuses():
    judged = judge(frame())

    assert len(judged) == 0
    assert list(judged.columns) == ["status", "reason", "value_e8"]


@pytest.mark.parametrize(
    ("column", "entry", "words"),
    [
        ("target_op", "=>", "target operator “=>” is not one of >, >=, <, <="),
        ("target_op", None, "A target must have both an operator and a value"),
        ("failure_e4", None, "A failure must have both an operator and a value"),
        ("denominator_e4", -1, "can't be below 0"),
    ],
)
def test_unsound_rows_are_refused(column, entry, words):
    given = frame(Series(["80", "60"]))
    given.loc[1, column] = entry

    with pytest.raises(ValueError, match=words):
        judge(given)


def test_half_a_band_is_refused():
    given = frame(Series(["80"])).assign(failure_op=None)
    given["failure_e4"] = given["numerator_e4"]

    with pytest.raises(ValueError, match="both a target and a failure limit"):
        judge(given)


def test_missing_columns_are_named():
    with pytest.raises(ValueError, match=r"lacks the columns target_e4, failure_op\."):
        judge(frame(Series(["80"])).drop(columns=["target_e4", "failure_op"]))


def test_floats_are_refused():
    with pytest.raises(TypeError, match="value_e4 must hold whole numbers, not float64"):
        judge(frame(Series(["80"])).astype({"value_e4": "float64"}))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("percent", ">", Decimal("75.0000"), "<", Decimal("65.0000")),
            "More than 75% is on target; less than 65% is failure; anything else is within tolerance.",
        ),
        (
            ("mean", "<", Decimal("18.5"), ">", Decimal("23")),
            "Less than 18.5 is on target; more than 23 is failure; anything else is within tolerance.",
        ),
        (
            ("count", "<=", Decimal("1000"), ">=", Decimal("3000")),
            "At most 1,000 is on target; at least 3,000 is failure; anything else is within tolerance.",
        ),
    ],
)
def test_rule_in_words(arguments, words):
    assert rule_in_words(*arguments) == words
