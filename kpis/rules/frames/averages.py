"""Averages over months: the mean of the months, and the pooled ratio beside it.

The published averages are means of the months' values. The pooled ratio, the sum of the numerators over the
sum of the denominators, weighs large months more and can differ; each is named where it is shown.
"""

import numpy as np
import pandas as pd

from kpis.rules.frames.columns import integers, require, starts
from kpis.rules.frames.exact import divided, fitting, hundred_millionths, most, nullable, numbers_of


def averages(frame: pd.DataFrame, window: int = 12) -> pd.DataFrame:
    """The averages over the window of months that ends with each row, with the same index.

    In: series, month, numerator_e4, denominator_e4, value_e4, scale, and value_e8 as `judge` gives it;
    sorted, every month of a series present from its first on.
    Out: average_e8 (mean of the months that have a value), pooled_e8, months_in_average (how many have one).
    All are missing until the window lies wholly within the series; the averages too where no month has a
    value, and the pooled one unless every month that has a value has a numerator and a denominator.

    Sums are exact, results are at eight decimals (a tie to the even digit). As the months' values are at
    eight decimals too, a mean lies within one unit of the eighth decimal of the unrounded mean.
    """
    require(frame, ["value_e8", "numerator_e4", "denominator_e4", "scale"])
    if window < 1:
        raise ValueError("An average needs a window of at least one month.")
    first = starts(frame)
    whole = np.arange(len(frame)) - first >= window - 1
    value, missing = numbers_of(frame["value_e8"])
    months = _sums(~missing, window)
    known = whole & (months > 0)
    mean = divided(_sums(value, window), np.where(months > 0, months, 1))
    pooled, poolable = _pooled(frame, ~missing, window)
    return pd.DataFrame(
        {
            "average_e8": nullable(mean, known, frame.index),
            "pooled_e8": nullable(pooled, known & poolable, frame.index),
            "months_in_average": nullable(months, whole, frame.index),
        }
    )


def _pooled(frame: pd.DataFrame, reported: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """The pooled ratio at eight decimals, and where the months of the window allow it."""
    numerator, no_numerator = integers(frame, "numerator_e4")
    denominator, no_denominator = integers(frame, "denominator_e4")
    scale, _ = integers(frame, "scale")
    counted = reported & ~no_numerator & ~no_denominator
    tops = _sums(np.where(counted, numerator, 0), window)
    bottoms = _sums(np.where(counted, denominator, 0), window)
    poolable = (_sums(reported & ~counted, window) == 0) & (bottoms > 0)
    tops, scale = fitting(most(tops) * most(scale), tops, scale)
    return hundred_millionths(tops * scale, np.where(poolable, bottoms, 1)), poolable


def _sums(numbers: np.ndarray, window: int) -> np.ndarray:
    """The sum over each row and those before it in the window, whatever series they belong to."""
    if numbers.dtype == bool:
        numbers = numbers.astype(np.int64)
    (numbers,) = fitting(most(numbers) * len(numbers), numbers)
    totals = np.concatenate([np.zeros(1, dtype=numbers.dtype), np.cumsum(numbers)])
    position = np.arange(1, len(numbers) + 1)
    sums: np.ndarray = totals[position] - totals[np.maximum(position - window, 0)]
    return sums
