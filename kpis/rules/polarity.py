"""Which way is better, and whether a band makes sense for it.

Where higher is better, the target is met from above and failure lies below; where lower is better it is the
other way round. The rules that refuse a band are chosen: the contract prints its bands and no rule for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Protocol, TypeVar

from core.values.numbers import shortest

OPERATORS = (">", ">=", "<", "<=")
OPERATOR_WORDS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
UPWARD = (">", ">=")
DOWNWARD = ("<", "<=")


@dataclass(frozen=True, slots=True)
class Band:
    """Target, tolerance and failure as printed: an operator and a value each."""

    higher_is_better: bool
    target_operator: str
    target: Decimal
    tolerance_operator: str
    tolerance: Decimal
    failure_operator: str
    failure: Decimal


class Valid(Protocol):
    """Anything that holds from one period to another, both included; without an end it still holds."""

    @property
    def valid_from(self) -> Any: ...
    @property
    def valid_to(self) -> Any: ...


V = TypeVar("V", bound=Valid)


def better_operators(higher_is_better: bool) -> tuple[str, str]:
    """The operators that fit a target and a tolerance."""
    return UPWARD if higher_is_better else DOWNWARD


def worse_operators(higher_is_better: bool) -> tuple[str, str]:
    """The operators that fit a failure."""
    return DOWNWARD if higher_is_better else UPWARD


def band_faults(band: Band) -> list[str]:
    """Every reason to refuse a band, each a sentence; empty for a sound band."""
    return _operator_faults(band) + _order_faults(band)


def overlaps(versions: Sequence[V]) -> list[tuple[V, V]]:
    """Every pair of versions that hold at the same time, in the order given.

    A version that ends before it begins holds at no time, so it overlaps nothing; `backwards` finds it.
    """
    sound = [version for version in versions if version not in backwards(versions)]
    return [(first, second) for first, second in combinations(sound, 2) if _meet(first, second)]


def backwards(versions: Sequence[V]) -> list[V]:
    """The versions that end before they begin."""
    return [
        version
        for version in versions
        if version.valid_to is not None and version.valid_to < version.valid_from
    ]


def _meet(first: Valid, second: Valid) -> bool:
    return (first.valid_to is None or second.valid_from <= first.valid_to) and (
        second.valid_to is None or first.valid_from <= second.valid_to
    )


def _operator_faults(band: Band) -> list[str]:
    better, worse = better_operators(band.higher_is_better), worse_operators(band.higher_is_better)
    polarity = "higher" if band.higher_is_better else "lower"
    return [
        f"The {name} operator “{given}” doesn't fit where {polarity} is better: use {' or '.join(fitting)}."
        for name, given, fitting in (
            ("target", band.target_operator, better),
            ("tolerance", band.tolerance_operator, better),
            ("failure", band.failure_operator, worse),
        )
        if given not in fitting
    ]


def _order_faults(band: Band) -> list[str]:
    sign = 1 if band.higher_is_better else -1
    target, tolerance, failure = sign * band.target, sign * band.tolerance, sign * band.failure
    polarity = "higher" if band.higher_is_better else "lower"
    target_words = f"the target {shortest(band.target)}"
    failure_words = f"the failure limit {shortest(band.failure)}"
    if target < failure:
        return [f"{target_words.capitalize()} is worse than {failure_words}, because {polarity} is better."]
    faults = []
    if target == failure and len(band.target_operator) == len(band.failure_operator) == 2:
        faults.append(f"Exactly {shortest(band.target)} would be on target and in failure at once.")
    if not failure <= tolerance <= target:
        limit = f"The tolerance limit {shortest(band.tolerance)}"
        faults.append(f"{limit} doesn't lie between {target_words} and {failure_words}.")
    return faults
