"""The first page of the money: a sentence, what is off track first, and every book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.books.amounts import Amounts, amounts_of
from budgets.books.drivers import Driver, drivers_of, series_of
from budgets.books.places import book_url, line_url
from budgets.models import Book, Entry
from budgets.months.presenter import LOOKS, period_url
from budgets.overview.outlook import LineOutlook, Outlook, latest_months, outlook_of
from budgets.overview.spending import Spent, YearSpent, year_spent
from budgets.rules.money import signed, spoken, written
from budgets.rules.variance import LIMITS, percent_words, rule_words, variance_words
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
class OutlookRow:
    name: str
    url: str
    look: tuple[str, str, str]
    moved: str
    moved_why: str
    forecast: str
    variance: str
    why: str
    illustrative: bool


@dataclass(frozen=True)
class OutlookSection:
    book: Book
    url: str
    heading: str
    sentence: str
    illustrative: bool
    rows: Sequence[OutlookRow]


@dataclass(frozen=True)
class BookCard:
    book: Book
    url: str
    years: str
    words: str


@dataclass(frozen=True)
class MoneyPage:
    outlooks: Sequence[OutlookSection]
    spendings: Sequence[Spending]
    books: Sequence[BookCard]


def money_page(participant: Participant, books: Sequence[Book]) -> MoneyPage:
    """Three queries, and two more for each book of which something was spent."""
    outlooks, spendings, cards = [], [], []
    all_amounts = amounts_of(books)
    kept = [book for book in books if book.kept_by]
    months = latest_months(participant, kept, sum(len(all_amounts[book.pk].lines) for book in kept))
    for book in books:
        amounts = all_amounts[book.pk]
        outlook = outlook_of(amounts, months.get(book.pk, []))
        if outlook:
            outlooks.append(_outlook(participant, book, outlook))
        spent = year_spent(amounts) if book.kept_by else None
        if spent:
            spendings.append(_spending(participant, book, spent))
        cards.append(_card(participant, book, amounts))
    return MoneyPage(outlooks, spendings, cards)


def _outlook(participant: Participant, book: Book, outlook: Outlook) -> OutlookSection:
    made_up = [one.entry.provenance == Entry.Provenance.ILLUSTRATIVE for one in outlook.lines]
    return OutlookSection(
        book=book,
        url=period_url(participant, book, outlook.period),
        heading=f"{book.name}, {outlook.period.label}",
        sentence=_forecast_sentence(outlook),
        illustrative=any(made_up),
        rows=[_outlook_row(one, line_url(participant, book, one.line)) for one in outlook.lines],
    )


def _forecast_sentence(outlook: Outlook) -> str:
    """ "£1.19 million over forecast for 2019/20, 3.7% of the gross budget; up £64,000 since the month before." """
    variance, year = outlook.variance, outlook.period.year
    if variance is None:
        return f"What {year} is to come to isn’t known."
    words = f"{variance_words(variance.pence, limits=[LIMITS.red, LIMITS.amber])} forecast for {year}"
    if variance.pence:
        words += f", {percent_words(variance, LIMITS)}"
    if outlook.moved:
        words += (
            f"; {'up' if outlook.moved > 0 else 'down'} {spoken(abs(outlook.moved))} since the month before"
        )
    if outlook.missing:
        words += f". {count_words(outlook.missing, 'line')} not entered yet"
    return f"{words}."


def _outlook_row(one: LineOutlook, url: str) -> OutlookRow:
    variance = one.variance
    return OutlookRow(
        name=one.line.name,
        url=url,
        look=LOOKS[one.status],
        moved="" if one.moved is None else (signed(one.moved) if one.moved else "Unchanged"),
        moved_why=one.entry.moved,
        forecast=written(one.entry.forecast),
        variance=variance_words(variance.pence, variance.side, [LIMITS.red, LIMITS.amber])
        if variance
        else "",
        why=one.entry.words,
        illustrative=one.entry.provenance == Entry.Provenance.ILLUSTRATIVE,
    )


def _spending(participant: Participant, book: Book, spent: YearSpent) -> Spending:
    series = series_of(book)
    largest = max(max(one.budget or 0, one.actual or 0) for one in spent.lines) or 1
    return Spending(
        book=book,
        url=book_url(participant, book),
        year=spent.year.label,
        sentence=_sentence(spent),
        exception=_exception(spent),
        rows=[
            _row(
                one,
                f"{line_url(participant, book, one.line)}?year={spent.year.start}",
                drivers_of(one.line, series, spent.year),
                largest,
            )
            for one in spent.lines
        ],
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


def _row(one: Spent, url: str, drivers: Sequence[Driver], largest: int) -> SpentRow:
    variance = one.variance
    return SpentRow(
        name=one.line.name,
        url=url,
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
        made_up = " (illustrative)" if ("budget", last.start) in amounts.made_up else ""
        if ends[0] and ends[1] and ends[0].net and ends[1].net:
            words += (
                f"; net budget {spoken(ends[0].net)} in {first}, {spoken(ends[1].net)} in {last}{made_up}"
            )
    return BookCard(book, book_url(participant, book), f"{first} to {last}", words)
