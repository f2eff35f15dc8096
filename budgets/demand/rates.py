"""Rates per 10,000 children, here and elsewhere, as bars: each rate has a scale of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.demand.printed import number_of, observed, source_of, when
from budgets.demand.selectors import Demand
from budgets.models import Series
from core.values.months import Month
from kpis.definitions.models import PublishedStatistic

WIDEST = 200
ELSEWHERE = {"_neighbours": "Statistical neighbours", "_england": "England"}
COMPARATORS = {"statistical_neighbour_average": "Statistical neighbours", "england_average": "England"}
HERE = "Here"


@dataclass(frozen=True)
class RateBar:
    """``width`` in pixels of the widest bar's ``WIDEST``; ``elsewhere``: it is somebody else's."""

    whose: str
    when: str
    printed: str
    width: int
    elsewhere: bool


@dataclass(frozen=True)
class Rate:
    name: str
    bars: Sequence[RateBar]
    sources: Sequence[str]


@dataclass(frozen=True)
class _Number:
    whose: str
    when: str
    printed: str
    source: str

    @property
    def value(self) -> Fraction:
        return number_of(self.printed)


def rates_of(demand: Demand) -> list[Rate]:
    """Every series of rates but percentages, each with those that are compared with it."""
    found = []
    for code, series in demand.series.items():
        if series.topic == Series.Topic.RATES and series.unit != "percent" and not _suffix(code):
            numbers = list(_held(demand, series) if series.indicator else _printed(demand, code, series))
            if numbers:
                sources = list(dict.fromkeys(one.source for one in numbers))
                found.append(Rate(series.name, _bars(numbers), sources))
    return found


def _suffix(code: str) -> str:
    return next((suffix for suffix in ELSEWHERE if code.endswith(suffix)), "")


def _bars(numbers: Sequence[_Number]) -> list[RateBar]:
    largest = max(one.value for one in numbers) or Fraction(1)
    return [
        RateBar(
            one.whose,
            one.when,
            one.printed,
            int(one.value * WIDEST / largest),
            one.whose != HERE,
        )
        for one in numbers
    ]


def _printed(demand: Demand, code: str, series: Series) -> Iterator[_Number]:
    for one in observed(series):
        yield _Number(HERE, when(one), one.printed, source_of(series))
    for suffix, whose in ELSEWHERE.items():
        other = demand.series.get(f"{code}{suffix}")
        for one in observed(other) if other else ():
            yield _Number(whose, when(one), one.printed, source_of(other or series))


def _held(demand: Demand, series: Series) -> Iterator[_Number]:
    """What is printed of an indicator's rate and of those beside it, each once."""
    seen: set[tuple[str, str]] = set()
    statistics = [one for one in demand.held.statistics if one.indicator.code == series.indicator]
    for relation, whose in (("measure", {}), ("comparator", COMPARATORS)):
        for one in statistics:
            name = whose.get(one.statistic, HERE)
            if (
                one.relation == relation
                and one.unit == "rate_per_10000"
                and (name, one.printed_text) not in seen
            ):
                seen.add((name, one.printed_text))
                yield _Number(
                    name, _period(one), one.printed_text, f"{one.source_document}, {one.source_place}"
                )


def _period(one: PublishedStatistic) -> str:
    """The month that is meant, or the year that ended with it for those beside it."""
    end = one.period_end or one.period_start
    if end is None:
        return "no date printed"
    month = Month.of(end)
    return month.label if one.relation == "measure" else month.contract_year.label
