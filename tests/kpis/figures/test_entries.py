"""A figure as it is handed in is judged once by the same months, and never taken for another."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.entries import Entry
from kpis.rules.figures import Months


def test_an_entry_without_fault_is_judged_by_other_months_again():
    first = Month(2018, 4)
    runs = Months(earliest=first, first=first, last=first.next(119), this_month=Month(2020, 1))
    entry = Entry(
        Indicator(code="PI1", unit="percent"), date(2019, 12, 1), Decimal(3), Decimal(4), None, "", "returned"
    )

    assert (entry.faults(runs), entry.faults(runs)) == ([], [])
    before = Months(earliest=first, first=first, last=first.next(119), this_month=Month(2019, 12))
    assert [one.column for one in entry.faults(before)] == ["month"]
    assert entry.faults(runs) == []


def test_what_was_found_of_an_entry_says_nothing_of_its_copies():
    first = Month(2018, 4)
    runs = Months(earliest=first, first=first, last=first.next(119), this_month=Month(2020, 1))
    entry = Entry(
        Indicator(code="PI1", unit="percent"), date(2019, 3, 1), Decimal(3), Decimal(4), None, "", "returned"
    )

    assert entry.faults(runs) == []
    assert [one.column for one in replace(entry, numerator=Decimal(5)).faults(runs)] == ["numerator"]
    assert entry == replace(entry)
