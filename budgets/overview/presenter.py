"""The first page of the money: a sentence, what is off track first, and every book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from budgets.books.drivers import Driver, Observed, drivers_of, observed_of
from budgets.books.places import book_url, line_url
from budgets.charts.bars import BarsPicture
from budgets.charts.variances import Against, variance_bars
from budgets.limits.selectors import LimitsWithSource, limits_of
from budgets.models import Book, Entry, Line
from budgets.months.looks import LOOKS
from budgets.months.presenter import period_url
from budgets.outlook.reading import lines_entered
from budgets.outlook.standing import Judged, Standing
from budgets.outlook.words import forecast_words, left_open_words, made_up_words
from budgets.outlook.year_ahead import Outlook, outlook_of
from budgets.overview.reading import BookMoney, entries_of, lines_named, money_of
from budgets.overview.spending import YearSpent, year_spent
from budgets.rules.money import signed, spoken, written
from budgets.rules.periods import Period
from budgets.rules.variance import percent_words, variance_words
from core.values.months import ContractYear
from core.values.numbers import count_words
from parties.participants import Participant

# A bar is so wide where a line has its book's largest amount.
WIDEST = 240
# So many lines without a budget are named.
NAMED = 3


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
    left_out: str


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
    as_of: str  # the period in which it was entered last, where it is an earlier one
    illustrative: bool


@dataclass(frozen=True)
class OutlookSection:
    book: Book
    url: str
    heading: str
    sentence: str
    made_up: str
    bars: BarsPicture | None
    rows: Sequence[OutlookRow]
    left_out: str


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


def money_page(participant: Participant) -> MoneyPage:
    """Six queries, however many books and lines there are."""
    books, limits = money_of(participant), limits_of(participant.contract)
    kept = [one for one in books if one.book.kept_by]
    entered = lines_entered(one.book for one in kept)
    outlooks = {
        one.book: outlook for one in kept if (outlook := outlook_of(entered[one.book.pk], limits.limits))
    }
    spendings = {one.book: spent for one in kept if (spent := year_spent(one, limits.limits))}
    lines = lines_named(
        {*_shown(outlooks.values()), *_shown(spendings.values()), *_unbudgeted(spendings.values())}
    )
    observed, entries = observed_of(spendings), entries_of(_periods_shown(outlooks.values()))
    return MoneyPage(
        [_outlook(participant, book, one, lines, entries, limits) for book, one in outlooks.items()],
        [
            _spending(participant, book, one, lines, observed[book.pk], limits)
            for book, one in spendings.items()
        ],
        [_card(participant, one) for one in books],
    )


def _periods_shown(outlooks: Iterable[Outlook]) -> dict[tuple[int, int], list[int]]:
    """The lines that are shown, under the period in which each was entered last."""
    found: dict[tuple[int, int], list[int]] = {}
    for outlook in outlooks:
        for line in _shown([outlook]):
            if at := outlook.lines[line].at:
                found.setdefault(at, []).append(line)
    return found


def _shown(parts: Iterable[Outlook | YearSpent]) -> Iterator[int]:
    return (one.money.line for part in parts for one in part.standing.shown)


def _unbudgeted(spendings: Iterable[YearSpent]) -> Iterator[int]:
    return (one.line for spent in spendings for one in spent.unbudgeted[:NAMED])


def _outlook(
    participant: Participant,
    book: Book,
    outlook: Outlook,
    lines: Mapping[int, Line],
    entries: Mapping[int, Entry],
    limits: LimitsWithSource,
) -> OutlookSection:
    rows = [(one, lines[one.money.line]) for one in outlook.standing.shown]
    return OutlookSection(
        book=book,
        url=period_url(participant, book, outlook.period),
        heading=f"{book.name}, {outlook.period.label}",
        sentence=f"{forecast_words(outlook, limits)}{left_open_words(outlook)}",
        made_up=made_up_words(outlook),
        bars=_bars(outlook, lines, limits),
        rows=[
            _outlook_row(
                one, line, entries[line.pk], line_url(participant, book, line), _as_of(outlook, line), limits
            )
            for one, line in rows
        ],
        left_out=_left_out(outlook.standing),
    )


def _bars(outlook: Outlook, lines: Mapping[int, Line], limits: LimitsWithSource) -> BarsPicture | None:
    """Of the lines that stand in the table; its title says so where others are left out."""
    standing = outlook.standing
    against = [Against(lines[one.money.line].name, one.variance, LOOKS[one.status]) for one in standing.shown]
    of = ", of the lines that stand here" if standing.unshown else ""
    return variance_bars(against, f"forecast for {outlook.period.year}{of}", limits.limits)


def _as_of(outlook: Outlook, line: Line) -> str:
    at = outlook.lines[line.pk].at
    if at is None or at == (outlook.period.year.start, outlook.period.number):
        return ""
    return Period(ContractYear(at[0]), at[1]).label


def _left_out(standing: Standing) -> str:
    """ "Of 250 lines off track the 20 furthest stand here; all 5,000 lines …", empty where nothing is left out."""
    if not standing.unshown:
        return ""
    shown = len(standing.shown)
    lines = count_words(standing.unshown, "more line stands", "more lines stand")
    if standing.off_track > shown:
        return f"{standing.off_track:,} lines are off track; here are the {shown} that cost most. {lines} in the book."
    return f"{lines} in the book, none of them off track."


def _outlook_row(
    one: Judged, line: Line, entry: Entry, url: str, as_of: str, limits: LimitsWithSource
) -> OutlookRow:
    variance, moved = one.variance, one.money.moved
    return OutlookRow(
        name=line.name,
        url=url,
        look=LOOKS[one.status],
        moved="" if moved is None else (signed(moved) if moved else "Unchanged"),
        moved_why=entry.moved,
        forecast=written(entry.forecast),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        why=entry.words,
        as_of=as_of,
        illustrative=entry.provenance == Entry.Provenance.ILLUSTRATIVE,
    )


def _spending(
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
        rule=limits.rule,
        left_out=_left_out(spent.standing),
    )


def _sentence(spent: YearSpent, limits: LimitsWithSource) -> str:
    """ "£7.72 million over in 2018/19: £31.72 million were spent, 32.2% more than the gross budget"."""
    variance = spent.variance
    if variance is None:
        return f"What was budgeted or spent in {spent.year} isn’t known."
    words = variance_words(variance.pence, variance.side, limits.amounts)
    share = percent_words(variance, limits.limits)
    return f"{words} in {spent.year}, {share}: {spoken(spent.actual)} spent of {spoken(spent.budget)}."


def _exception(spent: YearSpent, lines: Mapping[int, Line]) -> str:
    """What the sentence rests on, where a line had no budget."""
    without = spent.unbudgeted
    if not without:
        return ""
    names = ", ".join(lines[one.line].name for one in without[:NAMED])
    more = f" and {len(without) - NAMED:,} more" if len(without) > NAMED else ""
    money = spoken(sum(one.money or 0 for one in without))
    return f"Of that, {money} went where no budget is printed: {names}{more}."


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


def _card(participant: Participant, money: BookMoney) -> BookCard:
    book = money.book
    first, last = book.years[0], book.years[-1]
    words = count_words(money.lines, "line")
    ends = [money.net_budget(year.start) for year in (first, last)]
    if all(ends):
        made_up = " (illustrative)" if last.start in money.made_up else ""
        words += f"; net budget {spoken(ends[0])} in {first}, {spoken(ends[1])} in {last}{made_up}"
    return BookCard(book, book_url(participant, book), f"{first} to {last}", words)
