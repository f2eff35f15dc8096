"""Variances of lines as bars: what takes more than its budget lies right of nil, what takes less lies left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.charts.bars import FAR_OVER, OVER, UNDER, WITHIN, BarRow, BarsChart, BarsPicture, bars_picture
from budgets.rules.money import spoken
from budgets.rules.variance import Limits, Status, Variance, status_of, variance_words
from core.values.numbers import count_words

# A book of thousands of lines has its largest drawn, and all of them in its table.
MOST = 24


@dataclass(frozen=True)
class Against:
    """A line against its budget; without a budget or an amount there is no variance, and no bar."""

    name: str
    variance: Variance | None
    look: tuple[str, str, str]  # of its status: shape, letter, word


def variance_bars(
    lines: Sequence[Against], spent: str, limits: Limits, most: int = MOST
) -> BarsPicture | None:
    """The largest variances, the dearest first; None where no line has one.

    ``spent`` says what is held against the budgets: "spent in 2018/19", "forecast for 2019/20".
    """
    known = [(line, line.variance) for line in lines if line.variance is not None]
    if not known:
        return None
    by_size = sorted(known, key=lambda pair: -abs(pair[1].costs))
    drawn = sorted(by_size[:most], key=lambda pair: -pair[1].costs)
    rows = [
        BarRow(
            name=line.name,
            start=0,
            end=variance.costs,
            kind=_kind(variance, limits),
            words=variance_words(variance.pence, variance.side, [limits.red, limits.amber]),
            look=line.look,
        )
        for line, variance in drawn
    ]
    rows += [
        BarRow(line.name, None, None, WITHIN, line.look[2], line.look) for line in lines if not line.variance
    ][: most - len(rows)]
    return bars_picture(
        BarsChart(
            title=_title([variance for _, variance in known], len(lines) - len(known), spent),
            description=_description(len(lines), len(rows), spent),
            rows=rows,
            sides=("Under", "Over"),
        )
    )


def _kind(variance: Variance, limits: Limits) -> str:
    status = status_of(variance, limits)
    if status in (Status.RED, Status.AMBER):
        return FAR_OVER if status is Status.RED else OVER
    return UNDER if variance.costs < 0 else WITHIN


def _title(variances: Sequence[Variance], without: int, spent: str) -> str:
    """ "4 lines over by £6.08 million, 2 under by £0.2 million, 1 without a variance: forecast for 2019/20"."""
    over = [one.costs for one in variances if one.costs > 0]
    under = [-one.costs for one in variances if one.costs < 0]
    parts = [
        f"{count_words(len(side), 'line') if first else len(side)} {word} by {spoken(sum(side))}"
        for first, word, side in ((True, "over", over), (not over, "under", under))
        if side
    ]
    parts = parts or ["Every line on its budget"]
    if without:
        parts.append(f"{without} without a variance")
    return f"{', '.join(parts)}: {spent}"


def _description(lines: int, drawn: int, spent: str) -> str:
    words = f"What was {spent}, line by line, against its budget."
    if drawn < lines:
        words += f" The {drawn} largest of {count_words(lines, 'line')} are drawn."
    return f"{words} The table holds the same numbers."
