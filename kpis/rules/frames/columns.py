"""What the rules expect of a frame, checked on entry.

A frame has one row for each series and month, sorted by series and month. Within a series the months follow
each other without a hole: a month without a figure is a row without a figure.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def require(frame: pd.DataFrame, names: Iterable[str]) -> None:
    """ValueError that names every column the rule needs and doesn't find."""
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise ValueError(f"The frame lacks the columns {', '.join(absent)}.")


def integers(frame: pd.DataFrame, name: str) -> tuple[np.ndarray, np.ndarray]:
    """A column of whole numbers as int64, with 0 where it is missing, and the mask of the missing.

    TypeError for any dtype that isn't an integer one: floats would have lost the exact number already.
    """
    column = frame[name]
    if not pd.api.types.is_integer_dtype(column.dtype):
        raise TypeError(f"The column {name} must hold whole numbers, not {column.dtype}.")
    return column.array.to_numpy(dtype=np.int64, na_value=0), column.isna().to_numpy()


def starts(frame: pd.DataFrame) -> np.ndarray:
    """For each row the position of the first row of its series.

    ValueError where rows are out of order, or where a series skips or repeats a month.
    """
    require(frame, ["series", "month"])
    series, month = frame["series"].to_numpy(), frame["month"].to_numpy()
    begins = np.ones(len(frame), dtype=bool)
    begins[1:] = series[1:] != series[:-1]
    if (series[1:] < series[:-1]).any() or (np.diff(month)[~begins[1:]] != 1).any():
        raise ValueError("Rows must be sorted by series and month, and a series must hold every month once.")
    return np.maximum.accumulate(np.where(begins, np.arange(len(frame)), 0))
