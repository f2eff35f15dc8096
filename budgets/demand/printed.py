"""When and where something is printed, in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from budgets.models import Observation, Series
from core.values.months import Month
from core.values.words import day_words

NO_DATE = "no date printed"


def observed(series: Series) -> list[Observation]:
    """What was observed, in its order, of a series that was fetched with it. No query."""
    return list(series.observations.all())


def number_of(printed: str) -> Fraction:
    """The number of an observation: "1,045" and "16.5"."""
    return Fraction(printed.replace(",", ""))


def when(one: Observation) -> str:
    """ "31 March 2019", "April 2018", "quarter 4 of 2017/18", "2018/19", or from one day to another."""
    if one.starts_on is None or one.ends_on is None:
        return NO_DATE
    return span_words(one.starts_on, one.ends_on)


def span_words(starts_on: date, ends_on: date) -> str:
    if starts_on == ends_on:
        return day_words(ends_on)
    first, last = Month.of(starts_on), Month.of(ends_on)
    if starts_on != first.first_day or ends_on != last.last_day:
        return f"{day_words(starts_on)} to {day_words(ends_on)}"
    if first == last:
        return first.label
    if (first, last) == (first.quarter.first, first.quarter.last):
        return first.quarter.label
    if (first, last) == (first.contract_year.first, first.contract_year.last):
        return first.contract_year.label
    return f"{first.label} to {last.label}"


def as_printed(one: Observation, unit: str) -> str:
    """The number with what is said before it: "about 720", "20%"."""
    text = f"{one.printed}%" if unit == "percent" else one.printed
    return f"{one.qualifier} {text}" if one.qualifier else text


def source_of(series: Series) -> str:
    return f"{series.document}, {series.place}"
