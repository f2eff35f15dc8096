"""How a forecast of the year's outturn moved, and how wrong forecasts were.

Months are told against the month before, never across a gap: where one is missing there is no movement, and missing is
never nil. An error is forecast minus outturn, in pence: above nil the forecast was too high. Errors are averaged
exactly. Source: the rules of the contract's money; months 3, 6 and 9 and the two measures are the usual ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from budgets.rules.periods import LAST

JUDGED_AT = (3, 6, 9)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Step:
    """A period's forecast in pence, and by how much it moved since the period before; None where either is missing."""

    period: int
    forecast: int | None
    movement: int | None


def movement(forecasts: Mapping[int, int | None], period: int) -> int | None:
    """By how much a period's forecast moved since the period before; ``forecasts`` of one line and year, by period."""
    now, before = forecasts.get(period), forecasts.get(period - 1)
    return None if now is None or before is None else now - before


def path(forecasts: Mapping[int, int | None], last: int = LAST) -> list[Step]:
    """Every period from the first to ``last``, with those that are missing."""
    return [Step(period, forecasts.get(period), movement(forecasts, period)) for period in range(1, last + 1)]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one line's forecast said in one period, and what the year came to, both in pence."""

    line: str
    owner: str
    year: str
    period: int
    forecast: int | None
    outturn: int | None

    @property
    def error(self) -> int | None:
        return None if self.forecast is None or self.outturn is None else self.forecast - self.outturn


@dataclass(frozen=True, slots=True)
class Accuracy:
    """``bias`` is the mean error, ``absolute`` the mean of its sizes, in exact pence; ``missing`` have no error."""

    judged: int
    missing: int
    bias: Fraction | None
    absolute: Fraction | None


def accuracy(forecasts: Iterable[Forecast], by: Callable[[Forecast], Key]) -> dict[tuple[Key, int], Accuracy]:
    """The accuracy of each line or owner, as ``by`` says, at each of months 3, 6 and 9 that it was asked for.

    Other periods are passed over. Keys come in the order of the forecasts.
    """
    found: defaultdict[tuple[Key, int], list[int | None]] = defaultdict(list)
    for forecast in forecasts:
        if forecast.period in JUDGED_AT:
            found[by(forecast), forecast.period].append(forecast.error)
    return {key: _accuracy(errors) for key, errors in found.items()}


def by_line(forecasts: Iterable[Forecast]) -> dict[tuple[str, int], Accuracy]:
    return accuracy(forecasts, lambda forecast: forecast.line)


def by_owner(forecasts: Iterable[Forecast]) -> dict[tuple[str, int], Accuracy]:
    return accuracy(forecasts, lambda forecast: forecast.owner)


def _accuracy(errors: list[int | None]) -> Accuracy:
    known = [error for error in errors if error is not None]
    missing = len(errors) - len(known)
    if not known:
        return Accuracy(0, missing, None, None)
    return Accuracy(
        len(known), missing, Fraction(sum(known), len(known)), Fraction(sum(map(abs, known)), len(known))
    )
