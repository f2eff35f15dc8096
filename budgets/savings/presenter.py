"""Planned savings, in both readings until a person says which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.models import Book, SavingsPlan
from budgets.rules.money import written
from budgets.rules.savings import Reading, read_as, saved_in_all
from budgets.savings.selectors import plans_of
from core.values.months import ContractYear


@dataclass(frozen=True)
class ReadYear:
    contract_year: int
    year: str
    printed: str
    added: str
    by_then: str


@dataclass(frozen=True)
class Read:
    words: str
    years: Sequence[ReadYear]
    in_all: str


@dataclass(frozen=True)
class PlannedSavings:
    plan: SavingsPlan
    readings: Sequence[Read]
    place: str


def savings_of(books: Sequence[Book]) -> list[PlannedSavings]:
    """Two queries for all books."""
    return [_planned(plan) for plan in plans_of(books)]


def _planned(plan: SavingsPlan) -> PlannedSavings:
    said = {
        SavingsPlan.Reading.YEARLY.value: Reading.YEARLY,
        SavingsPlan.Reading.CUMULATIVE.value: Reading.CUMULATIVE,
    }
    meant = [said[plan.reading]] if plan.reading else list(Reading)
    return PlannedSavings(plan, [_read(plan, reading) for reading in meant], f"{plan.document}, {plan.place}")


def _read(plan: SavingsPlan, reading: Reading) -> Read:
    savings = list(plan.savings.all())
    years = read_as(reading, [(ContractYear(one.year).label, one.planned) for one in savings])
    return Read(
        words=reading.value,
        years=[
            ReadYear(one.contract_year, year.year, one.printed, _amount(year.added), _amount(year.by_then))
            for one, year in zip(savings, years, strict=True)
        ],
        in_all=_amount(saved_in_all(years)),
    )


def _amount(pence: int | None) -> str:
    return "" if pence is None else written(pence)
