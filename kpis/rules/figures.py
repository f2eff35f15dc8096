"""What a month's figure may be, whoever hands it in: one rule for files, forms and commands.

The database holds as much of it as it can by constraint and trigger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.values.months import Month
from core.values.numbers import SCALES, plain, scaled_value, shortest

# Values are kept in fifteen digits with eight decimals. An entered number has at most four decimals, and so has
# the greatest value below this that two of them can make.
TOO_LARGE = 10_000_000
LARGEST = "9,999,999.9999"
NUMBERS = ("numerator", "denominator", "value")
BOTH = "Keep either numerator and denominator, or the value, not both."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a figure, and the column at fault."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Months:
    """The months of which figures are taken: the contract's, those over before ``this_month``, and published ones
    from ``earliest`` on.
    """

    earliest: Month
    first: Month
    last: Month
    this_month: Month


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as it is handed in; what was left out is None.

    ``unit`` is None where the indicator isn't known, ``month`` where it isn't. ``unread`` names numbers that were given
    but couldn't be read: no rule that needs one of them speaks.
    """

    code: str
    unit: str | None
    month: Month | None
    published: bool
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    unread: frozenset[str] = field(default_factory=frozenset)

    def given(self, column: str) -> bool:
        return column in self.unread or getattr(self, column) is not None


def faults(figure: Stated, months: Months) -> list[Fault]:
    """Everything that is wrong with it: its month, the shape of its numbers, their size."""
    return [*_month(figure, months), *_shape(figure), *_sizes(figure)]


def _month(figure: Stated, months: Months) -> list[Fault]:
    month = figure.month
    if month is None:
        return []
    if month >= months.this_month:
        message = f"{month.label} is not over yet, so it has no figure."
    elif month > months.last:
        message = f"{month.label} is after {months.last.label}, the last month that the contract reports."
    elif month < months.earliest:
        message = f"{month.label} is before {months.earliest.label}, the earliest month taken here."
    elif month < months.first and not figure.published:
        message = (
            f"{month.label} is before the contract began in {months.first.label}."
            " Only published figures may stand there."
        )
    else:
        return []
    return [Fault("month", message)]


def _shape(figure: Stated) -> list[Fault]:
    """Three shapes: numerator and denominator; a value alone; a rate with the count behind it."""
    numerator, denominator, value = (figure.given(column) for column in NUMBERS)
    if not (numerator or denominator or value):
        return [Fault("value", "There is no figure. Leave the row out if it can't be reported.")]
    if figure.unit == "count":
        alone = not (numerator or denominator)
        return [] if alone else [Fault("value", f"{figure.code} is a count: give the value alone.")]
    if denominator and not numerator:
        return [Fault("numerator", "The numerator is missing beside its denominator.")]
    if numerator and denominator:
        return [Fault("value", BOTH)] if value else []
    if numerator and not (value and figure.unit in ("rate_per_10000", None)):
        return [Fault("denominator", "The denominator is missing beside its numerator.")]
    return []


def _sizes(figure: Stated) -> list[Fault]:
    found = [
        Fault(column, message)
        for column in NUMBERS
        if (number := getattr(figure, column)) is not None and (message := _size(number))
    ]
    numerator, denominator, value, unit = figure.numerator, figure.denominator, figure.value, figure.unit
    if unit == "count" and value is not None and value % 1:
        found.append(Fault("value", f"{figure.code} is a count, and counts are whole numbers."))
    if unit == "percent" and value is not None and value > 100:
        found.append(Fault("value", "A percentage can't be above 100."))
    if numerator is None or denominator is None:
        return found
    if denominator == 0:
        if numerator:
            found.append(Fault("denominator", "The denominator is 0 but the numerator is not."))
    elif unit == "percent":
        if numerator > denominator:
            found.append(Fault("numerator", "The numerator is larger than the denominator: more than 100%."))
    elif unit in SCALES and (reached := scaled_value(numerator, denominator, unit)) >= TOO_LARGE:
        found.append(
            Fault("numerator", f"This gives a value of {plain(reached, 0)}; the largest is {LARGEST}.")
        )
    return found


def _size(number: Decimal) -> str:
    if number >= TOO_LARGE:
        return f"{plain(number)} is too large; the largest is {LARGEST}."
    if number < 0:
        return f"{plain(number)} is below zero, which no figure here can be."
    if number * 10_000 % 1:
        return f"{plain(number)} has more than four decimals. Give numerator and denominator instead."
    return ""


def numbers_in_words(numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None) -> str:
    """The numbers as they were entered: "196 of 273", "99.93 (798)", "14"."""
    if numerator is not None and denominator is not None:
        return f"{shortest(numerator)} of {shortest(denominator)}"
    alone = shortest(value) if value is not None else ""
    return f"{alone} ({shortest(numerator)})" if numerator is not None else alone
