"""What of a line's variance is number and what is price: only where a basis stands, with its order, basis and range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.models import Basis, Line, Series
from budgets.rules.money import signed, written
from budgets.rules.unit_costs import mean_number
from budgets.rules.volume_price import Basis as Assumed
from budgets.rules.volume_price import Parts, over_the_range, split_variance
from budgets.rules.written_money import count_printed
from core.values.months import ContractYear
from core.values.numbers import plain, rounded, shortest


@dataclass(frozen=True)
class Counted:
    """How many there were on average over a year, exact, and what that rests on."""

    mean: Fraction
    words: str
    source: str


@dataclass(frozen=True)
class SplitRow:
    order: str
    volume: str
    price: str
    outside: str
    total: str


@dataclass(frozen=True)
class BasisShown:
    """``lacks`` says why nothing is split; empty where ``rows`` are there. ``over_range`` is the split at its ends."""

    words: str
    source: str
    entered: str
    lacks: str
    counted: str
    counted_source: str
    rows: Sequence[SplitRow]
    alike: bool  # the orders differ by less than a tenth, and the first alone is shown
    over_range: Sequence[SplitRow]


@dataclass(frozen=True)
class Money:
    """A line's year in pence."""

    budget: int | None
    spent: int | None


def counted_in(line: Line, series: Mapping[str, Series], year: ContractYear) -> Counted | None:
    """By the one series that fairly matches the line: the mean of four quarters' ends; None where one is missing."""
    for link in line.drivers:
        codes = link["series"]
        if link["confidence"] != "fair" or len(codes) != 1 or codes[0] not in series:
            continue
        found = series[codes[0]]
        by_day = {one.ends_on: one.printed for one in found.observations.all() if one.ends_on}
        printed = [by_day.get(quarter.last.last_day) for quarter in year.quarters]
        mean = mean_number([None if text is None else count_printed(text) for text in printed])
        if mean is not None:
            words = f"{_number(mean)} on average, of {', '.join(filter(None, printed))} at the quarters’ ends"
            return Counted(mean, words, f"{found.document}, {found.place}")
    return None


def basis_shown(basis: Basis | None, money: Money, counted: Counted | None) -> BasisShown | None:
    """None where no basis stands."""
    if basis is None:
        return None
    lacks = _lacks(basis, money, counted)
    rows, over_range = _split(basis, money, counted)
    return BasisShown(
        words=_basis_words(basis),
        source=f"{basis.document}, {basis.place}",
        entered=basis.entered_as,
        lacks=lacks,
        counted=counted.words if counted else "",
        counted_source=counted.source if counted else "",
        rows=rows,
        alike=len(rows) == 1,
        over_range=over_range,
    )


def _lacks(basis: Basis, money: Money, counted: Counted | None) -> str:
    if basis.assumed is None or basis.unit_cost is None:
        missing = "number" if basis.assumed is None else "unit cost"
        return f"The basis has no {missing}, so no variance is split by it."
    if money.budget is None or money.spent is None:
        return "Without a budget and an amount there is no variance to split."
    if counted is None:
        return "How many there were isn’t printed for each quarter, so no variance is split."
    return ""


def _split(basis: Basis, money: Money, counted: Counted | None) -> tuple[list[SplitRow], list[SplitRow]]:
    """Both orders where they differ by a tenth or more, else the first; and the first at both ends of the range.

    Neither where something lacks.
    """
    if basis.assumed is None or basis.unit_cost is None or counted is None:
        return [], []
    if money.budget is None or money.spent is None:
        return [], []
    assumed = Assumed(Fraction(basis.assumed, 100), basis.unit_cost, basis.lowest, basis.highest)
    found = split_variance(money.budget, money.spent, counted.mean, assumed)
    rows = [_row(found.volume_first)]
    if found.differ_much and found.price_first:
        rows.append(_row(found.price_first))
    over_range = [
        _row(one.volume_first, f"at {written(cost)} each")
        for cost, one in zip(
            (cost for cost in (basis.lowest, basis.highest) if cost is not None),
            over_the_range(money.budget, money.spent, counted.mean, assumed),
            strict=True,
        )
    ]
    return rows, over_range


def _row(parts: Parts, order: str = "") -> SplitRow:
    return SplitRow(
        (order or parts.order.value).capitalize(),
        signed(parts.volume),
        signed(parts.price),
        signed(parts.outside),
        signed(parts.total),
    )


def _basis_words(basis: Basis) -> str:
    """ "about 720: Children in care"; "220 at £37,410 each, £35,000 to £40,000"."""
    parts = []
    if basis.assumed is not None:
        parts.append(f"{basis.qualifier} {_number(Fraction(basis.assumed, 100))}".strip())
    if basis.unit_cost is not None:
        parts.append(f"at {written(basis.unit_cost)} each")
    words = " ".join(parts)
    ends = [written(cost) for cost in (basis.lowest, basis.highest) if cost is not None]
    if ends:
        words += f" (range {' to '.join(ends)})" if len(ends) == 2 else f" ({_end(basis)} {ends[0]})"
    return f"{words}: {basis.words}"


def _end(basis: Basis) -> str:
    return "at the least" if basis.lowest is not None else "at the most"


def _number(number: Fraction) -> str:
    """Two decimals at the most, without idle zeros."""
    return shortest(rounded(number, 2)) if number * 100 % 1 == 0 else plain(number, 2)
