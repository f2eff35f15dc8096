"""Exact numbers and how they are written.

A figure is an integer, a Decimal or a Fraction from its entry to its display. A binary float is refused,
because 0.65 × 100 in floats is not 65.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Ratio = Fraction
Exact = Fraction | Decimal | int

# Exact numbers are kept, and computed in columns, as whole ten-thousandths or hundred-millionths.
E4, E8 = 10_000, 100_000_000

# By what the quotient of numerator and denominator is multiplied, by unit.
SCALES = {"percent": 100, "rate_per_10000": 10_000, "mean": 1, "count": 1}

# Beyond this many decimals a number stops being read, even where it would still contradict its status.
MOST_PLACES = 8

_MINUS = "\N{MINUS SIGN}"


def scaled_value(numerator: Decimal, denominator: Decimal, unit: str) -> Ratio:
    """The unrounded value of a figure: 13 of 20 in percent is exactly 65.

    ZeroDivisionError where the denominator is 0 (such a figure has no value), KeyError for an unknown unit.
    """
    return Ratio(numerator) / Ratio(denominator) * SCALES[unit]


def ten_thousandths(value: Decimal) -> int:
    """A number of at most four decimals as a whole number of ten-thousandths. ValueError if it has more."""
    scaled = _exactly(value) * E4
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than 4 decimals.")
    return scaled.numerator


def from_units(units: int, places: int) -> Decimal:
    """A whole number of units of the last of `places` decimals: 7200 of 2 places are 72.00."""
    return Decimal(f"{units}E-{places}")


def rounded(value: Exact, places: int) -> Decimal:
    """The value with so many decimals; a tie goes away from zero, as people round."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a binary float, which can't hold a figure exactly.")
    top, bottom = value.as_integer_ratio()
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return from_units(-units if top < 0 else units, places)


def display(value: Exact, places: int, limits: Iterable[Exact] = ()) -> Decimal:
    """The value rounded, with as many decimals as it takes to stay on its own side of each limit.

    74.96 against a target of more than 75 would read 75.0 at one decimal, 75.04 too; both get a second
    decimal. A value that is exactly on a limit reads as that limit. At most eight decimals are shown. The
    result's exponent says how many were needed, so `plain(display(...))` writes them all.
    """
    sides = [(limit, _side(value, limit)) for limit in map(_exactly, limits)]
    for more in range(places, MOST_PLACES):
        shown = rounded(value, more)
        if all(_side(shown, limit) == side for limit, side in sides):
            return shown
    return rounded(value, max(places, MOST_PLACES))


def plain(value: Exact, places: int | None = None) -> str:
    """The number in British style: "1,250", "99.93", "−0.4" (with a true minus sign).

    Without `places` a Decimal keeps the decimals that it has; any other number then raises TypeError.
    """
    if places is not None:
        value = rounded(value, places)
    elif not isinstance(value, Decimal):
        raise TypeError(f"Say with how many decimals {value!r} is to be written.")
    return f"{_MINUS if value < 0 else ''}{abs(value):,f}"


def shortest(value: Exact) -> str:
    """The number without idle zeros: "75", "18.5". ValueError beyond eight decimals."""
    for places in range(MOST_PLACES + 1):
        if rounded(value, places) == value:
            return plain(value, places)
    raise ValueError(f"{value} does not end within {MOST_PLACES} decimals.")


def with_unit(value: Exact, unit: str, places: int | None = None) -> str:
    """The number as its unit is written: "75.4%", a rate "72.0", a count "4", a mean "18.83"."""
    return plain(value, places) + ("%" if unit == "percent" else "")


def limit_with_unit(limit: Exact, unit: str) -> str:
    """A target or failure limit as it is printed in a band: "75%", "18.5"."""
    return shortest(limit) + ("%" if unit == "percent" else "")


def difference_words(change: Exact, unit: str, places: int) -> str:
    """The size of a difference, without its sign: "3.2 points" between two percentages, else "4.7".

    A difference of percentages is in percentage points, never in percent.
    """
    size = abs(rounded(change, places))
    if unit != "percent":
        return plain(size)
    return f"{plain(size)} {'point' if size == 1 else 'points'}"


def signed(change: Exact, places: int) -> str:
    """A difference with its sign, for a table: "+3.2", "−3.2", and "0.0" where rounding leaves nothing."""
    difference = rounded(change, places)
    return f"+{plain(difference)}" if difference > 0 else plain(difference)


def exact_text(number: Decimal | None) -> str | None:
    """A stored number without idle zeros and without an exponent: "584", "63.31"."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count_words(number: int, singular: str, plural: str | None = None) -> str:
    """A number of things: "1 month", "2 months", "1,250 children" where the plural is irregular."""
    return f"{plain(number, 0)} {singular if number == 1 else plural or singular + 's'}"


def ordinal(number: int) -> str:
    """The place in an order: "1st", "2nd", "3rd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _exactly(value: Exact) -> Ratio:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a binary float, which can't hold a figure exactly.")
    return Ratio(value)


def _side(value: Exact, limit: Ratio) -> int:
    """-1 below the limit, 0 exactly on it, 1 above it."""
    exact = _exactly(value)
    return (exact > limit) - (exact < limit)
