"""A sum in parts that add up to the penny.

The method of the largest remainder: each part is cut down to whole pence, and the pennies that are left go one by one
to the parts that lost most; among equals to the one that stands first, so that the same split always reads the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


class NothingToSplitBy(ValueError):
    """No weight is above nil, or one is below it."""


def split(pence: int, weights: Sequence[int | Fraction]) -> list[int]:
    """One part for each weight, in their order; they add up to ``pence``, and none is a whole penny off its share.

    A sum below nil is split as its size is, with the signs turned. NothingToSplitBy for weights that can't share it.
    """
    whole = _whole(weights)
    total = sum(whole)
    if not total or min(whole) < 0:
        raise NothingToSplitBy("A sum is split by weights that are nil or more, and not all nil.")
    size = abs(pence)
    parts = [size * weight // total for weight in whole]
    for place in _largest_remainders(size, whole, total, size - sum(parts)):
        parts[place] += 1
    return parts if pence >= 0 else [-part for part in parts]


def _largest_remainders(size: int, whole: Sequence[int], total: int, pennies: int) -> list[int]:
    remainders = [size * weight % total for weight in whole]
    return sorted(range(len(whole)), key=remainders.__getitem__, reverse=True)[:pennies]


def _whole(weights: Sequence[int | Fraction]) -> list[int]:
    """The weights as whole numbers in the same proportion."""
    scale = lcm(*{weight.denominator for weight in weights})
    return [weight.numerator * (scale // weight.denominator) for weight in weights]
