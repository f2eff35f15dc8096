"""What a line was to cost and how many children stood behind it: two panels on one axis of time, and their table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from budgets.books.places import line_url
from budgets.demand.drawing import SMALL, Drawing, Level, Panel, Point, Strand, TimeChart, drawing
from budgets.demand.printed import number_of, observed, source_of, when
from budgets.demand.selectors import Demand
from budgets.models import Basis, Entry, Line, Observation, Series
from budgets.rules.money import PENCE, Unit, in_unit, spoken, written
from budgets.rules.tree import Side
from budgets.rules.variance import LIMITS, variance_words
from core.values.months import Month
from core.values.numbers import plain
from core.values.words import day_words
from parties.participants import Participant

# All children in care: the series that is beside what all lines together cost, and beside a basis in children.
ALL_CHILDREN = "children_in_care"


@dataclass(frozen=True)
class TogetherRow:
    """What is known of a day: the forecast or actual of the year as it stood then, or a number of children."""

    day: str
    money: str
    children: str
    source: str
    illustrative: bool = False


@dataclass(frozen=True)
class Together:
    """``over`` is how far the year was from its budget, in words; ``children`` how many there were."""

    code: str
    name: str
    url: str
    over: str
    children: str
    drawing: Drawing
    illustrative: bool
    rows: Sequence[TogetherRow]


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
    children = [one for one in observed(series) if _within(demand, one.ends_on)]
    basis = demand.bases.get(line.pk)
    chart = TimeChart(
        demand.start,
        demand.year.last,
        [
            Panel(
                "What the year was to cost, £ million",
                [Strand([point for point, _ in money])],
                None if budget is None else Level(_millions(budget), f"Budget {_short(budget)}"),
            ),
            _children_panel(series, children, basis),
        ],
    )
    return Together(
        code=line.code,
        name=line.name,
        url="" if line.kind != Line.Kind.LINE else _line_url(participant, demand, line),
        over=_over(budget, actual),
        children=_children_words(series, children, basis),
        drawing=drawing(chart, SMALL),
        illustrative=any(point.hollow for point, _ in money),
        rows=_rows(demand, money, series, children, basis, budget),
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


def _money(demand: Demand, line: Line, actual: int | None) -> Iterator[tuple[Point, str]]:
    """The forecast at each month's end, then what was spent; each with what it rests on."""
    found = dict(_forecasts(demand, line))
    end = demand.year.last
    if actual is not None:
        found.pop(end, None)
    for place, (month, (pence, who, made_up)) in enumerate(sorted(found.items())):
        yield Point(month.last_day, _millions(pence), _short(pence) if not place else "", made_up), who
    if actual is not None:
        yield Point(end.last_day, _millions(actual), _short(actual)), demand.sources


def _forecasts(demand: Demand, line: Line) -> Iterator[tuple[Month, tuple[int, str, bool]]]:
    """By month what it was to come to; what holds lines comes to theirs, in months in which all have said it."""
    lines = _below(demand, line)
    for month in demand.year.months:
        entries = [demand.entries.get(one.pk, {}).get(month) for one in lines]
        known = [entry for entry in entries if entry is not None]
        if known and len(known) == len(entries):
            made_up = any(entry.provenance == Entry.Provenance.ILLUSTRATIVE for entry in known)
            yield month, (sum(entry.forecast for entry in known), f"Forecast: {known[0].entered_as}", made_up)


def _below(demand: Demand, line: Line) -> list[Line]:
    """The lines with amounts of their own below it, or itself."""
    if line.kind == Line.Kind.LINE:
        return [line]
    children = [one for one in demand.amounts.lines if one.parent_id == line.pk]
    return [leaf for one in children for leaf in _below(demand, one)]


def _rows(
    demand: Demand,
    money: Sequence[tuple[Point, str]],
    series: Series,
    children: Sequence[Observation],
    basis: Basis | None,
    budget: int | None,
) -> list[TogetherRow]:
    """The budget and what was assumed, then day by day."""
    rows = []
    if budget is not None:
        rows.append(TogetherRow("Budget", written(budget), "", demand.sources))
    if basis is not None:
        source = f"{basis.document}, {basis.place}"
        rows.append(TogetherRow("Assumed in the budget", "", _assumed_words(basis), source))
    dated = [(one.ends_on, TogetherRow(when(one), "", one.printed, source_of(series))) for one in children]
    dated += [
        (point.day, TogetherRow(day_words(point.day), _pounds(point), "", source, point.hollow))
        for point, source in money
    ]
    return [*rows, *(row for _, row in sorted(dated, key=lambda one: one[0] or date.min))]


def _pounds(point: Point) -> str:
    return written(int(point.value * Unit.MILLIONS.pence))


def _over(budget: int | None, actual: int | None) -> str:
    if budget is None or actual is None:
        return "Its budget or what was spent isn’t printed"
    return variance_words(actual - budget, Side.EXPENDITURE, [LIMITS.red, LIMITS.amber])


def _children_words(series: Series, children: Sequence[Observation], basis: Basis | None) -> str:
    """ "about 720 children assumed, 778 at the start and 901 at the end"."""
    if not children:
        return f"no number of {series.unit} printed"
    words = f"{children[0].printed} {series.unit} at the start, {children[-1].printed} at the end"
    most = max(children, key=lambda one: number_of(one.printed)).printed
    if most not in (children[0].printed, children[-1].printed):
        words += f", {most} at the most"
    return f"{_assumed_words(basis)} assumed, {words}" if basis is not None else words


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
    )
