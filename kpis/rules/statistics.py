"""Printed statistics against the same statistics computed from the months.

A document prints an average, a high, a low or a change; here it is computed again from the months' unrounded
values and held against the printed number, to the precision in which it is printed. What can't be computed says
why: no period is printed, or a month that it needs is not reported.

How a printed statistic is read is chosen, because the documents describe none of it:

- one month: the value of that month; a high or a low must also be the highest or lowest of its contract year;
- several months: the mean of the months, which is how the printed averages come out;
- "above" and "under" so much over several months: every month; "below" so much at times: at least one month;
- a change: last month less first; over a quarter also less the month before it, and the nearer of both counts;
- a gap to the target: by how far the mean falls short of the target;
- a number called approximate may be off by one unit of its last printed decimal, any other by half a unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.values.months import Month
from core.values.numbers import count_words, plain
from kpis.rules.published import differs

AGREES = "agrees"
DIFFERS = "differs"
# A printed high or low that is the value of its month, while another month of the year goes beyond it.
NOT_EXTREME = "not_extreme"
NOT_COMPUTED = "not_computed"

MEASURE, COUNT, CHANGE, GAP = "measure", "measure_count", "change", "gap_to_target"
COMPARED = frozenset({MEASURE, COUNT, CHANGE, GAP})
ROUGHLY = frozenset({"approximately", "around", "about"})
MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Statistic:
    """One printed number. `places` are its printed decimals; without a period `start` and `end` are None."""

    name: str
    relation: str
    start: Month | None
    end: Month | None
    printed: Decimal | None
    places: int
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, the unrounded number computed (None where there is none), and in words how or why not."""

    verdict: str
    computed: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class Series:
    """The months of one indicator: values and numerators, None where not reported, and the target by month.

    `decimals` are those with which the indicator itself is shown.
    """

    values: Mapping[Month, Fraction | None]
    counts: Mapping[Month, Fraction | None]
    targets: Mapping[Month, Decimal | None]
    higher_is_better: bool
    decimals: int = 0


class _Unknown(Exception):
    """The statistic can't be computed; the message says why."""


def compare(statistic: Statistic, series: Series) -> Comparison:
    """The printed number beside the computed one. KeyError for a relation that is not in COMPARED."""
    ways = {MEASURE: _measure, COUNT: _count, CHANGE: _change, GAP: _gap}
    way = ways[statistic.relation]
    try:
        if statistic.printed is None:
            raise _Unknown("No number is printed.")
        if statistic.end is None:
            raise _Unknown("The period is not printed.")
        return way(statistic, series)
    except _Unknown as reason:
        return Comparison(NOT_COMPUTED, None, str(reason))


def agrees(printed: Decimal, places: int, computed: Fraction, *, roughly: bool = False) -> bool:
    """Whether the computed number is printed like this: within half a unit of the last decimal, or one unit."""
    if roughly:
        return abs(Fraction(printed) - computed) <= Fraction(1, 10**places)
    return not differs(printed, places, computed)


def mean_of(values: Sequence[Fraction]) -> Fraction:
    """The unrounded mean of the months' values, for any period. ValueError for no values."""
    if not values:
        raise ValueError("There is no mean of no values.")
    return sum(values, Fraction(0)) / len(values)


def _measure(statistic: Statistic, series: Series) -> Comparison:
    months = _months(statistic)
    if len(months) == 1:
        return _one_month(statistic, months[0], series)
    values = _known(series.values, months)
    if statistic.qualifier in ("above", "over", "under", "below"):
        return _side(statistic, values)
    return _verdict(statistic, mean_of(values), f"mean of the {_span(months)}")


def _one_month(statistic: Statistic, month: Month, series: Series) -> Comparison:
    found = _verdict(statistic, _known(series.values, [month])[0], month.label)
    for ending, sign, word in (
        ("highest_month", 1, "higher"),
        ("lowest_month", -1, "lower"),
        ("_low", -1, "lower"),
    ):
        if statistic.name.endswith(ending) and found.computed is not None:
            beyond = _beyond(month, sign, series)
            if beyond is not None:
                value = series.values[beyond]
                assert value is not None
                further = f"{beyond.label} is {word}: {plain(value, max(statistic.places, series.decimals))}"
                if found.verdict == AGREES:
                    return Comparison(NOT_EXTREME, found.computed, f"agrees in value; {further}")
                return Comparison(DIFFERS, found.computed, f"{month.label}, but {further}")
    return found


