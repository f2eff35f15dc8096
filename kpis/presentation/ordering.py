"""Which readings are worse than others, and which are to be discussed first. All rules are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction

MOST_TO_DISCUSS = 6
WORST_FIRST = [
    Status.FAILURE,
    Status.WITHIN_TOLERANCE,
    Status.NOT_REPORTED,
    Status.ON_TARGET,
    Status.NOT_APPLICABLE,
]


def to_discuss(readings: Sequence[Reading]) -> list[Reading]:
    """Failed first, then the others off target, each by the longest succession, then those on target that got worse."""
    failed = [reading for reading in readings if reading.status == Status.FAILURE]
    missed = [reading for reading in readings if reading.status == Status.WITHIN_TOLERANCE]
    slipping = [
        reading
        for reading in readings
        if reading.status == Status.ON_TARGET and reading.direction == Direction.WORSE
    ]
    return (
        sorted(failed, key=longest_succession)
        + sorted(missed, key=longest_succession)
        + sorted(slipping, key=movement)
    )


def longest_succession(reading: Reading) -> int:
    return -(reading.months_off_target or 0)


def movement(reading: Reading) -> Decimal:
    """The change for the better, in widths of the tolerance band, which makes units comparable."""
    if reading.change is None:
        return Decimal("Infinity")
    width = abs(reading.limits.target - reading.limits.failure) if reading.limits else Decimal(0)
    improvement = reading.change if reading.polarity == Indicator.Polarity.HIGHER else -reading.change
    return improvement / (width or Decimal(1))
