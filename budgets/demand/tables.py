"""The numbered tables of the document, each rebuilt from where its numbers are held.

A table is known by its number in the place of what is printed in it. What is divided out of two rows is printed too,
and stands beside what the rows come to: where they are apart by more than rounding, the cell says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.demand.printed import observed, source_of, when
from budgets.demand.selectors import Demand
from budgets.models import Line, Series
from budgets.rules.money import Unit, in_unit
from budgets.rules.staffing import printed_otherwise
from core.values.months import Month
from core.values.numbers import plain, shortest
from kpis.definitions.models import PublishedStatistic
from kpis.engine.readings import Reading

AT = re.compile(r"Table (\d+)$")
TITLES = {
    1: "Children with a plan and in care, beside others",
    7: "Where children in care live, by quarter",
    8: "What placements cost",
    9: "Children in homes or living on their own, by quarter",
}
# Whose a number of a comparison is: by how the code of its series ends, and by its statistic.
WHOSE = {
    "Here": "sandwell_rate",
    "neighbours": "statistical_neighbour_average",
    "England": "england_average",
}
NAMES = {"neighbours": "Statistical neighbours"}
MONTHLY = "monthly_value"


@dataclass(frozen=True)
class Cell:
    """``apart``: what is printed isn't what its row comes to."""

    text: str
    apart: bool = False


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Cell]
    derived: bool = False


@dataclass(frozen=True)
class PrintedTable:
    number: int
    title: str
    unit: str
    columns: Sequence[str]
    rows: Sequence[Row]
    source: str
    notes: Sequence[str] = ()

    @property
    def apart(self) -> int:
        """In how many cells what is printed isn't what its row comes to."""
        return sum(cell.apart for row in self.rows if not row.derived for cell in row.cells)


def printed_tables(demand: Demand) -> list[PrintedTable]:
    """In the order of their numbers; of those that indicators hold, what the person may see."""
    found = [*_monthly(demand), *_observed(demand), *_compared(demand), *_costs(demand)]
    return sorted(found, key=lambda table: table.number)


def number_at(place: str) -> int | None:
    """The number of the table at the end of a place."""
    found = AT.search(place)
    return int(found[1]) if found else None


def tables_of(series: Series) -> set[int]:
    """The numbers of the tables in which it is printed."""
    places = [series.place, *(place for _, place in series.also)]
    return {number for place in places if (number := number_at(place))}


def _notes(demand: Demand, number: int) -> list[str]:
    """What is remarked of a table, of its book and of its indicators."""
    own = [note["words"] for note in demand.book.about["notes"] if number_at(note["place"]) == number]
    return [*own, *(note.words for note in demand.held.notes if number_at(note.source_place) == number)]


def _observed(demand: Demand) -> Iterable[PrintedTable]:
    """Series that are printed over the same times, one below the other."""
    many = [one for one in demand.series.values() if len(observed(one)) > 1]
    for number in sorted({number for one in many for number in tables_of(one)}):
        rows = [one for one in many if number in tables_of(one)]
        yield PrintedTable(
            number,
            TITLES.get(number, f"Table {number}"),
            rows[0].unit,
            [when(one) for one in observed(rows[0])],
            [Row(one.name, [Cell(value.printed) for value in observed(one)]) for one in rows],
            f"{rows[0].document}, Section (b), Table {number}",
            _notes(demand, number),
        )


def _compared(demand: Demand) -> Iterable[PrintedTable]:
    """Table 1: a rate here, of statistical neighbours and of England, of which an indicator may hold all three."""
    statistics = [one for one in demand.held.statistics if number_at(one.source_place) == 1]
    own = [one for one in demand.series.values() if 1 in tables_of(one)]
    if not own:
        return
    here = observed(own[0])[0]
    times = {"Here": when(here)} | {_whose(one): when(observed(one)[0]) for one in own[1:]}
    rows = [Row(own[0].name, [Cell(observed(one)[0].printed) for one in own])]
    for code in dict.fromkeys(one.indicator.code for one in statistics):
        printed = {one.statistic: one.printed_text for one in statistics if one.indicator.code == code}
        name = next(
            one.name for one in demand.series.values() if (one.indicator, one.reading) == (code, "value")
        )
        rows.append(Row(name, [Cell(printed.get(statistic, "")) for statistic in WHOSE.values()]))
    columns = [f"{NAMES.get(whose, whose)}, {time}" for whose, time in times.items()]
    yield PrintedTable(1, TITLES[1], own[0].unit, columns, rows, source_of(own[0]), _notes(demand, 1))


