"""The page of demand and cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.demand.costs import CostRow, Unreckoned, costs_of, unreckoned
from budgets.demand.placements import Placements, placements_of
from budgets.demand.printed import as_printed, observed, source_of, when
from budgets.demand.rates import Rate, rates_of
from budgets.demand.selectors import Demand
from budgets.demand.staffing import Needed, Team, needed_of, teams_of
from budgets.demand.tables import PrintedTable, printed_tables, tables_of
from budgets.demand.together import Together, lede_of, together_of
from budgets.models import Series
from parties.participants import Participant


@dataclass(frozen=True)
class Number:
    """A number that stands in no table, where it is printed, and what is said to it."""

    name: str
    printed: str
    when: str
    unit: str
    source: str
    note: str


@dataclass(frozen=True)
class Numbers:
    topic: str
    rows: Sequence[Number]


@dataclass(frozen=True)
class DemandPage:
    demand: Demand
    lede: str
    together: Sequence[Together]
    placements: Placements | None
    teams: Sequence[Team]
    needed: Sequence[Needed]
    rates: Sequence[Rate]
    costs: Sequence[CostRow]
    unreckoned: Sequence[Unreckoned]
    tables: Sequence[PrintedTable]
    numbers: Sequence[Numbers]


def demand_page(participant: Participant, demand: Demand) -> DemandPage:
    """No query."""
    together = together_of(participant, demand)
    return DemandPage(
        demand=demand,
        lede=lede_of(demand, together[0] if together else None),
        together=together,
        placements=placements_of(demand),
        teams=teams_of(demand),
        needed=needed_of(demand),
        rates=rates_of(demand),
        costs=costs_of(demand),
        unreckoned=unreckoned(demand),
        tables=printed_tables(demand),
        numbers=_numbers(demand),
    )


def _numbers(demand: Demand) -> list[Numbers]:
    """Every number that is held here and stands in no numbered table, by topic, in the order of the book."""
    found: dict[str, list[Number]] = {}
    for series in (one for one in demand.series.values() if not tables_of(one)):
        for one in observed(series):
            topic = Series.Topic(series.topic).label
            note = ". ".join(part for part in (one.note, series.note) if part)
            found.setdefault(topic, []).append(
                Number(
                    series.name,
                    as_printed(one, series.unit),
                    when(one),
                    "" if series.unit == "percent" else series.unit,
                    source_of(series),
                    note,
                )
            )
    return [Numbers(topic, rows) for topic, rows in found.items()]
