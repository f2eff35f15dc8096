"""A printed list of savings by year, read in both ways until a person says which one is meant.

Source: the Annual Review prints one amount for each of years 2 to 5 and doesn't say whether a year's amount is that
year's own or all that is saved by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgets.rules.money import written


class Reading(StrEnum):
    YEARLY = "each year’s amount is that year’s own"
    CUMULATIVE = "each year’s amount is all that is saved by then"


@dataclass(frozen=True, slots=True)
class SavingsYear:
    """What a year adds, and what is saved by its end, in pence; None where what is printed doesn't say."""

    year: str
    added: int | None
    by_then: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A year's saving in pence: planned, delivered, and at risk of not being delivered. None is not known."""

    planned: int | None
    delivered: int | None
    at_risk: int | None

    @property
    def to_come(self) -> int | None:
        """What is neither delivered nor at risk; below nil where more is delivered than was planned."""
        if self.planned is None or self.delivered is None or self.at_risk is None:
            return None
        return self.planned - self.delivered - self.at_risk


def wrong_of(given: Delivery) -> str:
    """Why this can't be said of a year's saving, for the person who said it; empty where it can.

    What is at risk is a part of what is planned and not delivered (chosen: no document says what counts as at risk).
    More may be delivered than was planned.
    """
    if given.delivered is None and given.at_risk is None:
        return "Say what was delivered, what is at risk, or both."
    if given.at_risk and given.planned is not None:
        left = max(given.planned - (given.delivered or 0), 0)
        if given.at_risk > left:
            return f"At most {written(left)} of it can be at risk: what is planned and not delivered."
    return ""


def read_as(reading: Reading, printed: Sequence[tuple[str, int | None]]) -> list[SavingsYear]:
    """Each printed year, in its order, as the reading takes it; ``printed`` are years with their amounts in pence.

    Nothing is saved before the first year. A year without an amount makes unknown what rests on it.
    """
    return _yearly(printed) if reading is Reading.YEARLY else _cumulative(printed)


def saved_in_all(years: Sequence[SavingsYear]) -> int | None:
    """What is saved by the end of the last year; nothing where there is no year."""
    return years[-1].by_then if years else 0


def _yearly(printed: Sequence[tuple[str, int | None]]) -> list[SavingsYear]:
    years: list[SavingsYear] = []
    saved: int | None = 0
    for year, amount in printed:
        saved = None if saved is None or amount is None else saved + amount
        years.append(SavingsYear(year, amount, saved))
    return years


def _cumulative(printed: Sequence[tuple[str, int | None]]) -> list[SavingsYear]:
    years: list[SavingsYear] = []
    before: int | None = 0
    for year, amount in printed:
        added = None if before is None or amount is None else amount - before
        years.append(SavingsYear(year, added, amount))
        before = amount
    return years
