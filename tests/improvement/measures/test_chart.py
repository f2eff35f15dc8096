"""Values over time as a chart: where the line goes on, and where a value that was due is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.values.months import Month
from improvement.measures.chart import picture_of
from improvement.models import Measure, MeasureValue


def lines(period, *months, unit=""):
    measure = Measure(title="More of it", period=period, unit=unit)
    values = {
        Month.parse(month): MeasureValue(month=date.fromisoformat(f"{month}-01"), value=Decimal(number))
        for number, month in enumerate(months, start=1)
    }
    picture = picture_of(measure, values)
    assert picture is not None
    return len(picture.drawings[0][1].lines)


@pytest.mark.parametrize(
    ("period", "months", "expected"),
    [
        ("month", ["2019-01", "2019-02", "2019-03"], 2),
        ("month", ["2019-01", "2019-03"], 0),
        ("quarter", ["2019-03", "2019-06"], 1),
        ("quarter", ["2019-03", "2019-07"], 0),
        ("year", ["2018-03", "2019-03", "2020-04"], 1),
        ("once", ["2018-03", "2020-03"], 1),
        ("", ["2018-03", "2020-03"], 1),
        ("", ["2018-03"], 0),
    ],
)
def test_a_line_ends_where_a_value_that_was_due_is_missing(period, months, expected):
    assert lines(period, *months) == expected


def test_without_a_value_there_is_no_chart():
    assert picture_of(Measure(title="More of it"), {}) is None


@pytest.mark.parametrize(
    ("unit", "title", "tick"),
    [
        ("%", "From 0.5% in March 2019 to 1,045% in June 2019", "200%"),
        ("per cent", "From 0.5% in March 2019 to 1,045% in June 2019", "200%"),
        ("days", "From 0.5 days in March 2019 to 1,045 days in June 2019", "200"),
        ("", "From 0.5 in March 2019 to 1,045 in June 2019", "200"),
    ],
)
def test_the_title_says_from_where_to_where_in_its_unit(unit, title, tick):
    values = {
        Month(2019, 3): MeasureValue(month=date(2019, 3, 1), value=Decimal("0.500000")),
        Month(2019, 6): MeasureValue(month=date(2019, 6, 1), value=Decimal(1045)),
    }
    picture = picture_of(Measure(title="More of it", unit=unit), values)

    assert picture is not None
    assert picture.chart.title == title
    assert picture.chart.axis.ticks[1][1] == tick
