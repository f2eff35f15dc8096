"""The figures of the months before: what the checks hold a new figure against, on the page and in an imported file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from core.values.months import Month
from kpis.figures.models.figure import FigureQuerySet
from kpis.rules.checks import StatedNumbers

# So many months are looked back.
HISTORY = 24


class Standing(NamedTuple):
    """A figure as it stands: its numbers, its unrounded value, and its provenance."""

    numbers: StatedNumbers
    exact: Fraction | None
    provenance: str


class MonthsBefore:
    """Figures by indicator and month; of two of the same month the one that was added last counts."""

    def __init__(self) -> None:
        self._standing: dict[int, dict[int, Standing]] = defaultdict(dict)

    @classmethod
    def of(cls, figures: FigureQuerySet, first: Month, last: Month) -> MonthsBefore:
        """The latest revisions among the figures that the caller may see, of these months. One query."""
        found = cls()
        rows = figures.filter(
            month__range=(first.first_day, last.first_day), latest__isnull=False
        ).values_list(
            "indicator", "indicator__unit", "month",
            "latest__numerator", "latest__denominator", "latest__value", "latest__provenance",
        )  # fmt: skip
        for indicator, unit, day, numerator, denominator, value, provenance in rows.iterator():
            found.add(
                indicator, unit, Month.of(day), StatedNumbers(numerator, denominator, value), provenance
            )
        return found

    def add_all(self, others: MonthsBefore, indicators: Iterable[int]) -> None:
        """The other figures of these indicators, over those that are here."""
        for indicator in indicators:
            if own := others._standing.get(indicator):
                self._standing[indicator].update(own)

    def add(self, indicator: int, unit: str, month: Month, numbers: StatedNumbers, provenance: str) -> None:
        self._standing[indicator][month.ordinal] = Standing(numbers, numbers.exact(unit), provenance)

    def standing(self, indicator: int, month: Month) -> Standing | None:
        return self._standing[indicator].get(month.ordinal)

    def before(self, indicator: int, month: Month) -> StatedNumbers | None:
        """The numbers of the month right before."""
        last = self._standing[indicator].get(month.ordinal - 1)
        return last.numbers if last else None

    def earlier(self, indicator: int, month: Month) -> list[Fraction | None]:
        """The unrounded values of the two years before, oldest first; None for a month without one."""
        own = self._standing[indicator]
        return [
            found.exact if (found := own.get(ordinal)) else None
            for ordinal in range(month.ordinal - HISTORY, month.ordinal)
        ]
