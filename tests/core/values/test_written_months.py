"""Months as people and spreadsheets write them."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.months import Month
from core.values.written_months import month_written

MARCH = Month(2020, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2020-03", "2020-3", "2020/03", "2020/3", "2020 03", "202003", "2020–03", "2020‑03",
        "03/2020", "3/2020", "03-2020", "03.2020",
        "Mar-20", "mar-20", "MAR-20", "Mar 20", "Mar-2020", "Mar 2020", "March 2020", "March, 2020", "Mar. 2020",
        "Mar’20", "Mar '20", "Mar/20", "March-20", "2020 March", "2020-Mar",
        "2020-03-01", "2020/03/01", "2020-03-01 00:00:00", "2020-03-01T00:00:00", "2020-03-01T00:00:00.000Z",
        "2020-03-01T00:00:00+00:00", "2020-03-31", "2020-03-31 00:00",
        "01/03/2020", "1/3/2020", "01.03.2020", "01-03-2020", "01/03/20", "31/03/2020", "01/03/2020 00:00",
        "1 March 2020", "01 Mar 2020", "1-Mar-20", "01-Mar-2020", "1st March 2020", "31 March 2020", "31st Mar 2020",
        "March 1, 2020", "March 31, 2020",
        " 2020-03 ", "\u200b2020-03\u200e", "\ufeffMar-20", "March\u00a02020",
    ],
)  # fmt: skip
def test_a_month_is_read_as_it_is_written(text):
    assert month_written(text) == MARCH


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Sept 2019", "2019-09"),
        ("Sep-19", "2019-09"),
        ("May-19", "2019-05"),
        ("29/02/2020", "2020-02"),
        ("28/02/2019", "2019-02"),
        ("2011-12", "2011-12"),
        ("12/2011", "2011-12"),
        ("2020/01", "2020-01"),
    ],
)
def test_other_months_are_read_too(text, month):
    assert month_written(text) == Month.parse(month)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20-Mar", "may be a day without its year"),
        ("20 March", "may be a day without its year"),
        ("Mar", "its year is missing"),
        ("15/03/2020", "it is one day, 15 March 2020"),
        ("2020-03-15", "it is one day, 15 March 2020"),
        ("3/1/2020", "it is one day, 3 January 2020"),
        ("15 March 2020", "it is one day, 15 March 2020"),
        ("28/02/2020", "it is one day, 28 February 2020"),
        ("03/31/2020", "there is no such day"),
        ("30/02/2020", "there is no such day"),
        ("43891", "may be 1 March 2020 as spreadsheets count days"),
        ("2018/19", "may be the contract year"),
        ("2011/12", "may be the contract year"),
        ("2019-13", "There is no month 13"),
        ("201913", "There is no month 13"),
        ("0000-03", "is not a month"),
        ("2020-03-01 08:30:00", "is not a month"),
        ("03/20", "is not a month"),
        ("Mrz 2020", "is not a month"),
        ("2019.1", "is not a month"),  # October as a spreadsheet keeps the number 2019.10
        ("Q1 2020", "is not a month"),
        ("2020", "is not a month"),
        ("", "is not a month"),
        ("PI1", "is not a month"),
        ("٢٠٢٠-٠٣", "is not a month"),
    ],
)
def test_what_is_no_month_is_refused_with_what_helps(text, words):
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        month_written(text)

    assert f"“{text}”" in str(refused.value)
    assert (
        "2019-03" in str(refused.value)
        or "months run from 1 to 12" in str(refused.value)
        or text == "0000-03"
    )


@pytest.mark.parametrize(
    "text",
    ["0001-01", "1899-12", "31/12/1899", "2200-01", "Jan 2200", "01/01/2200", "9999-12", "31 December 9999"],
)
def test_a_month_out_of_reach_is_refused(text):
    with pytest.raises(ValueError, match="out of reach") as refused:
        month_written(text)

    assert str(refused.value) == (
        f"“{text}” is out of reach: months are taken from January 1900 to December 2199."
    )


@pytest.mark.parametrize(("text", "month"), [("01/01/1900", "1900-01"), ("December 2199", "2199-12")])
def test_the_first_and_the_last_month_within_reach_are_read(text, month):
    assert month_written(text) == Month.parse(month)


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(ValueError, match="is not a month") as refused:
        month_written("x" * 100)

    assert len(str(refused.value)) < 120


@given(st.dates(min_value=Month(2000, 1).first_day, max_value=Month(2099, 12).last_day))
def test_each_day_of_a_month_is_either_its_month_or_refused(day):
    whole = day.day == 1 or (day + timedelta(days=1)).day == 1
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day.day} {Month.of(day).label}"):
        if whole:
            assert month_written(text) == Month.of(day)
        else:
            with pytest.raises(ValueError, match="it is one day"):
                month_written(text)
    assert month_written(Month.of(day).short) == Month.of(day)


@given(st.text(max_size=60))
def test_any_text_is_a_month_or_refused_in_words(text):
    refusal = ""
    try:
        month = month_written(text)
    except ValueError as refused:
        refusal = str(refused)
    else:
        assert isinstance(month, Month)
    assert not refusal or refusal.startswith("“")
