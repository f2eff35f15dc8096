"""What a field of a book's files may hold: codes, years, printed amounts and places."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from core.values.months import Month

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
YEAR = re.compile(r"(?P<first>20[0-9]{2})/(?P<last>[0-9]{2})")


def _year(text: str) -> str:
    found = YEAR.fullmatch(text)
    if found is None or (int(found["first"]) + 1) % 100 != int(found["last"]):
        raise ValueError(f"“{text}” is no financial year; write it as 2018/19")
    return text


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of "2019-03-31", "2018-04", or two of them with dots between. ValueError else."""
    first, _, last = period.partition("..")
    starts, ends = _first_and_last(first), _first_and_last(last or first)
    if ends[1] < starts[0]:
        raise ValueError(f"“{period}” ends before it begins")
    return starts[0], ends[1]


def _first_and_last(text: str) -> tuple[date, date]:
    try:
        if MONTH.fullmatch(text):
            month = Month.parse(text)
            return month.first_day, month.last_day
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no day and no month; write it as 2019-03-31 or 2019-03") from None
    return day, day


def _period(text: str) -> str:
    days_of(text)
    return text


def _words(value: object) -> object:
    return "" if value is None else value


def _list(value: object) -> object:
    return [] if value is None else value


Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$", max_length=60)]
BookCode = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
# Words that may be left out, and a title that may be empty.
Words = Annotated[str, BeforeValidator(_words), Field(max_length=1000)]
Line = Annotated[str, BeforeValidator(_words), Field(max_length=200)]
# The financial year from April to March, as "2018/19".
Year = Annotated[str, AfterValidator(_year)]
# A day, a month, or the time between two of them, as "2018-04..2019-03".
Period = Annotated[str, AfterValidator(_period)]
AsPrinted = Annotated[str, Field(min_length=1, max_length=30)]
# An empty cell of a printed table is null; a year of which nothing is printed is left out.
Cells = dict[Year, AsPrinted | None]
Totals = dict[Year, AsPrinted]
AsList = BeforeValidator(_list)
Side = Literal["expenditure", "income"]
Figure = Literal["budget", "actual", "headcount", "fte", "stated"]
