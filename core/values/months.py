"""Months, quarters and contract years: what period a figure belongs to, and how it is written.

A contract year runs from April to March and is written "2018/19". Nothing here knows today's date: whoever
asks passes the day in.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTH_TEXT = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR_TEXT = re.compile(r"([0-9]{4})/([0-9]{2})")
_FIRST_MONTH_OF_CONTRACT_YEAR = 4
# British whatever the machine's locale, which the standard library's names follow.
_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month; months compare and sort in time. ValueError outside 0001-01 to 9999-12.

    That is what dates hold. What is taken from outside lies within EARLIEST and LATEST (`parse`, `taken`), so far from
    both ends that counting on from there never leaves them.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"There is no month {self.month}: months run from 1 to 12.")
        if not 1 <= self.year <= 9999:
            raise ValueError(f"There is no year {self.year}: years run from 1 to 9999.")

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written like "2019-03". ValueError in plain words for any other text, and for a month that isn't
        taken.
        """
        match = _MONTH_TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is not a month. Write the year and the month like 2019-03.")
        try:
            month = cls(int(match[1]), int(match[2]))
        except ValueError as error:
            raise ValueError(f"“{text}” is not a month. {error}") from None
        if not EARLIEST <= month <= LATEST:
            raise ValueError(f"“{text}” is out of reach: {REACH}.")
        return month

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The month with this running number; the inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @staticmethod
    def range(first: Month, last: Month) -> list[Month]:
        """Every month from first to last, both included; none when the last comes before the first."""
        return [Month.from_ordinal(ordinal) for ordinal in range(first.ordinal, last.ordinal + 1)]

    @property
    def ordinal(self) -> int:
        """A running number: adjacent months differ by one."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def name(self) -> str:
        """The month without its year, like "March"."""
        return _NAMES[self.month - 1]

    @property
    def label(self) -> str:
        """The month as people write it, like "March 2019"."""
        return f"{self.name} {self.year}"

    @property
    def short(self) -> str:
        """The month where there is little room, like "Mar 2019"."""
        return f"{self.name[:3]} {self.year}"

    @property
    def contract_year(self) -> ContractYear:
        return ContractYear(self.year if self.month >= _FIRST_MONTH_OF_CONTRACT_YEAR else self.year - 1)

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.contract_year, (self.month - _FIRST_MONTH_OF_CONTRACT_YEAR) % 12 // 3 + 1)

    def previous(self, n: int = 1) -> Month:
        return Month.from_ordinal(self.ordinal - n)

    def next(self, n: int = 1) -> Month:
        return Month.from_ordinal(self.ordinal + n)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


# The months that are taken from addresses, forms, files and commands.
EARLIEST, LATEST = Month(1900, 1), Month(2199, 12)
REACH = f"months are taken from {EARLIEST.label} to {LATEST.label}"


def taken(day: date) -> bool:
    """Whether a day lies in a month that is taken from outside."""
    return EARLIEST.first_day <= day <= LATEST.last_day


@dataclass(frozen=True, order=True, slots=True)
class ContractYear:
    """April of `start` to March of the year after."""

    start: int

    @classmethod
    def parse(cls, text: str) -> ContractYear:
        """The year written like "2018/19". ValueError in plain words for any other text."""
        match = _YEAR_TEXT.fullmatch(text)
        if match is None or cls(int(match[1])).label != text:
            raise ValueError(f"“{text}” is not a contract year. Write both years like 2018/19.")
        return cls(int(match[1]))

    @property
    def label(self) -> str:
        return f"{self.start:04d}/{(self.start + 1) % 100:02d}"

    @property
    def first(self) -> Month:
        return Month(self.start, _FIRST_MONTH_OF_CONTRACT_YEAR)

    @property
    def last(self) -> Month:
        return self.first.next(11)

    @property
    def months(self) -> list[Month]:
        return Month.range(self.first, self.last)

    @property
    def quarters(self) -> list[Quarter]:
        return [Quarter(self, number) for number in range(1, 5)]

    @property
    def halves(self) -> tuple[list[Month], list[Month]]:
        """April to September, and October to March."""
        return self.months[:6], self.months[6:]

    def previous(self, n: int = 1) -> ContractYear:
        return ContractYear(self.start - n)

    def next(self, n: int = 1) -> ContractYear:
        return ContractYear(self.start + n)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of a contract year: quarter 1 is April to June."""

    contract_year: ContractYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"There is no quarter {self.number}: quarters run from 1 to 4.")

    @property
    def first(self) -> Month:
        return self.contract_year.first.next(3 * (self.number - 1))

    @property
    def last(self) -> Month:
        return self.first.next(2)

    @property
    def months(self) -> list[Month]:
        return Month.range(self.first, self.last)

    @property
    def label(self) -> str:
        """The quarter as people write it, like "quarter 1 of 2018/19"."""
        return f"quarter {self.number} of {self.contract_year.label}"

    def __str__(self) -> str:
        return f"{self.contract_year.label} Q{self.number}"
