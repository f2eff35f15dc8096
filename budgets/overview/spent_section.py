"""What was spent in the latest year that is printed: why, and each line beside its budget and its children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.books.drivers import Driver, Observed, drivers_of
from budgets.books.places import book_url, line_url
from budgets.limits.selectors import LimitsWithSource
from budgets.models import Book, Line
from budgets.months.looks import LOOKS
from budgets.outlook.standing import Judged
from budgets.outlook.words import left_out_words
from budgets.overview.spending import NAMED, YearSpent
from budgets.rules.money import spoken, written
from budgets.rules.variance import percent_words, variance_words
from core.values.numbers import count_words
from parties.participants import Participant

# A bar is so wide where a line has its book's largest amount.
WIDEST = 240


@dataclass(frozen=True)
class Bar:
    """Widths of budget and actual beside each other, in pixels."""

    budget: int
    actual: int


@dataclass(frozen=True)
class SpentRow:
    name: str
    url: str
    look: tuple[str, str, str]
    budget: str
    actual: str
    variance: str
    percent: str
    drivers: Sequence[Driver]
    note: str
    bar: Bar


@dataclass(frozen=True)
class Cause:
    """Why a year came to what it did, as a document has it."""

    words: str
    source: str


@dataclass(frozen=True)
class Spending:
    book: Book
    url: str
    year: str
    sentence: str
    exception: str
    causes: Sequence[Cause]
    bridge: bool  # a document says how the overspend was met
    rows: Sequence[SpentRow]
    budget: str
    actual: str
    variance: str
    rule: str
    left_out: str


def spent_section(
    participant: Participant,
    book: Book,
    spent: YearSpent,
    lines: Mapping[int, Line],
    observed: Observed,
    limits: LimitsWithSource,
) -> Spending:
    rows = [(one, lines[one.money.line]) for one in spent.standing.shown]
    largest = max((max(one.money.budget or 0, one.money.money or 0) for one, _ in rows), default=0) or 1
    return Spending(
        book=book,
        url=book_url(participant, book),
        year=spent.year.label,
        sentence=_sentence(spent, limits),
        exception=_exception(spent, lines),
        causes=[
            Cause(note["words"], f"{note['document']}, {note['place']}")
            for note in book.about.get("notes", ())
            if note["kind"] == "cause"
        ],
        bridge="bridge" in book.about,
        rows=[
            _row(
                one,
                line,
                f"{line_url(participant, book, line)}?year={spent.year.start}",
                drivers_of(line, observed, spent.year),
                largest,
                limits,
            )
            for one, line in rows
        ],
        budget=written(spent.budget),
        actual=written(spent.actual),
        variance=_against(spent, limits),
        rule=limits.rule,
        left_out=left_out_words(spent.standing),
    )


def _against(spent: YearSpent, limits: LimitsWithSource) -> str:
    variance = spent.variance
    return variance_words(variance.pence, variance.side, limits.amounts) if variance else ""


def _sentence(spent: YearSpent, limits: LimitsWithSource) -> str:
    """ "£7.72 million over in 2018/19: £31.72 million were spent, 32.2% more than the gross budget"."""
    variance = spent.variance
    if variance is None:
        return f"What was budgeted or spent in {spent.year} isn’t known."
    words = variance_words(variance.pence, variance.side, limits.amounts)
    share = percent_words(variance, limits.limits)
    return f"{words} in {spent.year}, {share}: {spoken(spent.actual)} spent of {spoken(spent.budget)}."


def _exception(spent: YearSpent, lines: Mapping[int, Line]) -> str:
    """What the sentence rests on, where a line had no budget or isn't printed as spent."""
    without, unspent = spent.unbudgeted, spent.unspent
    words = count_words(unspent, "line with a budget is", "lines with a budget are") if unspent else ""
    left_out = f"{words} left out: what was spent isn’t printed." if words else ""
    if not without:
        return left_out
    names = ", ".join(lines[one.line].name for one in without[:NAMED])
    more = f" and {len(without) - NAMED:,} more" if len(without) > NAMED else ""
    money = spoken(sum(one.money or 0 for one in without))
    return f"Of that, {money} went where no budget is printed: {names}{more}. {left_out}".strip()


def _row(
    one: Judged, line: Line, url: str, drivers: Sequence[Driver], largest: int, limits: LimitsWithSource
) -> SpentRow:
    variance, money = one.variance, one.money
    return SpentRow(
        name=line.name,
        url=url,
        look=LOOKS[one.status],
        budget=_amount(money.budget),
        actual=_amount(money.money),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        percent=percent_words(variance, limits.limits) if variance else "",
        drivers=drivers,
        note=line.note,
        bar=Bar(_width(money.budget, largest), _width(money.money, largest)),
    )


def _width(pence: int | None, largest: int) -> int:
    return 0 if pence is None else max(1, pence * WIDEST // largest)


def _amount(pence: int | None) -> str:
    return "" if pence is None else written(pence)
