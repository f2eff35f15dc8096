"""How an indicator moved between two windows of months, one before an action and one after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.values.months import Month

Window = tuple[Month, Month]


@dataclass(frozen=True)
class Mean:
    """The mean of a window's months that have a value; None where fewer than ``fewest`` have one: too few to say."""

    months: int
    mean: Fraction | None


def mean_of(values: Mapping[Month, Fraction], window: Window, fewest: int) -> Mean:
    """Missing months are left out and never taken for 0."""
    found = [values[month] for month in Month.range(*window) if month in values]
    if not found or len(found) < fewest:
        return Mean(len(found), None)
    return Mean(len(found), sum(found, Fraction(0)) / len(found))


def improved(before: Mean, after: Mean, polarity: str) -> bool | None:
    """Whether the later mean is the better one; None where either window has too few months."""
    if before.mean is None or after.mean is None:
        return None
    return is_better(before.mean, after.mean, polarity)


def is_better(before: Fraction | Decimal | None, after: Fraction | Decimal | None, polarity: str) -> bool:
    """Whether the later of two means is the better one; not where either is missing."""
    if before is None or after is None:
        return False
    return after > before if polarity == "higher" else after < before


def fell_back(before: Mean, values: Mapping[Month, Fraction], polarity: str, fewest: int) -> bool:
    """Whether the latest ``fewest`` months are no better than the window before; of fewer, nobody can say."""
    latest = sorted(values)[-fewest:]
    if before.mean is None or len(latest) < fewest:
        return False
    now = Mean(len(latest), sum((values[month] for month in latest), Fraction(0)) / len(latest))
    return not improved(before, now, polarity)
