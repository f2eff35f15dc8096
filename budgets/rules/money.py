"""Money as it is written: in pounds, thousands and millions. An amount is an int of whole pence everywhere else.

Where nothing is rounded, what is written reads back as the same pence (``written_money``). Where something is,
as many decimals are shown as it takes that an amount never reads as nil: a difference is never "+0".
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from core.values.numbers import display, from_units, plain, shortest

PENCE = 100
# Fifteen digits are what a spreadsheet keeps of a number: £9,999,999,999,999.99.
LARGEST = 10**15 - 1
MINUS = "\N{MINUS SIGN}"


class Unit(Enum):
    """In what a printed column counts; the value is its heading."""

    POUNDS = "£"
    THOUSANDS = "£’000"
    MILLIONS = "£m"

    @property
    def places(self) -> int:
        """How many decimals a penny takes: a whole unit is 10 to this power of pence."""
        return {Unit.POUNDS: 2, Unit.THOUSANDS: 5, Unit.MILLIONS: 8}[self]

    @property
    def pence(self) -> int:
        return 10**self.places


def in_unit(pence: int, unit: Unit) -> Decimal:
    """The exact number of units, with every decimal down to the penny: 123450 pence are 1234.50 pounds."""
    return from_units(pence, unit.places)


def written(
    pence: int, unit: Unit = Unit.POUNDS, places: int | None = None, limits: Iterable[int] = ()
) -> str:
    """ "£1,234.50" and "£1,234", "1,234.5" under the heading £’000, "£2.85m"; below nil with a true minus sign.

    Exact without ``places``. With them it is rounded, and shown with more where it would read as nil, or as one of the
    ``limits`` (in pence) from which it differs: £500,000.40 beside a limit of £500,000 keeps its pence.
    """
    return f"{MINUS if pence < 0 else ''}{_with_unit(abs(pence), unit, places, limits)}"


def signed(pence: int, unit: Unit = Unit.POUNDS, places: int | None = None) -> str:
    """A difference with its sign, for a table: "+£2.85m", "−£0.004m"; nil has none, and nothing else reads as nil."""
    return f"+{written(pence, unit, places)}" if pence > 0 else written(pence, unit, places)


def spoken(pence: int, limits: Iterable[int] = ()) -> str:
    """As a sentence says it: "£2.85 million" from a million on, "£823,578" below, "£0.40" below a pound.

    It never reads as one of the ``limits`` (in pence) from which it differs.
    """
    if abs(pence) < Unit.MILLIONS.pence:
        return written(pence, Unit.POUNDS, 0, limits)
    millions = display(
        in_unit(abs(pence), Unit.MILLIONS), 2, [in_unit(abs(limit), Unit.MILLIONS) for limit in limits]
    )
    return f"{MINUS if pence < 0 else ''}£{shortest(millions)} million"


def for_file(pence: int) -> str:
    """Pounds as a cell of a file: "-1234.50", a number to every program, and back the same pence."""
    pounds, rest = divmod(abs(pence), PENCE)
    return f"{'-' if pence < 0 else ''}{pounds}.{rest:02d}"


def _with_unit(pence: int, unit: Unit, places: int | None, limits: Iterable[int]) -> str:
    number = _exact(pence, unit) if places is None else _shown(pence, unit, places, limits)
    if unit is Unit.THOUSANDS:
        return number
    return f"£{number}m" if unit is Unit.MILLIONS else f"£{number}"


def _exact(pence: int, unit: Unit) -> str:
    number = in_unit(pence, unit)
    if unit is Unit.POUNDS:
        return plain(number, 2 if pence % PENCE else 0)
    return shortest(number)


def _shown(pence: int, unit: Unit, places: int, limits: Iterable[int]) -> str:
    number = in_unit(pence, unit)
    shown = display(number, places, [0, *(in_unit(abs(limit), unit) for limit in limits)])
    # Nobody writes £0.4.
    if unit is Unit.POUNDS and shown.as_tuple().exponent == -1:
        return plain(number, 2)
    return plain(shown)
