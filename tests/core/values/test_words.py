"""Days to go and days late, by working days."""

from __future__ import annotations

from datetime import date

import pytest

from core.values.words import days_late, days_to_go


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 4, 9), "today"),  # Maundy Thursday
        (date(2020, 4, 10), "before the next working day"),
        (date(2020, 4, 13), "before the next working day"),
        (date(2020, 4, 14), "in 1 working day"),
        (date(2020, 4, 15), "in 2 working days"),
    ],
)
def test_days_to_go(day, words):
    assert days_to_go(day, date(2020, 4, 9)) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 4, 13), ""),  # no working day since Maundy Thursday
        (date(2020, 4, 14), "1 working day late"),
        (date(2020, 6, 8), "38 working days late"),
        (date(2020, 6, 9), "39 working days late"),
    ],
)
def test_days_late(today, words):
    assert days_late(date(2020, 4, 9), today) == words