def _whose(series: Series) -> str:
    return "neighbours" if series.code.endswith("_neighbours") else "England"


def _monthly(demand: Demand) -> Iterable[PrintedTable]:
    """What an indicator divides month by month: its two numbers, what is printed of them, and what they come to."""
    printed: dict[str, list[PublishedStatistic]] = {}
    for one in demand.held.statistics:
        if one.statistic == MONTHLY and number_at(one.source_place) and one.period_start:
            printed.setdefault(one.indicator.code, []).append(one)
    names = {(one.indicator, one.reading): one.name for one in demand.series.values()}
    for code, statistics in printed.items():
        indicator = statistics[0].indicator
        months = [Month.of(one.period_start) for one in statistics if one.period_start]
        readings = {one.month: one for one in demand.held.readings.get(code, ())}
        known = [readings.get(month) for month in months]
        number = number_at(statistics[0].source_place) or 0
        yield PrintedTable(
            number,
            indicator.short_name,
            indicator.unit_words,
            [month.short for month in months],
            [
                Row(names.get((code, "numerator"), "Numerator"), [_count(one, "numerator") for one in known]),
                Row(
                    names.get((code, "denominator"), "Denominator"),
                    [_count(one, "denominator") for one in known],
                ),
                Row("Printed", [_beside(one, of) for one, of in zip(statistics, known, strict=True)]),
                Row("Comes to", [_exact(one) for one in known], derived=True),
            ],
            f"{statistics[0].source_document}, {statistics[0].source_place}",
            _notes(demand, number),
        )


def _count(reading: Reading | None, part: str) -> Cell:
    number = getattr(reading, part) if reading else None
    return Cell("Not known" if number is None else shortest(number))


def _beside(printed: PublishedStatistic, reading: Reading | None) -> Cell:
    text = printed.printed_text
    if reading is None or reading.value is None or printed.value is None:
        return Cell(text)
    places = len(text.strip("%").partition(".")[2])
    return Cell(text, printed_otherwise(Fraction(printed.value), places, reading.value))


def _exact(reading: Reading | None) -> Cell:
    if reading is None or reading.value is None:
        return Cell("Not known")
    percent = "%" if reading.unit == "percent" else ""
    return Cell(f"{plain(reading.value, reading.decimals)}{percent}")


def _costs(demand: Demand) -> Iterable[PrintedTable]:
    """Table 8: what each line had and spent; the document takes what was spent from the budget."""
    number = number_at(demand.book.place)
    if number is None:
        return
    lines = [line for line in demand.amounts.lines if line.kind == Line.Kind.LINE]
    whole = [line for line in demand.amounts.lines if line.parent_id is None and line.kind != Line.Kind.LINE]
    rows = [_cost_row(demand, line) for line in (*lines, *whole)]
    columns = ["Budget", "Actual", "Budget less actual"]
    notes = _notes(demand, number)
    yield PrintedTable(number, TITLES[8], "£", columns, rows, demand.sources, notes)


def _cost_row(demand: Demand, line: Line) -> Row:
    budget, actual = demand.pence("budget", line), demand.pence("actual", line)
    left = None if actual is None else (budget or 0) - actual
    return Row(line.name, [Cell(_pounds(pence)) for pence in (budget, actual, left)])


def _pounds(pence: int | None) -> str:
    return "" if pence is None else plain(in_unit(pence, Unit.POUNDS), 2 if pence % 100 else 0)
