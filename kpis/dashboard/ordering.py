"""Which readings the table shows, and in which order. All rules are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kpis.dashboard.filters import Filters
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.presentation.ordering import WORST_FIRST, longest_succession, movement

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction
Row = tuple[Indicator, Reading]


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


def _passes(reading: Reading, status_filter: str) -> bool:
    if status_filter == "off_target":
        return reading.off_target
    if status_filter in (Direction.BETTER, Direction.WORSE):
        return reading.direction == status_filter
    return status_filter in ("", reading.status)


_ORDER: dict[str, Callable[[Row], Any]] = {
    "worst": lambda row: (WORST_FIRST.index(Status(row[1].status)), longest_succession(row[1])),
    "change": lambda row: movement(row[1]),
    "run": lambda row: longest_succession(row[1]),
    "name": lambda row: row[1].short_name.casefold(),
}
