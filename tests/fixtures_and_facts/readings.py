"""How a printed number is read from the months of one indicator, and how a remark is tested."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from .demonstration import YEAR, Row, mean

Series = dict[str, Row]
Reading = Callable[[Series], Fraction]
Remark = Callable[[Series], bool]


def average(months: list[str]) -> Reading:
    return lambda series: mean(series[month].value for month in months)


def month(name: str) -> Reading:
    return lambda series: series[name].value


def count(name: str) -> Reading:
    return lambda series: Fraction(series[name].numerator)


def volume(months: list[str]) -> Reading:
    return lambda series: sum((Fraction(series[month].denominator) for month in months), Fraction(0))


def pooled(months: list[str]) -> Reading:
    return lambda series: (
        100 * sum(Fraction(series[month].numerator) for month in months) / volume(months)(series)
    )


def change(first: str, last: str) -> Reading:
    return lambda series: series[last].value - series[first].value


def short_of(target: int, months: list[str]) -> Reading:
    return lambda series: target - average(months)(series)


def audits_a_month(series: Series) -> Fraction:
    """The mean of the months that carry counts; two months are printed as a percentage alone."""
    counted = [Fraction(row.denominator) for name, row in series.items() if name in YEAR and row.denominator]
    assert len(counted) == 10
    return mean(counted)


def vacancies(series: Series) -> Fraction:
    return mean(Fraction(series[month].numerator) for month in YEAR)


def lowest(*named: str) -> Remark:
    return lambda series: (
        max(series[name].value for name in named)
        < min(series[name].value for name in YEAR if name not in named)
    )


def highest(*named: str) -> Remark:
    return lambda series: (
        min(series[name].value for name in named)
        > max(series[name].value for name in YEAR if name not in named)
    )


def each_higher(months: list[str], series: Series) -> bool:
    values = [series[name].value for name in months]
    return all(later > earlier for earlier, later in pairwise(values))


def unsettled(months: list[str], series: Series) -> bool:
    """Rises and falls take turns at least twice."""
    values = [series[name].value for name in months]
    ups = [later > earlier for earlier, later in pairwise(values)]
    return sum(one != other for one, other in pairwise(ups)) >= 2


def widest(months: list[str], series: Series) -> Fraction:
    values = [series[name].value for name in months]
    return max(values) - min(values)
