"""The red-amber-green rule: which status a month has.

Judged top down, by the operators that the contract prints: where the target inequality holds the month is on
target; else where the failure inequality holds it is in failure; else it is within tolerance. A value exactly
on a limit that is printed with "more than" or "less than" is therefore within tolerance. The unrounded value
is judged, in integers.

A month without a figure is not reported. A month whose denominator is 0, or for which no band is in force, is
not applicable. None of these counts as on target or as off target.
"""

import numpy as np
import pandas as pd

from kpis.rules.frames.columns import integers, require
from kpis.rules.frames.exact import Ratios, hundred_millionths, nullable, ratios, sides
from kpis.rules.polarity import OPERATORS
from kpis.rules.words import FAILURE, NOT_APPLICABLE, NOT_REPORTED, ON_TARGET, WITHIN_TOLERANCE

# Why a month has no colour.
NO_FIGURE = "no_figure"
DENOMINATOR_ZERO = "denominator_zero"
NO_BAND = "no_band"

# What each case of the rule comes to, in the order in which the cases are tried.
_STATUSES = np.array(
    [
        NOT_REPORTED, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, ON_TARGET, FAILURE, WITHIN_TOLERANCE,
    ],
    dtype=object,
)  # fmt: skip
_REASONS = np.array([NO_FIGURE, NO_BAND, DENOMINATOR_ZERO, NO_BAND, None, None, None], dtype=object)

# Rows: the operators in their order. Columns: the value is below the limit, on it, above it.
_HOLDS = np.array([[False, False, True], [False, True, True], [True, False, False], [True, True, False]])


def judge(frame: pd.DataFrame) -> pd.DataFrame:
    """The status of every row, with the same index.

    In: numerator_e4, denominator_e4, value_e4, scale, target_e4, failure_e4 (integers, nullable), target_op
    and failure_op (an operator as printed, missing where no band is in force); optionally expected (bool): a
    month of which no figure is expected, because no band is in force, is then not applicable without one.
    Out: status (a word), reason (why there is no colour, else None), value_e8 (the value at eight decimals, a
    tie to the even digit; missing where there is none). Statuses don't depend on value_e8, which is rounded.

    ValueError for an unknown operator and for half a band.
    """
    require(frame, ["target_op", "target_e4", "failure_op", "failure_e4"])
    values = ratios(frame)
    target, target_set = _holds(frame, "target", values)
    failure, failure_set = _holds(frame, "failure", values)
    if (target_set != failure_set).any():
        raise ValueError("A band must have both a target and a failure limit.")

    no_figure = ~values.known & ~values.empty
    expected = frame["expected"].to_numpy(dtype=bool) if "expected" in frame.columns else True
    cases = [no_figure & expected, no_figure, values.empty, ~target_set, target, failure]
    case = np.select(cases, range(len(cases)), default=len(cases))
    return pd.DataFrame(
        {
            "status": pd.Series(_STATUSES[case], index=frame.index, dtype="object"),
            "reason": pd.Series(_REASONS[case], index=frame.index, dtype="object"),
            "value_e8": nullable(hundred_millionths(values.top, values.bottom), values.known, frame.index),
        }
    )


def _holds(frame: pd.DataFrame, limit: str, values: Ratios) -> tuple[np.ndarray, np.ndarray]:
    """Whether the printed inequality holds, and whether there is one at all."""
    limit_e4, no_limit = integers(frame, f"{limit}_e4")
    codes, found = pd.factorize(frame[f"{limit}_op"])
    unknown = [operator for operator in found if operator not in OPERATORS]
    if unknown:
        raise ValueError(f"The {limit} operator “{unknown[0]}” is not one of {', '.join(OPERATORS)}.")
    no_operator = codes == -1
    if (no_operator != no_limit).any():
        raise ValueError(f"A {limit} must have both an operator and a value.")
    operators = np.array([OPERATORS.index(operator) for operator in found] + [0])[codes]
    return _HOLDS[operators, sides(values, limit_e4) + 1] & ~no_limit, ~no_limit
