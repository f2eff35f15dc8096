"""A book's year as pictures: what is over and under, and the way from the budget to the outturn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.book_page.outcomes import Outcome, YearOutcome
from budgets.books.places import line_url
from budgets.charts.bars import BarsPicture
from budgets.charts.variances import Against, variance_bars
from budgets.charts.waterfall import Ends, Mover, waterfall
from budgets.limits.selectors import LimitsWithSource, limits_of
from budgets.models import Book
from budgets.months.looks import LOOKS
from budgets.rules.money import spoken, written
from budgets.rules.variance import percent_words, status_of, variance_words
from core.values.months import ContractYear
from core.values.numbers import count_words
from parties.participants import Participant


@dataclass(frozen=True)
class OutcomeRow:
    name: str
    url: str
    budget: str
    spent: str
    variance: str
    percent: str
    look: tuple[str, str, str]


@dataclass(frozen=True)
class YearLink:
    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Variances:
    year: str
    years: Sequence[YearLink]
    spent_heading: str
    bars: BarsPicture | None
    way: BarsPicture | None
    left_out: str
    illustrative: bool
    rows: Sequence[OutcomeRow]
    rule: str


def variances_shown(
    participant: Participant, book: Book, outcome: YearOutcome, years: Sequence[int]
) -> Variances:
    """No query."""
    limits = limits_of(participant.contract)
    ordered = sorted(outcome.lines, key=lambda one: -(one.variance.costs if one.variance else -(10**18)))
    against = [Against(outcome.names[one.line.pk], one.variance, _look(one, limits)) for one in ordered]
    query = f"?year={outcome.year.start}"
    return Variances(
        year=outcome.year.label,
        years=[
            YearLink(ContractYear(year).label, f"?year={year}", year == outcome.year.start) for year in years
        ],
        spent_heading=f"Forecast by {outcome.period.label}" if outcome.period else outcome.came.capitalize(),
        bars=variance_bars(against, outcome.words, limits.limits),
        way=_way(outcome),
        left_out=_left_out(outcome),
        illustrative=any(one.illustrative for one in outcome.lines),
        rows=[
            _row(outcome.names[one.line.pk], one, f"{line_url(participant, book, one.line)}{query}", limits)
            for one in ordered
        ],
        rule=limits.rule,
    )


def _look(one: Outcome, limits: LimitsWithSource) -> tuple[str, str, str]:
    return LOOKS[status_of(one.variance, limits.limits)]


def _way(outcome: YearOutcome) -> BarsPicture | None:
    """Of the lines of which it is known what they came to; expenditure less income."""
    budget = sum(one.sign * (one.budget or 0) for one in outcome.known)
    movers = [
        Mover(
            outcome.names[one.line.pk],
            one.sign * ((one.spent or 0) - (one.budget or 0)),
            "no budget" if one.budget is None else "",
        )
        for one in outcome.known
    ]
    of = "Net budget" if any(one.sign < 0 for one in outcome.known) else "Budget"
    end = "Forecast" if outcome.period else "Outturn"
    return waterfall(Ends(f"{of} of {outcome.year}", f"{end} of {outcome.year}", budget), movers)


def _left_out(outcome: YearOutcome) -> str:
    """What the way doesn't count, because nobody knows what it came to."""
    unknown = [one for one in outcome.lines if one.spent is None]
    if not unknown or not outcome.known:
        return ""
    budget = sum(one.sign * (one.budget or 0) for one in unknown)
    lines = count_words(len(unknown), "line")
    return f"{lines} with {spoken(budget)} of budget left out: what became of it isn’t known."


def _row(name: str, one: Outcome, url: str, limits: LimitsWithSource) -> OutcomeRow:
    variance = one.variance
    return OutcomeRow(
        name=name,
        url=url,
        budget="" if one.budget is None else written(one.budget),
        spent="" if one.spent is None else written(one.spent),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        percent=percent_words(variance, limits.limits) if variance else "",
        look=_look(one, limits),
    )
