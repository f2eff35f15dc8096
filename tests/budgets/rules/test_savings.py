"""Savings by year, read as separate amounts and as amounts that count those before them."""

from __future__ import annotations

from budgets.rules.savings import readings


def test_both_readings():
    found = readings([100, 350, 300])

    assert (found.yearly, found.yearly_total) == ((100, 350, 300), 750)
    assert (found.cumulative, found.cumulative_total) == ((100, 250, -50), 300)


def test_no_years():
    assert readings([]).cumulative == ()
