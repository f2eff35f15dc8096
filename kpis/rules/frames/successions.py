"""How many months in succession, up to and with this one, are known to be off target or in failure.

A month that is not reported has no succession. It neither clears nor extends one: the count starts anew after it,
and then means "at least". A month that is not applicable (a denominator of 0, no band in force) is treated
likewise, because what it would have shown is not known. The months before a series begins are no gap: there
was nothing to report. Nor are those before its first band, whether a figure of them is known or not: the contract
had no target yet that could have been missed.
"""

import numpy as np
import pandas as pd

from kpis.rules.frames.columns import require, starts
from kpis.rules.words import FAILURE, NOT_APPLICABLE, NOT_REPORTED, ON_TARGET


def successions(frame: pd.DataFrame) -> pd.DataFrame:
    """The successions of every row, with the same index.

    In: series, month (its ordinal), status, target_op (missing where no band is in force); sorted, every month of
    a series present.
    Out: months_off_target and months_in_failure (months; 0 on target or not in failure; missing in a month without
    a colour), succession_certain (False where a month without a colour stands right before the first month off
    target, unless it lies before the first band; missing in a month without a colour), succession_broken_by (the
    ordinal of that month, else missing) and succession_broken_status (its status, else None).

    Months in failure are uncertain exactly where succession_certain is False and both counts are equal: a smaller
    one began after a month that is known to be within tolerance.
    """
    require(frame, ["status", "target_op"])
    first = starts(frame)
    status = frame["status"].to_numpy(dtype=object)
    gap = (status == NOT_REPORTED) | (status == NOT_APPLICABLE)
    off_target = ~gap & (status != ON_TARGET)

    before = _last_outside(off_target, first)
    broken = off_target & (before >= first) & gap[before] & _under_a_band(frame, first)[before]
    month = frame["month"].to_numpy(dtype=np.int64)
    position = np.arange(len(frame))
    failed = position - _last_outside(status == FAILURE, first)
    return pd.DataFrame(
        {
            "months_off_target": pd.arrays.IntegerArray(position - before, gap),
            "months_in_failure": pd.arrays.IntegerArray(failed, gap.copy()),
            "succession_certain": pd.arrays.BooleanArray(~broken, gap.copy()),
            "succession_broken_by": pd.arrays.IntegerArray(np.where(broken, month[before], 0), ~broken),
            "succession_broken_status": pd.Series(
                np.where(broken, status[before], None), index=frame.index, dtype=object
            ),
        },
        index=frame.index,
    )


def _under_a_band(frame: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    """Whether the series has had a band by each row, in force or ended."""
    banded = frame["target_op"].notna().to_numpy()
    latest: np.ndarray = np.maximum.accumulate(np.where(banded, np.arange(len(frame)), -1))
    reached: np.ndarray = latest >= first
    return reached


def _last_outside(inside: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The position of the last row up to each that is not inside, else the one before its series."""
    last: np.ndarray = np.maximum.accumulate(np.where(inside, -1, np.arange(len(inside))))
    outside: np.ndarray = np.maximum(last, first - 1)
    return outside
