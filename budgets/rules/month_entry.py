"""What an entry of a line's period must say besides its amounts.

Source: the rules of the contract's money: a line that is off track is explained by its owner, a forecast that moved
says why, and a closed period is revised with a reason. Chosen: what is spent to date seldom falls, is seldom below nil
and seldom above the forecast of the year, so that is explained too; any move of a penny counts, since it is asked for
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgets.rules.money import written
from budgets.rules.tree import Side
from budgets.rules.variance import Base, Limits, Of, Status, Variance, came_word, status_of, variance_of
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
    """What it is held against: the year's budget, the period before, and whether this one is closed."""

    budget: int | None
    forecast_before: int | None
    side: Side
    closed: bool
    actual_before: int | None = None


def lacking(said: Said, beside: Beside, limits: Limits) -> Iterator[tuple[str, str]]:
    """Each thing that is missing: the field, and what to do."""
    explained = says_something(said.words)
    if not explained and status_of(outturn_variance(said, beside), limits) in (Status.RED, Status.AMBER):
        yield "words", "The forecast is over its budget. Say why, and what is done about it."
    elif not explained:
        yield from (("words", f"{doubt} Put it right, or say why.") for doubt in doubts(said, beside))
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


def doubts(said: Said, beside: Beside) -> Iterator[str]:
    """What is seldom so: each a sentence, which whoever enters it explains and the other party sees."""
    came = came_word(beside.side)
    if said.actual < 0:
        yield f"Less than nothing was {came} to date."
    elif beside.actual_before is not None and said.actual < beside.actual_before:
        yield f"Less was {came} to date than a period before: {written(beside.actual_before)}."
    if said.actual > said.forecast:
        yield f"More was {came} to date than the year is to come to."
