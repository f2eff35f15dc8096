"""What a month's figure may be: every fault is told, and what couldn't be read silences only what needs it."""

from decimal import Decimal

import pytest

from core.values.months import Month
from kpis.rules.figures import Months, Stated, faults, numbers_in_words

MONTHS = Months(
    earliest=Month(2013, 4), first=Month(2018, 4), last=Month(2020, 3), this_month=Month(2026, 11)
)


def found(unit="percent", month="2019-03", published=False, unread=(), **numbers):
    stated = Stated(
        code="PI1",
        unit=unit,
        month=Month.parse(month) if month else None,
        published=published,
        **{name: Decimal(number) for name, number in numbers.items()},
        unread=frozenset(unread),
    )
    return [(fault.column, fault.message) for fault in faults(stated, MONTHS)]


def columns(**figure):
    return [column for column, _ in found(**figure)]


@pytest.mark.parametrize(
    "figure",
    [
        {"numerator": "13", "denominator": "20"},
        {"value": "65"},
        {"value": "100"},
        {"numerator": "0", "denominator": "0"},
        {"unit": "count", "value": "14"},
        {"unit": "rate_per_10000", "value": "72", "numerator": "584"},
        {"unit": "mean", "value": "9999999.9999"},
        {"month": "2013-04", "published": True, "value": "65"},
        {"month": None, "value": "65"},
    ],
    ids=str,
)
def test_what_is_right_has_no_fault(figure):
    assert found(**figure) == []


@pytest.mark.parametrize(
    ("figure", "column", "words"),
    [
        ({}, "value", "There is no figure."),
        ({"numerator": "13"}, "denominator", "missing beside its numerator"),
        ({"denominator": "20"}, "numerator", "missing beside its denominator"),
        ({"numerator": "13", "denominator": "20", "value": "65"}, "value", "not both"),
        ({"numerator": "13", "value": "65"}, "denominator", "missing beside its numerator"),
        ({"unit": "count", "numerator": "3", "denominator": "4"}, "value", "give the value alone"),
        ({"unit": "count", "value": "2.5"}, "value", "counts are whole numbers"),
        ({"value": "250"}, "value", "can't be above 100"),
        ({"numerator": "5", "denominator": "4"}, "numerator", "more than 100%"),
        ({"numerator": "5", "denominator": "0"}, "denominator", "is 0 but the numerator is not"),
        ({"unit": "mean", "value": "10000000"}, "value", "10,000,000 is too large"),
        ({"unit": "mean", "value": "-1"}, "value", "−1 is below zero"),
        ({"unit": "mean", "value": "1.00005"}, "value", "more than four decimals"),
        ({"unit": "rate_per_10000", "numerator": "1000", "denominator": "1"}, "numerator", "10,000,000; the"),
        ({"value": "65", "month": "2055-01"}, "month", "is not over yet"),
        ({"value": "65", "month": "2026-11"}, "month", "is not over yet"),
        ({"value": "65", "month": "2020-04"}, "month", "is after March 2020"),
        ({"value": "65", "month": "2018-03"}, "month", "before the contract began"),
        ({"value": "65", "month": "2013-03", "published": True}, "month", "before April 2013"),
    ],
    ids=str,
)
def test_each_fault_is_told_with_its_column(figure, column, words):
    ((at, message),) = found(**figure)

    assert at == column
    assert words in message


def test_all_faults_are_told_at_once():
    assert columns(month="2055-01", numerator="30", denominator="20", value="250") == [
        "month", "value", "value", "numerator"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"unread": ["numerator"], "denominator": "20"}, []),
        ({"unread": ["numerator"], "value": "250"}, ["denominator", "value"]),
        ({"unread": ["numerator"]}, ["denominator"]),
        ({"unit": None, "numerator": "30", "denominator": "20"}, []),
        ({"unit": None, "numerator": "30"}, ["denominator"]),
        ({"unit": None, "numerator": "30", "value": "2.5"}, []),
        ({"unit": None, "month": "2055-01"}, ["month", "value"]),
        ({"unit": "count", "unread": ["denominator"], "value": "2.5"}, ["value", "value"]),
    ],
    ids=str,
)
def test_what_could_not_be_read_silences_only_what_needs_it(figure, told):
    assert columns(**figure) == told


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("196", "273", None), "196 of 273"),
        (("798", None, "99.9300"), "99.93 (798)"),
        ((None, None, "1400"), "1,400"),
    ],
)
def test_numbers_are_written_as_they_were_entered(numbers, words):
    assert numbers_in_words(*(None if number is None else Decimal(number) for number in numbers)) == words
