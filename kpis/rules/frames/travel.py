"""Change since the month before, and the direction of travel.

Direction speaks of performance: a rise is better where higher is better, and worse where lower is. Months are
compared with the month right before them: across a month without a value there is no change to report. A
change smaller than one unit of the last displayed decimal is no real change, unless the indicator sets
another threshold (chosen).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.values.numbers import E4, E8
from kpis.rules.frames.columns import integers, require, starts
from kpis.rules.frames.exact import Ratios, fitting, most, nullable, numbers_of, ratios
from kpis.rules.words import BETTER, NO_REAL_CHANGE, WORSE


def travel(frame: pd.DataFrame) -> pd.DataFrame:
    """The change of every row against the month before, with the same index.

    In: series, month, numerator_e4, denominator_e4, value_e4, scale, value_e8 as `judge` gives it,
    higher_is_better (bool), decimals (displayed, at most 8), no_real_change_e4 (the threshold, missing for
    one unit of the last displayed decimal).
    Out: previous_e8, change_e8 (this month less the one before), direction (a word, None where there is no
    change).

    As both values are at eight decimals, change_e8 lies within one unit of the eighth decimal of the
    unrounded change. The direction is decided on the unrounded values.
    """
    require(frame, ["value_e8", "higher_is_better", "decimals", "no_real_change_e4"])
    adjacent = np.arange(len(frame)) > starts(frame)
    value, missing = numbers_of(frame["value_e8"])
    before, before_missing = _shifted(value), _shifted(missing)
    known = adjacent & ~missing & ~before_missing
    (value,) = fitting(2 * most(value), value)
    change = np.where(known, value - before, 0)
    movement = _movement(change, _threshold(frame), ratios(frame))
    return pd.DataFrame(
        {
            "previous_e8": nullable(before, adjacent & ~before_missing, frame.index),
            "change_e8": nullable(change, known, frame.index),
            "direction": _direction(movement, known, frame),
        }
    )


def _threshold(frame: pd.DataFrame) -> np.ndarray:
    """The smallest real change of each row, in hundred-millionths."""
    decimals, _ = integers(frame, "decimals")
    if len(decimals) and not 0 <= decimals.min() <= decimals.max() <= 8:
        raise ValueError("An indicator shows between 0 and 8 decimals.")
    chosen, not_chosen = integers(frame, "no_real_change_e4")
    (chosen,) = fitting(most(chosen) * E4, chosen)
    return np.where(not_chosen, np.power(10, 8 - decimals), chosen * (E8 // E4))


def _movement(change: np.ndarray, threshold: np.ndarray, values: Ratios) -> np.ndarray:
    """1 for a real rise, -1 for a real fall, 0 for no real change.

    The rounded change decides where it is further from the threshold than it can be wrong; the few rows
    closer to it are decided on the unrounded values.
    """
    size = np.abs(change)
    movement = np.where(size >= threshold, np.sign(change), 0).astype(np.int8)
    near = np.flatnonzero(np.abs(size - threshold) <= 1)
    near = near[near > 0]
    top, bottom = values.top[near].astype(object), values.bottom[near].astype(object)
    top_before, bottom_before = values.top[near - 1].astype(object), values.bottom[near - 1].astype(object)
    rise = (top * bottom_before - top_before * bottom) * E8
    least = threshold[near].astype(object) * bottom * bottom_before
    sign = (rise > 0).astype(np.int8) - (rise < 0).astype(np.int8)
    movement[near] = np.where(np.abs(rise) >= least, sign, 0)
    return movement


def _direction(movement: np.ndarray, known: np.ndarray, frame: pd.DataFrame) -> pd.Series[Any]:
    higher_is_better = frame["higher_is_better"].to_numpy(dtype=bool)
    performance = np.where(higher_is_better, movement, -movement)
    words = np.array([WORSE, NO_REAL_CHANGE, BETTER], dtype=object)[performance + 1]
    return pd.Series(np.where(known, words, None), index=frame.index, dtype=object)


def _shifted(column: np.ndarray) -> np.ndarray:
    """The column one row later; the first row, which has no row before it, keeps its own."""
    return np.concatenate([column[:1], column[:-1]])
