"""Savings planned by contract year, of which the plan doesn't say whether each is its own or counts those before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Readings:
    """Pence. ``yearly``: each year saves its own amount. ``cumulative``: what each year saves beyond the one before."""

    yearly: tuple[int, ...]
    cumulative: tuple[int, ...]

    @property
    def yearly_total(self) -> int:
        return sum(self.yearly)

    @property
    def cumulative_total(self) -> int:
        """What the last year reaches."""
        return sum(self.cumulative)


def readings(planned: Sequence[int]) -> Readings:
    """Both readings of the amounts printed for years that follow each other."""
    steps = (later - earlier for earlier, later in pairwise(planned))
    return Readings(tuple(planned), (*planned[:1], *steps))
