"""The month picker: neighbours as links, and every month on offer as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from core.values.months import Month
from kpis.engine.selectors import Freshness


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class MonthOption:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class MonthPicker:
    """What components/month_picker.html prints; a neighbour is None at the ends of what is on offer."""

    previous: Link | None
    next: Link | None
    months: list[MonthOption]
    keep: list[tuple[str, str]]


def month_picker(fresh: Freshness, month: Month, keep: Sequence[tuple[str, str]]) -> MonthPicker:
    """Newest month first in the list; the other pairs of the address go along."""
    offered = offered_months(fresh)
    return MonthPicker(
        previous=_neighbour(month, month.previous(), offered, keep),
        next=_neighbour(month, month.next(), offered, keep),
        months=[MonthOption(str(choice), choice.label, choice == month) for choice in reversed(offered)],
        keep=list(keep),
    )


def offered_months(fresh: Freshness) -> list[Month]:
    """Every month on offer, oldest first."""
    return Month.range(fresh.first, fresh.last) if fresh.first and fresh.last else []


def _neighbour(
    month: Month, neighbour: Month, offered: list[Month], keep: Sequence[tuple[str, str]]
) -> Link | None:
    if neighbour not in offered:
        return None
    label = neighbour.name if neighbour.year == month.year else neighbour.label
    return Link(label, "?" + urlencode([("month", str(neighbour)), *keep]))
