"""Which readings a table shows, in which order, and which of them are to be discussed first. All rules are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from kpis.dashboard.filters import Filters
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction
Row = tuple[Indicator, Reading]

MOST_TO_DISCUSS = 6
WORST_FIRST = [
    Status.FAILURE,
    Status.WITHIN_TOLERANCE,
    Status.NOT_REPORTED,
    Status.ON_TARGET,
    Status.NOT_APPLICABLE,
]


def chosen_rows(rows: Sequence[Row], filters: Filters) -> list[Row]:
    """The rows that the filters let through, in the order asked for; ties keep the contract's order."""
    shown = [
        (indicator, reading)
        for indicator, reading in rows
        if _passes(reading, filters.status) and filters.theme in ("", indicator.theme)
    ]
    return sorted(shown, key=_ORDER[filters.sort]) if filters.sort else shown


def counted(rows: Sequence[Row], status_filter: str) -> int:
    """How many rows a status filter lets through."""
    return sum(1 for _, reading in rows if _passes(reading, status_filter))


def to_discuss(readings: Sequence[Reading]) -> list[Reading]:
    """Failed ones first, then the others off target, each by the longest run, then those on target that got worse."""
    failed = [one for one in readings if one.status == Status.FAILURE]
    missed = [one for one in readings if one.status == Status.WITHIN_TOLERANCE]
    slipping = [
        one for one in readings if one.status == Status.ON_TARGET and one.direction == Direction.WORSE
    ]
    return (
        sorted(failed, key=_longest_run) + sorted(missed, key=_longest_run) + sorted(slipping, key=_movement)
    )


def _passes(reading: Reading, status_filter: str) -> bool:
    if status_filter == "off_target":
        return reading.off_target
    if status_filter in (Direction.BETTER, Direction.WORSE):
        return reading.direction == status_filter
    return status_filter in ("", reading.status)


def _longest_run(reading: Reading) -> int:
    return -(reading.run_off_target or 0)


def _movement(reading: Reading) -> Decimal:
    """The change for the better, in widths of the tolerance band, which makes units comparable."""
    if reading.change is None:
        return Decimal("Infinity")
    width = abs(reading.limits.target - reading.limits.failure) if reading.limits else Decimal(0)
    improvement = reading.change if reading.polarity == Indicator.Polarity.HIGHER else -reading.change
    return improvement / (width or Decimal(1))


_ORDER: dict[str, Callable[[Row], Any]] = {
    "worst": lambda row: (WORST_FIRST.index(Status(row[1].status)), _longest_run(row[1])),
    "change": lambda row: _movement(row[1]),
    "run": lambda row: _longest_run(row[1]),
    "name": lambda row: row[1].short_name.casefold(),
}
