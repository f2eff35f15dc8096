"""Where children live, quarter by quarter: one line for each kind of placement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.demand.drawing import NARROW, WIDE, Drawing, Panel, Point, Strand, TimeChart, drawing
from budgets.demand.printed import number_of, observed
from budgets.demand.selectors import Demand
from budgets.models import Series


@dataclass(frozen=True)
class Placements:
    """``title`` says which kind moved most."""

    title: str
    drawings: Sequence[tuple[str, Drawing]]


def placements_of(demand: Demand) -> Placements | None:
    """None where no kind of placement is counted by quarter."""
    kinds = [
        one
        for one in demand.series.values()
        if one.topic == Series.Topic.PLACEMENTS and len(observed(one)) > 1
    ]
    if not kinds:
        return None
    moved = max(kinds, key=_change)
    panel = Panel(
        f"{kinds[0].unit.capitalize()} at the end of a quarter", [_strand(one, moved) for one in kinds]
    )
    chart = TimeChart(demand.start, demand.year.last, [panel])
    return Placements(_title(moved), [("wide", drawing(chart, WIDE)), ("narrow", drawing(chart, NARROW))])


def _strand(series: Series, moved: Series) -> Strand:
    observations = [one for one in observed(series) if one.ends_on]
    strong = series == moved
    return Strand(
        [
            Point(one.ends_on, number_of(one.printed), one.printed if strong else "")
            for one in observations
            if one.ends_on
        ],
        name=f"{observations[-1].printed} {series.name}",
        strong=strong,
    )


def _change(series: Series) -> int:
    numbers = [number_of(one.printed) for one in observed(series)]
    return int(abs(numbers[-1] - numbers[0]))


def _title(series: Series) -> str:
    """ "Foster placements, external: 227 children at the start, 293 at the end, 317 at the most"."""
    printed = [one.printed for one in observed(series)]
    most = max(printed, key=number_of)
    peak = f", {most} at the most" if most not in (printed[0], printed[-1]) else ""
    return f"{series.name}: {printed[0]} {series.unit} at the start, {printed[-1]} at the end{peak}"
