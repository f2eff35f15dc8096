"""Children and workers: what was assumed or aimed at, what there was, and what it would take.

A team is an indicator that divides its children by its workers. What it takes is derived where an aim is printed:
children by the aim; with newly qualified workers, who hold fewer, it takes more. Families of carers are a team of their
own where the book has how many a worker looks after: what it takes is printed, and what it comes to stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.demand.drawing import SMALLER, Drawing, Level, Panel, Point, Strand, TimeChart, drawing
from budgets.demand.printed import as_printed, number_of, observed, source_of, when
from budgets.demand.selectors import Demand
from budgets.models import Series
from budgets.rules.staffing import workers_needed, workers_needed_with_new
from core.values.numbers import plain, shortest
from kpis.engine.readings import Reading

# Series of the book that belong together, by their codes.
FEWER, NEW_SHARE = "asye_reduction", "SM1"
HOUSEHOLDS = "households_a_worker"
ASSUMED, FAMILIES, NEEDED = "_assumed", "_families", "_workers_needed"
WIDEST = 120
NOT_PRINTED = "Not printed"


@dataclass(frozen=True)
class Team:
    """A team's cases a worker, month by month, beside the aim."""

    anchor: str
    name: str
    words: str
    drawing: Drawing
    illustrative: bool


@dataclass(frozen=True)
class Needed:
    """One row: assumed or aimed at, actual at the year's start and end, workers needed at its end and there.

    Empty is what the row doesn't speak of. ``bars`` are workers needed and there in pixels, where both are known.
    """

    what: str
    assumed: str
    start: str
    end: str
    needed: str
    there: str
    basis: str
    source: str
    bars: tuple[int, int] | None = None


def teams_of(demand: Demand) -> list[Team]:
    """Every indicator of a caseload of which the person may see months."""
    return [_team(demand, code, readings) for code, readings in _caseloads(demand)]


def _caseloads(demand: Demand) -> Iterator[tuple[str, Sequence[Reading]]]:
    """Those whose workers the book counts, and that are a mean."""
    codes = [one.indicator for one in demand.series.values() if one.reading == "denominator"]
    for code in codes:
        readings = [one for one in demand.held.readings.get(code, ()) if one.value is not None]
        if readings and readings[0].unit == "mean":
            yield code, readings


def _team(demand: Demand, code: str, readings: Sequence[Reading]) -> Team:
    aim = demand.held.aim(code)
    last = len(readings) - 1
    points = [
        Point(
            one.month.last_day,
            one.value or Fraction(0),
            one.value_text if place in (0, last) else "",
            one.provenance == "illustrative",
        )
        for place, one in enumerate(readings)
    ]
    level = Level(aim[0], f"Aim {shortest(aim[0])}") if aim else None
    chart = TimeChart(demand.start, demand.year.last, [Panel("Cases a worker", [Strand(points)], level)])
    ends = [f"{one.value_text} in {one.month.label}" for one in (readings[0], readings[-1])]
    words = ", ".join(dict.fromkeys(ends))
    words += f"; the aim is {shortest(aim[0])}" if aim else "; no aim is printed"
    return Team(
        code, readings[0].short_name, words, drawing(chart, SMALLER), any(point.hollow for point in points)
    )


def needed_of(demand: Demand) -> list[Needed]:
    """Children in care as a whole, each team, families of carers, and the newly qualified share."""
    teams = [_row(demand, code, readings) for code, readings in _caseloads(demand)]
    return [*_whole(demand), *teams, *_families(demand), *_new(demand)]


def _whole(demand: Demand) -> Iterator[Needed]:
    """What a budget assumed of children, beside what came."""
    for code, assumed in demand.series.items():
        actual = demand.series.get(code.removesuffix(ASSUMED))
        if code.endswith(ASSUMED) and actual is not None:
            said, found = observed(assumed)[0], observed(actual)
            yield Needed(
                what=actual.name,
                assumed=as_printed(said, assumed.unit),
                start=f"{found[0].printed} ({when(found[0])})",
                end=f"{found[-1].printed} ({when(found[-1])})",
                needed="",
                there="",
                basis=said.note or "Assumed in the budget",
                source="; ".join(dict.fromkeys([source_of(assumed), source_of(actual)])),
            )


