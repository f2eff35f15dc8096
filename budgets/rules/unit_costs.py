"""What a child costs in a year: derived, since no document prints it, with each base on which it can be reckoned.

Source: table 8's actual of a line divided by table 7's quarterly numbers. Numbers are counts on the last day of a
quarter and the cost is the whole year's, so what a child-year costs is a range over the bases, and never a fact: the
mean of the year's four quarters is the usual one, and each number counted is a base of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.rules.volume_price import nearest


@dataclass(frozen=True, slots=True)
class UnitCost:
    """Pence a year for one child: the usual, and the lowest and highest of all bases. ``lowest`` ≤ ``highest``."""

    usual: int
    lowest: int
    highest: int


def mean_number(counts: Sequence[int | None]) -> Fraction | None:
    """The exact mean of the counts; None where there are none or one is missing."""
    known = [count for count in counts if count is not None]
    return Fraction(sum(known), len(known)) if known and len(known) == len(counts) else None


def per_child_year(cost: int, children: Fraction | None) -> int | None:
    """Pence a year for one child, to the nearest penny; None where nobody knows how many, or where there are none."""
    return nearest(cost / children) if children else None


def unit_cost(cost: int, bases: Mapping[str, Fraction | None]) -> UnitCost | None:
    """The unit cost on the first base, and its range over all; ``bases`` are names with numbers of children.

    None where the first base has nobody in it; other bases without anyone are left out.
    """
    found = [per_child_year(cost, children) for children in bases.values()]
    if not found or found[0] is None:
        return None
    known = [pence for pence in found if pence is not None]
    return UnitCost(found[0], min(known), max(known))
