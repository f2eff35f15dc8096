"""A month of the Trust's book between two people: what one submits, and what either does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from budgets.models import Book, LineMonth
from budgets.months.answering import act_on
from budgets.months.entering import LineSaid, submit_period
from budgets.rules.month_entry import Said
from budgets.rules.periods import Period
from core import clock
from core.values.months import ContractYear
from parties.participants import participant_for

MARCH = Period(ContractYear(2018), 12)
FOSTER, SECURE = "external_foster_care", "secure_units"


@pytest.fixture
def placements(books: None) -> Book:
    return Book.objects.get(code="trust")


@pytest.fixture
def submits(placements: Book, finance_lead: Any, contract: Any) -> Callable[..., None]:
    """submits(code, actual): what the Trust's finance lead does."""

    def submit(code: str, actual: int = 100) -> None:
        line = placements.lines.get(code=code)
        month = LineMonth.objects.filter(line=line).first()
        one = LineSaid(line, Said(actual, actual), month.latest_id if month else None)
        by = participant_for(finance_lead, contract.code)
        assert submit_period(by=by, book=placements, period=MARCH, lines=[one]) == 1

    return submit


@pytest.fixture
def acts(placements: Book, contract: Any) -> Callable[..., None]:
    """acts(person, "query", code): on what stands there."""

    def act(person: Any, act: str, *codes: str, words: str = "Which 12,345 places?") -> None:
        seen = [month.latest for month in LineMonth.objects.filter(line__code__in=codes)]
        by = participant_for(person, contract.code)
        act_on(by=by, book=placements, act=act, seen=seen, words=words, today=clock.today())

    return act
