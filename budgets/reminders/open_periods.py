"""Which periods of which books are open: not entered yet by whoever keeps the book, asked about, or waiting for the
other party.

The Trust owes a book's months from the contract's first to the last that is over, within the years of the book and as
long as the contract reports. A month is entered once each of its lines is; closing it says that no more is to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from budgets.models import Book, ClosedPeriod, Line, LineMonth
from budgets.rules.periods import Period
from core.values.months import ContractYear, Month
from kpis.rules.words import DISPUTED, QUERIED, SUBMITTED
from kpis.terms import contract_terms
from parties.models import Contract
from parties.participants import PROVIDER

WAITS = (SUBMITTED, DISPUTED)
Where = tuple[int, int, int]  # the key of a book, a year, the number of a period


@dataclass(frozen=True)
class Returned:
    """A book whose months the Trust returns to the council, and how many lines it has."""

    book: Book
    lines: int

    @property
    def contract(self) -> Contract:
        return self.book.contract

    @property
    def months(self) -> tuple[Month, Month]:
        """The first and the last month that the contract wants; the last comes before the first where it wants none."""
        terms = contract_terms(self.contract)
        first, last = ContractYear(self.book.first_year).first, ContractYear(self.book.last_year).last
        return max(terms.first, first), min(terms.last, last)

    def months_over(self, today: date) -> list[Month]:
        first, last = self.months
        return Month.range(first, min(last, Month.of(today).previous()))


@dataclass(frozen=True)
class OpenPeriod:
    """``missing`` lines are not entered yet, ``waiting`` ones wait for the council, ``asked`` ones for the Trust."""

    returned: Returned
    period: Period
    missing: int
    waiting: int
    asked: int = 0


def returned_books(books: QuerySet[Book]) -> list[Returned]:
    """Of these books the Trust's: the council reads its own and returns it to nobody. One query."""
    lines = Count("lines", filter=Q(lines__kind=Line.Kind.LINE))
    found = books.filter(kept_by=PROVIDER).select_related("contract").annotate(number=lines).order_by("pk")
    return [Returned(book, book.number) for book in found]


def open_periods(books: Sequence[Returned], today: date) -> list[OpenPeriod]:
    """In order of time. Two queries, however many books, lines and months there are; none without books."""
    if not books:
        return []
    by_key = {one.book.pk: one for one in books}
    wanted = {_where(one, month) for one in books for month in one.months_over(today)} - _closed(by_key)
    counted = _counted(by_key, wanted)
    found = []
    for where in wanted | counted.keys():
        returned, (entered, waiting, asked) = by_key[where[0]], counted.get(where, (0, 0, 0))
        missing = returned.lines - entered if where in wanted else 0
        if missing or waiting or asked:
            found.append(
                OpenPeriod(returned, Period(ContractYear(where[1]), where[2]), missing, waiting, asked)
            )
    return sorted(found, key=lambda one: (one.period, one.returned.book.pk))


def _where(returned: Returned, month: Month) -> Where:
    period = Period.of(month)
    return returned.book.pk, period.year.start, period.number


def _closed(books: Iterable[int]) -> set[Where]:
    return set(ClosedPeriod.objects.filter(book__in=books).values_list("book", "year", "period"))


def _counted(books: Iterable[int], wanted: Set[Where]) -> Mapping[Where, tuple[int, int, int]]:
    """How many lines are entered, and of them how many wait and are asked about, where anything is open.

    Of years in which nothing is wanted any more only what is open between the parties is looked at.
    """
    is_open = Q(state__in=(*WAITS, QUERIED))
    years = [year for _, year, _ in wanted]
    asked = is_open | Q(year__gte=min(years)) if years else is_open
    rows = (
        LineMonth.objects.filter(asked, line__book__in=books)
        .order_by()
        .values_list("line__book", "year", "period")
    )
    found = rows.annotate(
        entered=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=WAITS)),
        asked=Count("pk", filter=Q(state=QUERIED)),
    )
    return {(book, year, period): (entered, *open_) for book, year, period, entered, *open_ in found}
