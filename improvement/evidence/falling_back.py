"""Whether an indicator still shows what it showed when its movement was taken for evidence.

Figures are revised and corrected, so both windows are computed anew each time; what is kept of them is what was shown.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.values.months import Month
from improvement.evidence.movement import FEWEST_MONTHS
from improvement.models import Evidence
from improvement.rules.movement import Window, fell_back, improved, mean_of
from kpis.engine.selectors import values_of


class Turned(StrEnum):
    """Why an indicator doesn't show any more what it was taken for; what the sentence on it ends with."""

    CORRECTED = "is no better than before the action, by its figures as they are now"
    FELL_BACK = "is no better any more than before the action"


def turned(evidence: Evidence, today: date) -> Turned | None:
    """None where the indicator still shows it, and for other evidence. One query for an indicator's.

    It does where the months after are better than those before, and so are the latest ones, all after those that were
    taken for evidence; of too few of these, nobody can say.
    """
    if evidence.indicator is None:
        return None
    before_window, after_window = windows_of(evidence)
    last = Month.of(today).previous()
    values = values_of(evidence.indicator, before_window[0], max(last, after_window[1]))
    before, after = (mean_of(values, window, FEWEST_MONTHS) for window in (before_window, after_window))
    polarity = evidence.indicator.polarity
    if not improved(before, after, polarity):
        return Turned.CORRECTED
    since = {month: value for month, value in values.items() if after_window[1] < month <= last}
    return Turned.FELL_BACK if fell_back(before, since, polarity, FEWEST_MONTHS) else None


def windows_of(evidence: Evidence) -> tuple[Window, Window]:
    """Those before and after; the database holds that evidence of an indicator has both."""
    days = (evidence.before_from, evidence.before_to, evidence.after_from, evidence.after_to)
    first, last, first_after, last_after = (Month.of(day) for day in days if day is not None)
    return (first, last), (first_after, last_after)
