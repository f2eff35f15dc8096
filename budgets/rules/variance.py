"""How far actual or forecast is from the budget, in words and per cent, and the status that it has.

Source: the rules of the contract's money. Variance is actual or forecast minus budget. Table 8 of the Annual Review
prints budget minus actual, where a minus is an overspend: ``as_variance`` turns it round, and words tell the sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from budgets.rules.money import spoken, written
from budgets.rules.tree import Side
from core.values.numbers import display, limit_with_unit, plain


class Of(StrEnum):
    """Of what a per cent is: gross or net where both sides meet, its own budget for a line of income."""

    GROSS = "gross budget"
    NET = "net budget"
    INCOME = "income budget"


class Direction(StrEnum):
    OVER = "over"
    UNDER = "under"
    ON = "on budget"


class Status(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "no status"


@dataclass(frozen=True, slots=True)
class Base:
    """The budget of which a variance is a per cent, in pence, and which one it is."""

    of: Of
    pence: int


@dataclass(frozen=True, slots=True)
class Variance:
    """Actual or forecast minus budget, in pence, on one side, beside the budget of which it is a per cent."""

    pence: int
    base: Base
    side: Side = Side.EXPENDITURE

    @property
    def direction(self) -> Direction:
        return direction_of(self.pence)

    @property
    def costs(self) -> int:
        """What it takes from the money there is, in pence: more spent or less income is above nil."""
        return -self.pence if self.side is Side.INCOME else self.pence

    @property
    def percent(self) -> Fraction | None:
        """Exact, with the variance's sign, of the size of the base; None where the base is nil."""
        return Fraction(100 * self.pence, abs(self.base.pence)) if self.base.pence else None


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a variance is red or amber, a setting of each contract.

    Red is above ``red`` pence; amber is above ``amber_percent`` and above ``amber`` pence, both.
    """

    red: int
    amber_percent: Fraction
    amber: int


# Red is printed: the Annual Review lists "major" overspends of more than £500,000. Amber is chosen.
LIMITS = Limits(red=50_000_000, amber_percent=Fraction(2), amber=5_000_000)


def variance_of(
    budget: int | None, spent: int | None, base: Base, side: Side = Side.EXPENDITURE
) -> Variance | None:
    """``spent`` is the actual or the forecast, in pence. None where either is missing: missing is never nil."""
    if budget is None or spent is None:
        return None
    return Variance(spent - budget, base, side)


def as_variance(printed: int) -> int:
    """A printed difference of budget minus actual, as a variance: -1,643,359 is 1,643,359 over. Its own inverse."""
    return -printed


def direction_of(pence: int) -> Direction:
    if not pence:
        return Direction.ON
    return Direction.OVER if pence > 0 else Direction.UNDER


def status_of(variance: Variance | None, limits: Limits) -> Status:
    """Red above the limit in pounds; amber above both the per cent and the lower limit; on a limit is not above it.

    A nil budget has no per cent, and is amber above the lower limit alone (chosen: any pound over is more than all of
    it). Less income than budgeted counts as money over. Without budget, actual or forecast there is no status.
    """
    if variance is None:
        return Status.NONE
    if variance.costs > limits.red:
        return Status.RED
    share = None if variance.percent is None else abs(variance.percent)
    if variance.costs > limits.amber and (share is None or share > limits.amber_percent):
        return Status.AMBER
    return Status.GREEN


def came_word(side: Side) -> str:
    """What became of a budget, in a word."""
    return "received" if side is Side.INCOME else "spent"


def variance_words(pence: int, side: Side = Side.EXPENDITURE, limits: Iterable[int] = ()) -> str:
    """ "£2.85 million over", "£40 under", "on budget"; income is "£1,000 short" or "£1,000 above its budget".

    It never reads as one of the ``limits`` (in pence) from which it differs.
    """
    if not pence:
        return Direction.ON.value
    amount = spoken(abs(pence), limits)
    if side is Side.INCOME:
        return f"{amount} above its budget" if pence > 0 else f"{amount} short"
    return f"{amount} {direction_of(pence).value}"


def percent_words(variance: Variance, limits: Limits, places: int = 1) -> str:
    """ "34.7% of the net budget", without its sign; "the net budget is nil" where there is no per cent.

    It has more decimals where it would read as nil, as the limit or as a whole 100 per cent, and is none of them.
    """
    if variance.percent is None:
        return f"the {variance.base.of.value} is nil"
    shown = display(abs(variance.percent), places, [0, limits.amber_percent, 100])
    return f"{plain(shown)}% of the {variance.base.of.value}"


def rule_words(limits: Limits) -> str:
    """The rule as the page says it beside the status."""
    red, amber = written(limits.red), written(limits.amber)
    percent = limit_with_unit(limits.amber_percent, "percent")
    return f"Red: more than {red} over. Amber: more than {percent} and more than {amber} over. Else green."
