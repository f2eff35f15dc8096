"""The first page of the money: a sentence, what is off track first, and every book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from budgets.books.amounts import Amounts, amounts_of
from budgets.models import Book
from budgets.overview.drivers import Driver, drivers_of, series_of
from budgets.overview.spending import Spent, YearSpent, year_spent
from budgets.rules.money import spoken, written
from budgets.rules.variance import LIMITS, Status, percent_words, rule_words, variance_words
from core.values.numbers import count_words
from parties.participants import Participant

# As the contract's own statuses look: word, letter, shape and colour.
LOOKS = {
    Status.RED: ("failure", "R", "Far over"),
    Status.AMBER: ("within_tolerance", "A", "Over"),
    Status.GREEN: ("on_target", "G", "Within limits"),
    Status.NONE: ("not_reported", "N", "No budget"),
}
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
    look: tuple[str, str, str]
    budget: str
    actual: str
    variance: str
    percent: str
    drivers: Sequence[Driver]
    note: str
    bar: Bar


@dataclass(frozen=True)
class Spending:
    book: Book
    url: str
    year: str
    sentence: str
    exception: str
    rows: Sequence[SpentRow]
    budget: str
    actual: str
    rule: str


@dataclass(frozen=True)
class BookCard:
    book: Book
    url: str
    years: str
    words: str


@dataclass(frozen=True)
class MoneyPage:
    spendings: Sequence[Spending]
    books: Sequence[BookCard]


def money_page(participant: Participant, books: Sequence[Book]) -> MoneyPage:
    """Two queries for each book, and two more for each of which something was spent."""
    spendings, cards = [], []
    for book in books:
        amounts = amounts_of(book)
        spent = year_spent(amounts) if book.kept_by else None
        if spent:
            spendings.append(_spending(participant, book, spent))
        cards.append(_card(participant, book, amounts))
    return MoneyPage(spendings, cards)


def _spending(participant: Participant, book: Book, spent: YearSpent) -> Spending:
    series = series_of(book)
    largest = max(max(one.budget or 0, one.actual or 0) for one in spent.lines) or 1
    return Spending(
        book=book,
        url=_url(participant, book),
        year=spent.year.label,
        sentence=_sentence(spent),
        exception=_exception(spent),
        rows=[_row(one, drivers_of(one.line, series, spent.year), largest) for one in spent.lines],
        budget=_amount(spent.total.budget),
        actual=_amount(spent.total.actual),
        rule=rule_words(LIMITS),
    )


def _sentence(spent: YearSpent) -> str:
    """ "£7.72 million over in 2018/19: £31.72 million were spent, 32.2% more than the gross budget"."""
    variance = spent.total.variance
    if variance is None:
        return f"What was budgeted or spent in {spent.year} isn’t known."
    words = variance_words(variance.pence, variance.side, [LIMITS.red, LIMITS.amber])
    share = percent_words(variance, LIMITS)
    actual, budget = spoken(spent.total.actual or 0), spoken(spent.total.budget or 0)
    return f"{words} in {spent.year}, {share}: {actual} spent of {budget}."


def _exception(spent: YearSpent) -> str:
    """What the sentence rests on, where a line had no budget."""
    without = spent.unbudgeted
    if not without:
        return ""
    names = ", ".join(one.line.name for one in without)
    money = spoken(sum(one.actual or 0 for one in without))
    return f"Of that, {money} went where no budget is printed: {names}."


def _row(one: Spent, drivers: Sequence[Driver], largest: int) -> SpentRow:
    variance = one.variance
    return SpentRow(
        name=one.line.name,
        look=LOOKS[one.status],
        budget=_amount(one.budget),
        actual=_amount(one.actual),
        variance=variance_words(variance.pence, variance.side, [LIMITS.red, LIMITS.amber])
        if variance
        else "",
        percent=percent_words(variance, LIMITS) if variance else "",
        drivers=drivers,
        note=one.line.note,
        bar=Bar(_width(one.budget, largest), _width(one.actual, largest)),
    )


def _width(pence: int | None, largest: int) -> int:
    return 0 if pence is None else max(1, pence * WIDEST // largest)


def _amount(pence: int | None) -> str:
    return "" if pence is None else written(pence)


def _card(participant: Participant, book: Book, amounts: Amounts) -> BookCard:
    first, last = book.years[0], book.years[-1]
    roots = [line.code for line in amounts.lines if line.parent_id is None]
    words = count_words(sum(line.kind == "line" for line in amounts.lines), "line")
    if len(roots) == 1:
        ends = [amounts.of("budget", year.start, roots[0]) for year in (first, last)]
        if ends[0] and ends[1] and ends[0].net and ends[1].net:
            words += f"; net budget {spoken(ends[0].net)} in {first}, {spoken(ends[1].net)} in {last}"
    return BookCard(book, _url(participant, book), f"{first} to {last}", words)


def _url(participant: Participant, book: Book) -> str:
    return reverse("budgets:book", args=[participant.contract.code, book.code])
