"""What a child cost in a year, with its range and what it rests on; and of which lines that isn't said, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.books.drivers import observed_in
from budgets.demand.selectors import Demand
from budgets.models import Line
from budgets.rules.money import written
from budgets.scenario.costs import LineCost, reckoned

WIDEST = 200


@dataclass(frozen=True)
class CostRow:
    """``low`` and ``span`` are where the range begins and how wide it is, ``at`` where the usual cost lies.

    Of ``WIDEST``, which is the highest cost of the line; each line has a scale of its own, from nil.
    """

    name: str
    usual: str
    spread: str
    low: int
    span: int
    at: int
    basis: str
    source: str


@dataclass(frozen=True)
class Unreckoned:
    name: str
    why: Sequence[str]


def costs_of(demand: Demand) -> list[CostRow]:
    """Of every line that is matched with one series."""
    return [_row(demand, one) for one in reckoned(demand.amounts, observed_in(demand.series)).values()]


def unreckoned(demand: Demand) -> list[Unreckoned]:
    """Lines whose children are counted, but not so that one can be divided by the other."""
    return [
        Unreckoned(line.name, [link["note"] for link in line.drivers if link.get("note")])
        for line in demand.amounts.lines
        if line.kind == Line.Kind.LINE
        and line.drivers
        and all(link["confidence"] != "fair" for link in line.drivers)
    ]


def _row(demand: Demand, one: LineCost) -> CostRow:
    cost = one.cost
    low, at, end = (pence * WIDEST // cost.highest for pence in (cost.lowest, cost.usual, cost.highest))
    counts = ", ".join(f"{number} in {when}" for when, number in one.counts)
    return CostRow(
        name=one.line.name,
        usual=written(cost.usual, places=0),
        spread=f"{written(cost.lowest, places=0)} to {written(cost.highest, places=0)}",
        low=low,
        span=max(end - low, 2),
        at=at,
        basis=f"{one.came}; {counts}",
        source=f"{demand.sources}; {one.series.document}, {one.series.place}",
    )
