"""A year's budget over its months: in even parts, by working days, or as its owner gave it.

A profile has one amount in pence for each month from April to March, and they add up to the budget to the penny. The
periods after March adjust what was spent and have no budget: ``to_date`` stays at the whole of it. Source: chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from budgets.rules.money import written
from budgets.rules.periods import LAST, MONTHS
from budgets.rules.split import split
from core.values.months import ContractYear, Month
from core.values.working_days import working_days_between


class Profile(StrEnum):
    EVEN = "even"
    WORKING_DAYS = "by working days"
    OWN = "own"


class NotTheBudget(ValueError):
    """Twelve amounts that don't add up to the budget, or are not twelve; the words say by how much."""


def even(pence: int) -> list[int]:
    """Twelve parts that differ by a penny at most; the odd pennies go to the first months."""
    return split(pence, [1] * MONTHS)


def by_working_days(pence: int, year: ContractYear) -> list[int]:
    """Each month by its working days in England, without its bank holidays."""
    return split(pence, [working_days_of(month) for month in year.months])


def by_shares(pence: int, shares: Sequence[int | Fraction]) -> list[int]:
    """By twelve shares of the owner's, in any measure. NotTheBudget for another number of them, NothingToSplitBy for
    shares that can't share it.
    """
    _twelve(shares)
    return split(pence, shares)


def own(pence: int, months: Sequence[int]) -> list[int]:
    """The owner's twelve amounts as they are. NotTheBudget where they don't add up, with the difference."""
    _twelve(months)
    apart = sum(months) - pence
    if apart:
        side = "more" if apart > 0 else "less"
        raise NotTheBudget(
            f"The twelve months add up to {written(sum(months))}, {written(abs(apart))} {side} than the budget."
        )
    return list(months)


def planned(pence: int, year: ContractYear, way: Profile, shares: Sequence[int] = ()) -> list[int]:
    """The year's budget by month in the way that was chosen.

    ``shares`` are the owner's amounts. Where the budget is another than they add up to, since it changed after they
    were given, it is shared in the same proportion.
    """
    if way is Profile.EVEN:
        return even(pence)
    if way is Profile.WORKING_DAYS:
        return by_working_days(pence, year)
    return list(shares) if sum(shares) == pence else by_shares(pence, shares)


def to_date(profile: Sequence[int]) -> list[int]:
    """What was planned up to and with each of the fifteen periods."""
    _twelve(profile)
    return [*accumulate(profile), *[sum(profile)] * (LAST - MONTHS)]


def working_days_of(month: Month) -> int:
    return working_days_between(month.previous().last_day, month.last_day)


def _twelve(months: Sequence[object]) -> None:
    if len(months) != MONTHS:
        raise NotTheBudget(f"A profile has twelve months, not {len(months)}.")
