"""The rules of the contract on figures: status, months in succession, averages, change.

Pure: pandas, numpy and the standard library, no database and no clock. One implementation serves a single
figure and many thousand. All arithmetic is exact.
"""

import pandas as pd

from kpis.rules.frames.averages import averages
from kpis.rules.frames.status import judge
from kpis.rules.frames.successions import successions
from kpis.rules.frames.travel import travel

COLUMNS = (
    "series",
    "month",
    "numerator_e4",
    "denominator_e4",
    "value_e4",
    "scale",
    "higher_is_better",
    "decimals",
    "no_real_change_e4",
    "target_op",
    "target_e4",
    "failure_op",
    "failure_e4",
)


def apply_rules(frame: pd.DataFrame, window: int = 12) -> pd.DataFrame:
    """Everything that the rules say about a frame: a new frame, same index, only the new columns.

    In: COLUMNS; a row for each series and month, sorted, every month of a series present from its first on.
    Months before a row decide its successions, averages and change, so a part of a series can't be judged alone.
    Out: what `judge`, `successions`, `averages` and `travel` give.
    """
    judged = judge(frame)
    known = frame.assign(**judged)
    return pd.concat([judged, successions(known), averages(known, window), travel(known)], axis=1)
