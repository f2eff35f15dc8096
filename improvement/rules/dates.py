"""When an action is past its target, and how far its target has slipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from core.values.months import Month


def past_target(target: Month | None, day: date) -> bool:
    """Whether the target month had ended at the start of the day (domain.md section 4)."""
    return target is not None and target.last_day < day


def months_slipped(first: Month | None, now: Month | None) -> int:
    """By how many months the target lies later than the first one; below 0 where it was brought forward.

    0 where either is missing: a date that was given for the first time slipped by nothing.
    """
    if first is None or now is None:
        return 0
    return now.ordinal - first.ordinal


def moves_later(targets: Sequence[Month]) -> int:
    """How many times a target was moved to a later month, of the targets in their order."""
    return sum(later > earlier for earlier, later in pairwise(targets))


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last one of that month where it has no such day."""
    month = Month.of(day).previous(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))
