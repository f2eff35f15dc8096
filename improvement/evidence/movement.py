"""The movement of an indicator as evidence: what its figures of two windows come to today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.values.numbers import MOST_PLACES, rounded
from improvement.rules.movement import Mean, Window, improved, mean_of
from kpis.definitions.models import Indicator
from kpis.engine.selectors import recent_readings
from parties.participants import Participant

# Fewer months than these in a window say nothing (chosen: a quarter).
FEWEST_MONTHS = 3


@dataclass(frozen=True)
class Movement:
    """Both windows of one indicator with their means; ``better`` is None where a window has too few months."""

    indicator: Indicator
    before_window: Window
    after_window: Window
    before: Mean
    after: Mean
    better: bool | None

    def fields(self) -> dict[str, Any]:
        """As a piece of evidence keeps it."""
        (before_from, before_to), (after_from, after_to) = self.before_window, self.after_window
        return {
            "indicator": self.indicator,
            "before_from": before_from.first_day,
            "before_to": before_to.first_day,
            "after_from": after_from.first_day,
            "after_to": after_to.first_day,
            "before_mean": None if self.before.mean is None else rounded(self.before.mean, MOST_PLACES),
            "after_mean": None if self.after.mean is None else rounded(self.after.mean, MOST_PLACES),
        }


def movement(participant: Participant, indicator: Indicator, before: Window, after: Window) -> Movement:
    """What the person's contract shows of the indicator today. One query."""
    first, last = before[0], after[1]
    readings = recent_readings(participant, indicator.code, last, last.ordinal - first.ordinal + 1)
    values = {reading.month: reading.value for reading in readings if reading.value is not None}
    means = mean_of(values, before, FEWEST_MONTHS), mean_of(values, after, FEWEST_MONTHS)
    return Movement(indicator, before, after, *means, improved(*means, indicator.polarity))
