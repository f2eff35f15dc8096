"""Whether an indicator still shows what it showed when its movement was taken for evidence.

Figures are revised and corrected, so both windows are computed anew each time; what is kept of them is what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from core.values.months import Month
from improvement.evidence.movement import FEWEST_MONTHS
from improvement.models import Evidence
from improvement.rules.movement import Window, fell_back, improved, mean_of
from kpis.definitions.models import Indicator
from kpis.engine.selectors import values_of


class Turned(StrEnum):
    """Why an indicator doesn't show any more what it was taken for; what the sentence on it ends with."""

    CORRECTED = "is no better than before the action, by its figures as they are now"
    FELL_BACK = "is no better any more than before the action"


def turned(evidence: Iterable[Evidence], today: date) -> dict[int, Turned]:
    """Those of the evidence, by their keys, that an indicator doesn't show any more, and why.

    It comes with its indicators. One query where any is an indicator's, else none.
    """
    moved = {one: one.indicator for one in evidence if one.indicator is not None}
    if not moved:
        return {}
    last = Month.of(today).previous()
    months = [month for one in moved for window in windows_of(one) for month in window]
    values = values_of(set(moved.values()), min(months), max(last, *months))
    found = {one.pk: _turned(one, of, values[of.pk], last) for one, of in moved.items()}
    return {key: how for key, how in found.items() if how is not None}


def _turned(
    evidence: Evidence, indicator: Indicator, values: Mapping[Month, Fraction], last: Month
) -> Turned | None:
    """None where the indicator still shows it; ``last`` is the latest month that is over.

    It does where the months after are better than those before, and so are the latest ones, all after those that were
    taken for evidence; of too few of these, nobody can say.
    """
    before_window, after_window = windows_of(evidence)
    before, after = (mean_of(values, window, FEWEST_MONTHS) for window in (before_window, after_window))
    if not improved(before, after, indicator.polarity):
        return Turned.CORRECTED
    since = {month: value for month, value in values.items() if after_window[1] < month <= last}
    return Turned.FELL_BACK if fell_back(before, since, indicator.polarity, FEWEST_MONTHS) else None


def windows_of(evidence: Evidence) -> tuple[Window, Window]:
    """Those before and after; the database holds that evidence of an indicator has both."""
    days = (evidence.before_from, evidence.before_to, evidence.after_from, evidence.after_to)
    first, last, first_after, last_after = (Month.of(day) for day in days if day is not None)
    return (first, last), (first_after, last_after)
