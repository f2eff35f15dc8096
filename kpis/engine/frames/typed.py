"""Typed figures as the rules judge them, on two months of each series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kpis.rules.frames.status import judge
from kpis.rules.frames.travel import travel

_WHOLE = (
    "numerator_e4", "denominator_e4", "value_e4", "target_e4", "failure_e4", "no_real_change_e4"
)  # fmt: skip
_KINDS = dict.fromkeys(_WHOLE, "Int64")


def judged_rows(rows: Sequence[Mapping[str, Any]], month: int) -> list[dict[Any, Any]]:
    """Of rows under the rules' COLUMNS those of one month, in their order, as `judge` and `travel` answer them.

    status, reason, value_e8, previous_e8, change_e8 and direction; None where there is none.
    """
    frame = pd.DataFrame(rows).astype(_KINDS)
    status = judge(frame)
    answers = pd.concat([status, travel(frame.assign(**status))], axis=1)
    own = answers[frame["month"] == month]
    return own.astype(object).where(own.notna(), None).to_dict("records")


def statuses_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The status of each row under the rules' COLUMNS, in their order."""
    return [str(status) for status in judge(pd.DataFrame(rows).astype(_KINDS))["status"]]
