"""What a field of a plan's files may hold: titles, words, months and references."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from core import clock
from core.values.months import Month
from improvement.plans.names import RESERVED
from improvement.plans.references import PATTERN
from improvement.rules.status import Status

WORKBOOK = "impact workbook"
# The largest number that a table of the plan holds, on every database.
LARGEST = 32767


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


def _not_reserved(code: str) -> str:
    if code == RESERVED:
        raise ValueError(f"“{RESERVED}” is the address of another page; choose another code")
    return code


def _not_ahead(day: date) -> date:
    if day > clock.today():
        raise ValueError(f"{day} is still to come")
    return day


def _once(values: list[str]) -> list[str]:
    if twice := sorted({value for value in values if values.count(value) > 1}):
        raise ValueError(f"{', '.join(twice)} stands twice")
    return values


def _unconfirmed(status: Status) -> Status:
    if status == Status.COMPLETED:
        raise ValueError("Phase 2 is completed by evidence and the other party’s confirmation, not by a file")
    return status


RequiredMonth = Annotated[Month, BeforeValidator(_month)]
# A month that is only shown again is kept as it is written: "2018-07".
MonthText = Annotated[str, AfterValidator(_month_text)]
Target = Annotated[Month | str | None, BeforeValidator(_target)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, BeforeValidator(_words), Field(max_length=2000)]
AsList = BeforeValidator(_list)
Titles = Annotated[list[Title], AsList]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
# A line that may be empty, as long as a title.
Line = Annotated[str, BeforeValidator(_words), Field(max_length=200)]
OnceTitles = Annotated[Titles, AfterValidator(_once)]
PlanCode = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50), AfterValidator(_not_reserved)]
PastDay = Annotated[date, AfterValidator(_not_ahead)]
Unconfirmed = Annotated[Status, AfterValidator(_unconfirmed)]
# What is only shown again keeps the shape that its file gives it.
Shown = Annotated[list[Any], AsList]
Code = Annotated[str, Field(pattern=f"^{PATTERN}$")]
# What names a row, as the document prints it.
RowCode = Annotated[str, Field(min_length=1, max_length=20)]
# With the code of a row behind it, it is as long as a title.
Place = Annotated[str, Field(min_length=1, max_length=178)]
