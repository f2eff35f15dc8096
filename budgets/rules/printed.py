"""What a printed amount stands for: exact, in hundredths of its unit, with how finely it was printed.

Hundredths of pounds are pence; heads and posts are counted in hundredths too, since posts are printed as 438.4.
What could be read in two ways is refused: thousands printed as pounds would be wrong a thousandfold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from budgets.rules import money
from core.values.numbers import from_units, shortest

HUNDRED = 100


class Unit(StrEnum):
    POUNDS = "£"
    THOUSANDS = "£'000"
    MILLIONS = "£m"
    HEADCOUNT = "headcount"
    FTE = "FTE"

    @property
    def is_money(self) -> bool:
        return self not in (Unit.HEADCOUNT, Unit.FTE)


_ONES = {Unit.THOUSANDS: 1_000, Unit.MILLIONS: 1_000_000}
_SUFFIXES = {"k": Unit.THOUSANDS, "m": Unit.MILLIONS, " million": Unit.MILLIONS}
_PRINTED = re.compile(
    r"(?P<minus>-?)(?P<pound>£?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?"
    r"(?P<suffix>k|m| million)?"
)


@dataclass(frozen=True)
class Printed:
    """``hundredths`` of pounds, heads or posts; ``step`` is the smallest difference that the print can show."""

    hundredths: int
    step: int


def read_printed(text: str, unit: Unit) -> Printed:
    """The amount in a text such as "6,516", "-1,643,359", "£5.898m" or "£5 million".

    ValueError where it is no such text, where its sign or its ending belongs to another unit, or where it is finer
    than a hundredth.
    """
    found = _PRINTED.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not an amount as documents print them, like 6,516 or £5.898m")
    if found["pound"] and not unit.is_money:
        raise ValueError(f"“{text}” is money, and what stands here is counted in {unit}")
    if found["suffix"] and _SUFFIXES[found["suffix"]] != unit:
        raise ValueError(f"“{text}” is printed in {_SUFFIXES[found['suffix']]}, not in {unit}")
    decimals = found["decimals"] or ""
    step, finer = divmod(HUNDRED * _ONES.get(unit, 1), 10 ** len(decimals))
    if finer or not step:
        raise ValueError(f"“{text}” is finer than a hundredth of {unit}")
    number = int(found["whole"].replace(",", "") + decimals)
    return Printed(-number * step if found["minus"] else number * step, step)


def in_words(hundredths: int, unit: Unit) -> str:
    """As a page says it: "£58.33m" where millions are printed, "£6,291,000" where thousands are, "438.4" posts.

    Exact: nothing is rounded, so that no difference reads as nil.
    """
    if not unit.is_money:
        return shortest(from_units(hundredths, 2))
    return money.written(hundredths, money.Unit.MILLIONS if unit is Unit.MILLIONS else money.Unit.POUNDS)


def difference_in_words(hundredths: int, unit: Unit) -> str:
    """With its sign, money in pounds: "−£1,000", "+£100,000"."""
    if not unit.is_money:
        return f"{'+' if hundredths > 0 else ''}{in_words(hundredths, unit)}"
    return money.signed(hundredths)
