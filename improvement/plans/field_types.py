"""What a field of a plan's files may hold: titles, words, months and references."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from core.values.months import Month
from improvement.plans.references import PATTERN

WORKBOOK = "impact workbook"


def _month(text: object) -> Month | None:
    return None if text in (None, "") else Month.parse(str(text))


def _target(text: object) -> Month | str | None:
    return WORKBOOK if text == WORKBOOK else _month(text)


def _list(value: object) -> object:
    return [] if value is None else value


def _words(value: object) -> object:
    return "" if value is None else value


def _month_text(text: str) -> str:
    Month.parse(text)
    return text


RequiredMonth = Annotated[Month, BeforeValidator(_month)]
# A month that is only shown again is kept as it is written: "2018-07".
MonthText = Annotated[str, AfterValidator(_month_text)]
Target = Annotated[Month | str | None, BeforeValidator(_target)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, BeforeValidator(_words), Field(max_length=2000)]
AsList = BeforeValidator(_list)
Titles = Annotated[list[Title], AsList]
Number = Annotated[int, Field(ge=1)]
# What is only shown again keeps the shape that its file gives it.
Shown = Annotated[list[Any], AsList]
Code = Annotated[str, Field(pattern=f"^{PATTERN}$")]
