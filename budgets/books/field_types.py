"""What a field of a book's files may hold: codes, years, printed amounts and places."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

YEAR = re.compile(r"(?P<first>20[0-9]{2})/(?P<last>[0-9]{2})")
# As printed on the page; a period that isn't printed is null.
PERIOD = r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?(\.\.[0-9]{4}-[0-9]{2}(-[0-9]{2})?)?"


def _year(text: str) -> str:
    found = YEAR.fullmatch(text)
    if found is None or (int(found["first"]) + 1) % 100 != int(found["last"]):
        raise ValueError(f"“{text}” is no financial year; write it as 2018/19")
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
Period = Annotated[str, Field(pattern=f"^{PERIOD}$")]
AsPrinted = Annotated[str, Field(min_length=1, max_length=30)]
# An empty cell of a printed table is null; a year of which nothing is printed is left out.
Cells = dict[Year, AsPrinted | None]
Totals = dict[Year, AsPrinted]
AsList = BeforeValidator(_list)
Side = Literal["expenditure", "income"]
Figure = Literal["budget", "actual", "headcount", "fte", "stated"]
