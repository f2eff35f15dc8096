"""Whether an indicator still shows what it showed when its movement was taken for evidence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from core.values.months import Month
from improvement.evidence.movement import FEWEST_MONTHS
from improvement.models import Evidence
from improvement.rules.movement import Mean, fell_back
from kpis.engine.selectors import values_of


def has_fallen_back(evidence: Evidence, today: date) -> bool:
    """Its latest months, all after those that were taken for evidence, are no better than the months before the action.

    One query; none for other evidence, or where too few months have ended since.
    """
    if evidence.indicator is None or evidence.after_to is None or evidence.before_mean is None:
        return False
    first, last = Month.of(evidence.after_to).next(), Month.of(today).previous()
    if last.ordinal - first.ordinal + 1 < FEWEST_MONTHS:
        return False
    before = Mean(FEWEST_MONTHS, Fraction(evidence.before_mean))
    values = values_of(evidence.indicator, first, last)
    return fell_back(before, values, evidence.indicator.polarity, FEWEST_MONTHS)
