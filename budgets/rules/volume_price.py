"""A difference split into volume (how many) and price (what each cost). Only where a basis is entered.

A basis is the number and the unit cost that a line's budget assumed. The split depends on its order, so the order is
said, and both orders are shown where they differ by much:

- volume first: more children at the assumed price are volume; what is left is price;
- price first: the dearer price of the assumed children is price; what is left is volume.

Parts are whole pence and add up. A split describes; it is no proof of a cause. Source: the rules of the contract's
money (shown with the basis and its range); the two orders are the usual ones; "by much" is a tenth or more of the
difference that is split (chosen).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# The part of the difference from which on both orders are shown.
MUCH = Fraction(1, 10)


class Order(StrEnum):
    VOLUME_FIRST = "volume first, at the assumed unit cost"
    PRICE_FIRST = "price first, on the assumed number"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a budget assumed: how many (an average over the year, exact) and what each costs a year, in pence.

    ``lowest`` and ``highest`` are the range of that unit cost where one is known.
    """

    assumed: Fraction
    unit_cost: int
    lowest: int | None = None
    highest: int | None = None

    @property
    def budget(self) -> int:
        """What the basis comes to, to the nearest penny."""
        return nearest(self.assumed * self.unit_cost)


@dataclass(frozen=True, slots=True)
class Parts:
    """In pence, above nil for more money; they add up to the variance.

    ``outside`` is what the basis comes to beyond the budget: no split explains it.
    """

    order: Order
    volume: int
    price: int
    outside: int

    @property
    def total(self) -> int:
        return self.volume + self.price + self.outside


@dataclass(frozen=True, slots=True)
class Split:
    """Both orders. Without anyone there is no actual unit cost, and so no ``price_first``."""

    volume_first: Parts
    price_first: Parts | None

    @property
    def differ_much(self) -> bool:
        """Whether the orders differ by a tenth or more of the difference that they split."""
        if self.price_first is None:
            return False
        apart = abs(self.volume_first.volume - self.price_first.volume)
        return apart > 0 and apart >= MUCH * abs(self.volume_first.volume + self.volume_first.price)


def split_variance(budget: int, spent: int, actual: Fraction, basis: Basis) -> Split:
    """``budget`` and ``spent`` in pence; ``actual`` is how many there were on average. ValueError for one below nil."""
    if actual < 0 or basis.assumed < 0:
        raise ValueError("There are never fewer than none.")
    outside = basis.budget - budget
    split = spent - basis.budget
    volume = nearest((actual - basis.assumed) * basis.unit_cost)
    first = Parts(Order.VOLUME_FIRST, volume, split - volume, outside)
    if not actual:
        return Split(first, None)
    price = nearest((spent / actual - basis.unit_cost) * basis.assumed)
    return Split(first, Parts(Order.PRICE_FIRST, split - price, price, outside))


def over_the_range(budget: int, spent: int, actual: Fraction, basis: Basis) -> list[Split]:
    """The split at the lowest and at the highest unit cost of the basis; none where it has no range."""
    return [
        split_variance(budget, spent, actual, Basis(basis.assumed, unit_cost))
        for unit_cost in (basis.lowest, basis.highest)
        if unit_cost is not None
    ]


def nearest(pence: Fraction) -> int:
    """The nearest whole penny; a tie goes away from nil, as people round."""
    size = abs(pence)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return whole if pence >= 0 else -whole
