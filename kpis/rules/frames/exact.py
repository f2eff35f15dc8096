"""Exact arithmetic on whole columns.

A quantity is a whole number of ten-thousandths (suffix `_e4`) or of hundred-millionths (`_e8`). Each step
first proves from the largest numbers at hand that it fits into 64 bits, and otherwise does the same sum on
Python's unbounded integers: slower, never wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.values.numbers import E4, E8
from kpis.rules.frames.columns import integers, require

_LARGEST = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Ratios:
    """The unrounded values of a column as `top` ÷ `bottom`, both integers.

    `known` marks the rows that have a value; the others are 0 ÷ 1. `empty` marks the rows whose denominator
    is 0.
    """

    top: np.ndarray
    bottom: np.ndarray
    known: np.ndarray
    empty: np.ndarray


def most(numbers: np.ndarray) -> int:
    """The largest size in the column, 0 for none, as an unbounded integer."""
    if not len(numbers):
        return 0
    return max(int(numbers.max()), -int(numbers.min()))


def fitting(bound: int, *columns: np.ndarray) -> list[np.ndarray]:
    """The columns as they are where results up to the bound fit 64 bits, else as unbounded integers."""
    if bound <= _LARGEST:
        return list(columns)
    return [column.astype(object) for column in columns]


def nullable(numbers: np.ndarray, known: np.ndarray, index: pd.Index[Any]) -> pd.Series[Any]:
    """The numbers as Int64 with NA where not known; as Python integers where one of them exceeds 64 bits."""
    numbers = np.where(known, numbers, 0)
    if most(numbers) <= _LARGEST:
        return pd.Series(pd.arrays.IntegerArray(numbers.astype(np.int64), ~known), index=index)
    wide = numbers.astype(object)
    wide[~known] = pd.NA
    return pd.Series(wide, index=index, dtype="object")


def numbers_of(column: pd.Series[Any]) -> tuple[np.ndarray, np.ndarray]:
    """A column made by `nullable` as its numbers, 0 where missing, and the mask of the missing."""
    missing = column.isna().to_numpy()
    if column.dtype == object:
        return np.where(missing, 0, column.to_numpy()), missing
    return integers(column.to_frame("numbers"), "numbers")


def divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """top ÷ bottom to the nearest integer, a tie to the even one.

    The bottom is above 0, and twice the bottom must fit the column's type.
    """
    whole = top // bottom
    twice = 2 * (top - whole * bottom)
    nearest: np.ndarray = whole + ((twice > bottom) | ((twice == bottom) & (whole % 2 == 1)))
    return nearest


def hundred_millionths(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """top ÷ bottom at eight decimals, a tie to the even digit; long division seldom needs more bits."""
    whole = top // bottom
    rest = top - whole * bottom
    bound = max((most(whole) + 1) * E8, most(bottom) * E8)
    whole, rest, bottom = fitting(bound, whole, rest, bottom)
    units: np.ndarray = whole * E8 + divided(rest * E8, bottom)
    return units


def ratios(frame: pd.DataFrame) -> Ratios:
    """The values of a frame with numerator_e4, denominator_e4, value_e4 and scale.

    Numerator and denominator make the value where both are given, else the given value does. Where the
    denominator is 0 there is no value, whatever else is given. ValueError for a denominator below 0.
    """
    require(frame, ["numerator_e4", "denominator_e4", "value_e4", "scale"])
    numerator, no_numerator = integers(frame, "numerator_e4")
    denominator, no_denominator = integers(frame, "denominator_e4")
    value, no_value = integers(frame, "value_e4")
    scale, _ = integers(frame, "scale")
    if (denominator < 0).any():
        raise ValueError("A denominator can't be below 0.")

    empty = ~no_denominator & (denominator == 0)
    by_quotient = ~no_numerator & ~no_denominator & ~empty
    known = by_quotient | (~no_value & ~empty)
    numerator, scale = fitting(most(numerator) * most(scale), numerator, scale)
    top = np.where(by_quotient, numerator * scale, np.where(known, value, 0))
    bottom = np.where(by_quotient, denominator, np.where(known, E4, 1))
    return Ratios(top, bottom, known, empty)


def sides(values: Ratios, limit_e4: np.ndarray) -> np.ndarray:
    """-1 where the unrounded value is below the limit, 0 exactly on it, 1 above it."""
    bound = max(most(values.top) * E4, most(limit_e4) * most(values.bottom))
    top, bottom, limit = fitting(bound, values.top, values.bottom, limit_e4)
    scaled, against = top * E4, limit * bottom
    side: np.ndarray = (scaled > against).astype(np.int8) - (scaled < against).astype(np.int8)
    return side
