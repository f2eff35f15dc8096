"""What a line was to cost and how many children stood behind it: two panels on one axis of time, and their table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from budgets.books.places import line_url
from budgets.demand.drawing import SMALL, Drawing, Level, Panel, Point, Strand, TimeChart, drawing
from budgets.demand.printed import number_of, observed, source_of
from budgets.demand.selectors import Demand
from budgets.limits.selectors import limits_of
from budgets.models import Basis, Entry, Line, Observation, Series
from budgets.rules.money import PENCE, Unit, in_unit, spoken, written
from budgets.rules.tree import Side
from budgets.rules.variance import came_word, variance_words
from core.values.months import Month
from core.values.numbers import plain
from core.values.words import day_words
from parties.participants import Participant

# All children in care: the series that is beside what all lines together cost, and beside a basis in children.
ALL_CHILDREN = "children_in_care"


@dataclass(frozen=True)
class TogetherRow:
    """What is known of a day: the forecast or actual of the year as it stood then, and how many children there were."""

    day: str
    money: str
    children: str
    illustrative: bool = False


@dataclass(frozen=True)
class Together:
    """``over`` is how far the year was from its budget, in words; ``children`` how many there were.

    ``partial`` says of which lines a sum is, where some have none; ``money`` what the first panel shows.
    """

    code: str
    name: str
    url: str
    over: str
    partial: str
    children: str
    money: str
    drawing: Drawing
    illustrative: bool
    rows: Sequence[TogetherRow]
    sources: Sequence[str]


def together_of(participant: Participant, demand: Demand) -> list[Together]:
    """The whole first, then each line whose children are counted, the dearest first."""
    lines = [(line, demand.series[code]) for line, code in _matched(demand)]
    lines.sort(key=lambda one: -(demand.pence("actual", one[0]) or 0))
    return [_together(participant, demand, line, series) for line, series in [*_whole(demand), *lines]]


def _whole(demand: Demand) -> Iterator[tuple[Line, Series]]:
    """What adds up all lines, where a basis in children is printed for it."""
    for line in demand.amounts.lines:
        if line.pk in demand.bases and line.kind != Line.Kind.LINE and ALL_CHILDREN in demand.series:
            yield line, demand.series[ALL_CHILDREN]


def _matched(demand: Demand) -> Iterator[tuple[Line, str]]:
    """Lines with the one series whose match with them is fair."""
    for line in demand.amounts.lines:
        for link in line.drivers:
            if (
                link["confidence"] == "fair"
                and len(link["series"]) == 1
                and link["series"][0] in demand.series
            ):
                yield line, link["series"][0]


def _together(participant: Participant, demand: Demand, line: Line, series: Series) -> Together:
    budget, actual = demand.pence("budget", line), demand.pence("actual", line)
    money = list(_money(demand, line, actual))
    takes_in = line.tree_side is Side.INCOME
    children = [one for one in observed(series) if _within(demand, one.ends_on)]
    basis = demand.bases.get(line.pk)
    chart = TimeChart(
        demand.start,
        demand.year.last,
        [
            Panel(
                f"What the year was to {'bring' if takes_in else 'cost'}, £ million",
                [Strand(money)],
                None if budget is None else Level(_millions(budget), f"Budget {_short(budget)}"),
            ),
            _children_panel(series, children, basis),
        ],
    )
    return Together(
        code=line.code,
        name=line.name,
        url="" if line.kind != Line.Kind.LINE else _line_url(participant, demand, line),
        over=_over(budget, actual, line.tree_side, limits_of(participant.contract).amounts),
        partial=_partial(demand, line),
        children=_children_words(series, children, basis),
        money=f"The year’s {'income' if takes_in else 'cost'}",
        drawing=drawing(chart, SMALL),
        illustrative=any(point.hollow for point in money),
        rows=_rows(money, children, basis, budget),
        sources=_sources(demand, money, series, basis),
    )


def _line_url(participant: Participant, demand: Demand, line: Line) -> str:
    return f"{line_url(participant, demand.book, line)}?year={demand.year.start}"


def _children_panel(series: Series, children: Sequence[Observation], basis: Basis | None) -> Panel:
    points = [
        Point(one.ends_on, number_of(one.printed), one.printed) for one in children if one.ends_on is not None
    ]
    # Between the two ends of a year nothing is printed; from quarter to quarter the next number is the next one known.
    strand = Strand(points, joined=len(points) > 2)
    level = None
    if basis is not None and basis.assumed is not None:
        level = Level(_assumed(basis), f"Assumed {_assumed_words(basis)}")
    return Panel(series.unit.capitalize(), [strand], level)


def _assumed(basis: Basis) -> Fraction:
    return Fraction(basis.assumed or 0, PENCE)


def _assumed_words(basis: Basis) -> str:
    number = _assumed(basis)
    return f"{basis.qualifier} {plain(number, 0 if number.denominator == 1 else 2)}".strip()


def _within(demand: Demand, day: date | None) -> bool:
    return day is not None and demand.start.last_day <= day <= demand.year.last.last_day


def _money(demand: Demand, line: Line, actual: int | None) -> Iterator[Point]:
    """The forecast at each month's end, then what was spent."""
    end = demand.year.last
    forecasts = [one for one in _forecasts(demand, line) if actual is None or one[0] != end]
    for place, (month, pence, made_up) in enumerate(forecasts):
        yield Point(month.last_day, _millions(pence), "" if place else _short(pence), made_up)
    if actual is not None:
        yield Point(end.last_day, _millions(actual), _short(actual))


