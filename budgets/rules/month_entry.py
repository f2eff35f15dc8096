"""What an entry of a line's period must say besides its amounts.

Source: the rules of the contract's money: a line that is off track is explained by its owner, a forecast that moved
says why, and a closed period is revised with a reason. Chosen: any move of a penny counts, since it is what is asked
for first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Status, Variance, status_of, variance_of
from core.values.words import says_something


@dataclass(frozen=True, slots=True)
class Said:
    """What is entered of a line, in pence: to date, for the year, known to come, and mitigations apart from both."""

    actual: int
    forecast: int
    committed: int | None = None
    mitigation: int | None = None
    words: str = ""
    moved: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What it is held against: the year's budget, the forecast of the period before, and whether this one is closed."""

    budget: int | None
    forecast_before: int | None
    side: Side
    closed: bool


def lacking(said: Said, beside: Beside, limits: Limits) -> Iterator[tuple[str, str]]:
    """Each thing that is missing: the field, and what to do."""
    if status_of(outturn_variance(said, beside), limits) in (Status.RED, Status.AMBER) and not says_something(
        said.words
    ):
        yield "words", "The forecast is over its budget. Say why, and what is done about it."
    before = beside.forecast_before
    if before is not None and before != said.forecast and not says_something(said.moved):
        yield "moved", "The forecast moved since the period before. Say why."
    if beside.closed and not says_something(said.reason):
        yield "reason", "The period is closed. Say why it is revised."
    for name, amount in (("committed", said.committed), ("mitigation", said.mitigation)):
        if amount is not None and amount < 0:
            yield name, "Give an amount of nil or more."


def outturn_variance(said: Said, beside: Beside) -> Variance | None:
    """Forecast less budget; None where nothing was budgeted."""
    base = Base(Of.INCOME if beside.side is Side.INCOME else Of.GROSS, beside.budget or 0)
    return variance_of(beside.budget, said.forecast, base, beside.side)
