"""The periods of a financial year: 1 to 12 are April to March, 13 to 15 adjust the year after its end.

Source: chosen, as councils' ledgers keep their years. A year is a ``ContractYear``, which is the financial year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.values.months import ContractYear, Month

MONTHS, LAST = 12, 15


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One period of a year; periods sort in time. ValueError outside 1 to 15."""

    year: ContractYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LAST:
            raise ValueError(f"There is no period {self.number}: periods run from 1 to {LAST}.")

    @classmethod
    def of(cls, month: Month) -> Period:
        year = month.contract_year
        return cls(year, month.ordinal - year.first.ordinal + 1)

    @property
    def adjusts(self) -> bool:
        """Whether it belongs to no month: it corrects the year after March."""
        return self.number > MONTHS

    @property
    def month(self) -> Month | None:
        return None if self.adjusts else self.year.first.next(self.number - 1)

    @property
    def first_day(self) -> date:
        """From when on it is entered; what adjusts the year is from the day after its end."""
        return self.month.first_day if self.month else ContractYear(self.year.start + 1).first.first_day

    @property
    def previous(self) -> Period | None:
        """The one before it in the same year; None before April, whose forecast belongs to another budget."""
        return Period(self.year, self.number - 1) if self.number > 1 else None

    @property
    def label(self) -> str:
        """ "May 2018", and "period 13 of 2018/19" after March."""
        return self.month.label if self.month else f"period {self.number} of {self.year.label}"


def periods_of(year: ContractYear) -> list[Period]:
    return [Period(year, number) for number in range(1, LAST + 1)]
