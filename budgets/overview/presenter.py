"""The first page of the money: a sentence, what is off track first, and every book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budgets.books.amounts import lines_counted
from budgets.books.drivers import observed_of
from budgets.books.places import book_url
from budgets.limits.selectors import limits_of
from budgets.models import Book
from budgets.outlook.reading import lines_entered
from budgets.outlook.year_ahead import Outlook, outlook_of
from budgets.overview.outlook_section import OutlookSection, outlook_section
from budgets.overview.reading import BookMoney, entries_of, lines_named, money_of
from budgets.overview.spending import NAMED, YearSpent, year_spent
from budgets.overview.spent_section import Spending, spent_section
from budgets.rules.money import spoken
from core.values.months import ContractYear
from core.values.numbers import count_words
from parties.participants import Participant


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
        [outlook_section(participant, book, one, lines, entries, limits) for book, one in outlooks.items()],
        [
            spent_section(participant, book, one, lines, observed[book.pk], limits)
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


def _card(participant: Participant, money: BookMoney) -> BookCard:
    book = money.book
    first, last = book.years[0], book.years[-1]
    words = count_words(money.lines, "line")
    if all(money.net_budget(year.start) for year in (first, last)):
        words += f"; net budget {_net_words(money, first)}, {_net_words(money, last)}"
    return BookCard(book, book_url(participant, book), f"{first} to {last}", words)


def _net_words(money: BookMoney, year: ContractYear) -> str:
    """ "£23.99 million in 2018/19 (5 of 6 lines)"."""
    budgeted = money.budgeted(year.start)
    notes = [lines_counted(budgeted, money.lines), "illustrative" if year.start in money.made_up else ""]
    note = ", ".join(note for note in notes if note)
    return f"{spoken(money.net_budget(year.start))} in {year}{f' ({note})' if note else ''}"