def _beyond(month: Month, sign: int, series: Series) -> Month | None:
    """The month of the same contract year that lies furthest beyond this one; None where none does."""
    known = [(candidate, series.values.get(candidate)) for candidate in month.contract_year.months]
    ranked = [(sign * value, candidate) for candidate, value in known if value is not None]
    most, furthest = max(ranked, key=lambda pair: pair[0])
    own = series.values[month]
    assert own is not None
    return furthest if most > sign * own else None


def _side(statistic: Statistic, values: Sequence[Fraction]) -> Comparison:
    assert statistic.printed is not None
    limit = Fraction(statistic.printed)
    if statistic.qualifier in ("above", "over"):
        least = min(values)
        return Comparison(AGREES if least > limit else DIFFERS, least, "lowest of these months")
    if statistic.qualifier == "under":
        most = max(values)
        return Comparison(AGREES if most < limit else DIFFERS, most, "highest of these months")
    below = sum(1 for value in values if value < limit)
    words = f"lowest of these months; {count_words(below, 'month')} of {len(values)} below"
    return Comparison(AGREES if below else DIFFERS, min(values), words)


def _count(statistic: Statistic, series: Series) -> Comparison:
    months = _months(statistic)
    counts = _known(series.counts, months)
    if len(months) == 1:
        return _verdict(statistic, counts[0], f"count of {months[0].label}")
    return _verdict(statistic, mean_of(counts), f"mean count of the {_span(months)}")


def _change(statistic: Statistic, series: Series) -> Comparison:
    months = _months(statistic)
    if len(months) == 1:
        raise _Unknown("The start of the period is not printed.")
    found = _between(statistic, months[0], months[-1], series)
    before = months[0].previous()
    if (
        found.verdict == DIFFERS
        and len(months) == MONTHS_OF_A_QUARTER
        and series.values.get(before) is not None
    ):
        from_before = _between(statistic, before, months[-1], series)
        return min(found, from_before, key=lambda comparison: _distance(statistic, comparison))
    return found


def _between(statistic: Statistic, first: Month, last: Month, series: Series) -> Comparison:
    """The size of a change is printed without its sign, so the size is compared."""
    begin, end = _known(series.values, [first, last])
    return _verdict(statistic, abs(end - begin), f"{first.label} to {last.label}")


def _distance(statistic: Statistic, comparison: Comparison) -> Fraction:
    assert statistic.printed is not None
    assert comparison.computed is not None
    return abs(Fraction(statistic.printed) - comparison.computed)


def _gap(statistic: Statistic, series: Series) -> Comparison:
    months = _months(statistic)
    target = series.targets.get(months[-1])
    if target is None:
        raise _Unknown(f"No target is in force in {months[-1].label}.")
    short = Fraction(target) - mean_of(_known(series.values, months))
    return _verdict(
        statistic,
        short if series.higher_is_better else -short,
        f"target less the mean of the {_span(months)}",
    )


def _verdict(statistic: Statistic, computed: Fraction, words: str) -> Comparison:
    assert statistic.printed is not None
    fits = agrees(statistic.printed, statistic.places, computed, roughly=statistic.qualifier in ROUGHLY)
    return Comparison(AGREES if fits else DIFFERS, computed, words)


def _months(statistic: Statistic) -> list[Month]:
    assert statistic.end is not None
    return Month.range(statistic.start or statistic.end, statistic.end)


def _known(numbers: Mapping[Month, Fraction | None], months: Sequence[Month]) -> list[Fraction]:
    """The numbers of the months; _Unknown names the months that have none."""
    found = [numbers.get(month) for month in months]
    missing = [month.label for month, number in zip(months, found, strict=True) if number is None]
    if len(missing) > 1 and len(missing) == len(months):
        raise _Unknown("None of these months is reported here.")
    if missing:
        raise _Unknown(f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not reported here.")
    return [number for number in found if number is not None]


def _span(months: Sequence[Month]) -> str:
    return f"{len(months)} months {months[0].label} to {months[-1].label}"
