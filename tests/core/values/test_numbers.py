from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.numbers import (
    count_words,
    difference_words,
    display,
    from_units,
    limit_with_unit,
    ordinal,
    plain,
    rounded,
    scaled_value,
    shortest,
    signed,
    ten_thousandths,
    with_unit,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "value"),
    [
        ("13", "20", "percent", Fraction(65)),
        ("29", "50", "percent", Fraction(58)),
        ("584", "81111", "rate_per_10000", Fraction(5840000, 81111)),
        ("643", "33", "mean", Fraction(643, 33)),
        ("7", "1", "count", Fraction(7)),
    ],
)
def test_scaled_value_is_exact(numerator, denominator, unit, value):
    assert scaled_value(Decimal(numerator), Decimal(denominator), unit) == value


def test_scaled_value_needs_a_denominator_and_a_known_unit():
    with pytest.raises(ZeroDivisionError):
        scaled_value(Decimal(1), Decimal(0), "percent")
    with pytest.raises(KeyError):
        scaled_value(Decimal(1), Decimal(2), "furlong")


def test_ten_thousandths():
    assert ten_thousandths(Decimal("18.5")) == 185000
    assert ten_thousandths(Decimal("9999999.9999")) == 99999999999
    with pytest.raises(ValueError, match=r"0\.00001 has more than 4 decimals"):
        ten_thousandths(Decimal("0.00001"))


@pytest.mark.parametrize(
    ("units", "places", "text"),
    [(7200, 2, "72.00"), (-5, 1, "-0.5"), (0, 2, "0.00"), (4, 0, "4"), (9999301503, 8, "99.99301503")],
)
def test_from_units(units, places, text):
    assert str(from_units(units, places)) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("0.25"), 1, "0.3"),
        (Decimal("-0.25"), 1, "-0.3"),
        (Decimal("0.2499"), 1, "0.2"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 0, "1"),
        (Decimal("-0.04"), 1, "0.0"),
        (72, 2, "72.00"),
    ],
)
def test_rounded_half_away_from_zero(value, places, text):
    assert str(rounded(value, places)) == text


def test_binary_floats_are_refused():
    with pytest.raises(TypeError, match=r"0\.65 is a binary float"):
        rounded(0.65, 1)


@pytest.mark.parametrize(
    ("value", "places", "limits", "text"),
    [
        (Decimal("74.94"), 1, ["75"], "74.9"),
        (Decimal("74.96"), 1, ["75"], "74.96"),
        (Decimal("75.04"), 1, ["75"], "75.04"),
        (Decimal("75"), 1, ["75"], "75.0"),
        (Decimal("74.9996"), 1, ["75", "65"], "74.9996"),
        (Decimal("65.01"), 0, ["75", "65"], "65.01"),
        (Decimal("18.46"), 1, ["18.5"], "18.46"),
        (Decimal("18.54"), 0, ["18.5"], "19"),
        (Decimal("18.49"), 0, ["18.5"], "18"),
        (Fraction(225, 3) - Fraction(1, 10**12), 1, ["75"], "75.00000000"),
        (Decimal("74.96"), 1, [], "75.0"),
        (Decimal("1.123456789"), 9, ["75"], "1.123456789"),
    ],
)
def test_display_shows_enough_decimals_not_to_contradict_a_limit(value, places, limits, text):
    assert str(display(value, places, [Decimal(limit) for limit in limits])) == text


@given(
    value=st.decimals(0, 200, places=4),
    limit=st.one_of(st.sampled_from([Decimal(75), Decimal("18.5")]), st.decimals(0, 200, places=4)),
    places=st.integers(0, 2),
)
def test_display_never_contradicts_the_exact_comparison(value, limit, places):
    shown = display(value, places, [limit])

    assert (shown > limit, shown == limit) == (value > limit, value == limit)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1250"), 0, "1,250"),
        (Decimal("1249.96"), 1, "1,250.0"),
        (Decimal("99.93"), 2, "99.93"),
        (Decimal("-0.4"), 1, "−0.4"),
        (Decimal("-1234.5"), 1, "−1,234.5"),
        (Decimal("-0.04"), 1, "0.0"),
        (Fraction(113, 6), 2, "18.83"),
        (Decimal("72.00"), None, "72.00"),
        (Decimal("-0.0"), None, "0.0"),
    ],
)
def test_plain(value, places, text):
    assert plain(value, places) == text


def test_plain_asks_for_the_decimals_of_a_fraction():
    with pytest.raises(TypeError, match="Say with how many decimals"):
        plain(Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "text"), [("75.0000", "75"), ("18.50", "18.5"), ("-1000", "−1,000"), ("0.1", "0.1")]
)
def test_shortest(value, text):
    assert shortest(Decimal(value)) == text


def test_shortest_refuses_a_number_without_end():
    with pytest.raises(ValueError, match="1/3 does not end within 8 decimals"):
        shortest(Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        ("75.38", "percent", 1, "75.4%"),
        ("72.00", "rate_per_10000", 1, "72.0"),
        ("4", "count", 0, "4"),
        ("18.83", "mean", 2, "18.83"),
        ("74.96", "percent", None, "74.96%"),
    ],
)
def test_with_unit(value, unit, places, text):
    assert with_unit(Decimal(value), unit, places) == text


def test_limit_with_unit():
    assert limit_with_unit(Decimal("75.0000"), "percent") == "75%"
    assert limit_with_unit(Decimal("18.5000"), "mean") == "18.5"


@pytest.mark.parametrize(
    ("change", "unit", "places", "words"),
    [
        ("-3.24", "percent", 1, "3.2 points"),
        ("1", "percent", 0, "1 point"),
        ("1", "percent", 1, "1.0 point"),
        ("4.7", "rate_per_10000", 1, "4.7"),
        ("-4", "count", 0, "4"),
    ],
)
def test_difference_words(change, unit, places, words):
    assert difference_words(Decimal(change), unit, places) == words


@pytest.mark.parametrize(
    ("change", "text"), [("3.24", "+3.2"), ("-3.24", "−3.2"), ("-0.04", "0.0"), ("0", "0.0")]
)
def test_signed(change, text):
    assert signed(Decimal(change), 1) == text


def test_count_words():
    assert count_words(1, "month") == "1 month"
    assert count_words(2, "month") == "2 months"
    assert count_words(0, "month") == "0 months"
    assert count_words(1250, "child", "children") == "1,250 children"


def test_ordinal():
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