def _row(demand: Demand, code: str, readings: Sequence[Reading]) -> Needed:
    """A team's caseload beside its aim, and its workers beside what its children take."""
    first, last = readings[0], readings[-1]
    aim, place = demand.held.aim(code), _place(demand, code)
    children, there = Fraction(last.numerator or 0), Fraction(last.denominator or 0)
    needed = workers_needed(children, aim[0]) if aim else None
    return Needed(
        what=last.short_name,
        assumed=f"{shortest(aim[0])} a worker" if aim else NOT_PRINTED,
        start=first.value_text,
        end=last.value_text,
        needed="Not derived" if needed is None else plain(needed, 1),
        there=shortest(there),
        basis=f"Derived: {plain(children, 0)} cases in {last.month.label} ÷ {shortest(aim[0])}"
        f"{_with_new(demand, children, aim[0])}"
        if aim
        else "No aim is printed",
        source=f"{place}; {aim[1].source_place}" if aim else place,
        bars=None if needed is None else _bars(needed, there),
    )


def _bars(needed: Fraction, there: Fraction) -> tuple[int, int]:
    longest = max(needed, there)
    return int(needed * WIDEST / longest), int(there * WIDEST / longest)


def _with_new(demand: Demand, children: Fraction, aim: Fraction) -> str:
    """What it takes where newly qualified workers hold fewer, as an assumption; empty where a number is missing."""
    series = demand.series.get(FEWER)
    shares = [one.value for one in demand.held.readings.get(NEW_SHARE, ()) if one.value is not None]
    if series is None or not shares:
        return ""
    fewer = observed(series)[0]
    needed = workers_needed_with_new(children, aim, shares[-1] / 100, number_of(fewer.printed) / 100)
    return (
        f"; {plain(needed, 1)} if the {plain(shares[-1], 1)}% who are newly qualified are spread over all teams and "
        f"hold {fewer.printed}% fewer"
    )


def _place(demand: Demand, code: str) -> str:
    """Where an indicator's months are printed."""
    found = [
        one
        for one in demand.held.statistics
        if (one.indicator.code, one.statistic) == (code, "monthly_value")
    ]
    return f"{found[0].source_document}, {found[0].source_place}" if found else "Held with its indicator"


def _families(demand: Demand) -> Iterator[Needed]:
    each = demand.series.get(HOUSEHOLDS)
    if each is None:
        return
    households = observed(each)[0]
    for code, series in demand.series.items():
        needed = demand.series.get(f"{code.removesuffix(FAMILIES)}{NEEDED}")
        if code.endswith(FAMILIES) and needed is not None:
            yield _family(series, needed, each, households.printed)


def _family(series: Series, needed: Series, each: Series, households: str) -> Needed:
    count, printed = observed(series)[0], observed(needed)[0]
    exact = workers_needed(number_of(count.printed), number_of(households))
    return Needed(
        what=series.name,
        assumed=f"{households} a worker",
        start="",
        end=f"{count.printed} ({when(count)})",
        needed=f"{printed.printed} (printed)",
        there=NOT_PRINTED,
        basis=f"{count.printed} ÷ {households} comes to {_exact(exact)}",
        source=source_of(each),
    )


def _exact(number: Fraction) -> str:
    return plain(number, 0 if number.denominator == 1 else 2)


def _new(demand: Demand) -> Iterator[Needed]:
    """The share of workers who are newly qualified, beside what it should be at most."""
    readings = [one for one in demand.held.readings.get(NEW_SHARE, ()) if one.value is not None]
    aim = demand.held.aim(NEW_SHARE)
    if readings and aim:
        yield Needed(
            what=readings[-1].short_name,
            assumed=f"at most {shortest(aim[0])}%",
            start=readings[0].value_text,
            end=readings[-1].value_text,
            needed="",
            there="",
            basis="A newly qualified worker holds fewer cases",
            source=f"{_place(demand, NEW_SHARE)}; {aim[1].source_place}",
        )