def _forecasts(demand: Demand, line: Line) -> Iterator[tuple[Month, int, bool]]:
    """By month what it was to come to, and whether that is illustrative; what holds lines comes to theirs, in months in
    which all have said it, as its sums are: of its own side, else expenditure less income.
    """
    lines = [one for one in _below(demand, line) if line.side in ("", one.side)]
    for month in demand.year.months:
        entries = [demand.entries.get(one.pk, {}).get(month) for one in lines]
        known = [entry for entry in entries if entry is not None]
        if known and len(known) == len(entries):
            made_up = any(entry.provenance == Entry.Provenance.ILLUSTRATIVE for entry in known)
            signs = [-1 if one.tree_side is not line.tree_side else 1 for one in lines]
            pence = sum(sign * entry.forecast for sign, entry in zip(signs, known, strict=True))
            yield month, pence, made_up


def _below(demand: Demand, line: Line) -> list[Line]:
    """The lines with amounts of their own below it, or itself."""
    if line.kind == Line.Kind.LINE:
        return [line]
    children = [one for one in demand.amounts.lines if one.parent_id == line.pk]
    return [leaf for one in children for leaf in _below(demand, one)]


def _rows(
    money: Sequence[Point], children: Sequence[Observation], basis: Basis | None, budget: int | None
) -> list[TogetherRow]:
    """The budget with what it assumed, then day by day."""
    rows = []
    if budget is not None:
        assumed = f"{_assumed_words(basis)} assumed" if basis else ""
        rows.append(TogetherRow("Budget", written(budget), assumed))
    counted = {one.ends_on: one.printed for one in children if one.ends_on}
    cost = {point.day: point for point in money}
    for day in sorted({*counted, *cost}):
        point = cost.get(day)
        made_up = point is not None and point.hollow
        rows.append(TogetherRow(day_words(day), _pounds(point), counted.get(day, ""), made_up))
    return rows


def _sources(demand: Demand, money: Sequence[Point], series: Series, basis: Basis | None) -> list[str]:
    found = [f"Budget and what was spent: {demand.sources}", f"Children: {source_of(series)}"]
    if any(one.starts_on != one.ends_on for one in observed(series)):
        found[1] += "; a quarter is taken as it stood at its end"
    if basis:
        found.append(f"Assumed: {basis.document}, {basis.place}")
    if len(money) > 1:
        found.append("Forecasts: the months of its book")
    return found


def _pounds(point: Point | None) -> str:
    return "" if point is None else written(int(point.value * Unit.MILLIONS.pence))


def _over(budget: int | None, actual: int | None, side: Side, limits: Sequence[int]) -> str:
    if budget is None or actual is None:
        return f"Its budget or what was {came_word(side)} isn’t printed"
    return variance_words(actual - budget, side, limits)


def _partial(demand: Demand, line: Line) -> str:
    """ "Budgeted are 5 of 6 lines"."""
    found = {
        "Budgeted are": demand.amounts.partial("budget", demand.year.start, line),
        f"What was {came_word(line.tree_side)} is known of": demand.amounts.partial(
            "actual", demand.year.start, line
        ),
    }
    return ". ".join(f"{words} {lines}" for words, lines in found.items() if lines)


def _children_words(series: Series, children: Sequence[Observation], basis: Basis | None) -> str:
    """ "about 720 children assumed, 778 at the start, 901 at the end"."""
    if not children:
        return f"no number of {series.unit} printed"
    numbers = [one.printed for one in children]
    most = max(numbers, key=number_of)
    told = [f"{numbers[0]} {'' if basis else f'{series.unit} '}at the start", f"{numbers[-1]} at the end"]
    if basis:
        told.insert(0, f"{_assumed_words(basis)} {series.unit} assumed")
    if most not in (numbers[0], numbers[-1]):
        told.append(f"{most} at the most")
    return ", ".join(told)


def _millions(pence: int) -> Fraction:
    return Fraction(in_unit(pence, Unit.MILLIONS))


def _short(pence: int) -> str:
    return written(pence, Unit.MILLIONS, 2)


def lede_of(demand: Demand, whole: Together | None) -> str:
    """What the money rested on and what came, in two sentences."""
    actual = next(
        (demand.pence("actual", line) for line in demand.amounts.lines if line.parent_id is None), None
    )
    if whole is None or actual is None:
        return f"What the budget of {demand.year} rested on, and what came."
    return (
        f"{whole.name} in {demand.year}: {whole.over}, {spoken(actual)} spent. {whole.children.capitalize()}."
        f"{f' {whole.partial}.' if whole.partial else ''}"
    )
