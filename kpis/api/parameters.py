"""What an address of the API may ask for. Each parameter is declared once: views read it by its declaration, and the
OpenAPI description prints it.

What isn't declared, comes twice or can't be read is refused with its name: a program that misspells a filter would
otherwise take what it gets for what it asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from core.values.months import EARLIEST, LATEST, Month
from core.values.words import listed
from kpis.months.asking import day_written

MOST_AT_ONCE = 1000
LAST_OFFSET = 1_000_000_000
# So much of a name or a value is repeated in an answer.
SHOWN = 40


@dataclass(frozen=True)
class Parameter:
    """``read`` takes the text of the address and raises ValueError in words; ``schema`` says the same in OpenAPI."""

    name: str
    meaning: str
    schema: dict[str, Any]
    read: Callable[[str], Any]

    def described(self) -> OpenApiParameter:
        return OpenApiParameter(self.name, self.schema, OpenApiParameter.QUERY, description=self.meaning)


def choice(name: str, meaning: str, words: Sequence[str]) -> Parameter:
    """One of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"“{text[:SHOWN]}” is none of {listed(words)}.")
        return text

    return Parameter(name, meaning, {"type": "string", "enum": list(words)}, read)


def whole_number(name: str, meaning: str, least: int, most: int) -> Parameter:
    """A whole number between two, both included, in digits."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,18}", text) or not least <= int(text) <= most:
            raise ValueError(f"“{text[:SHOWN]}” is not a whole number from {least} to {most}.")
        return int(text)

    return Parameter(name, meaning, {"type": "integer", "minimum": least, "maximum": most}, read)


MONTH = Parameter(
    "month",
    f"YYYY-MM, from {EARLIEST} to {LATEST}; the latest reported otherwise",
    {"type": "string", "pattern": r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", "example": "2019-03"},
    lambda text: Month.parse(text[:SHOWN]),
)
KNOWN = Parameter(
    "known",
    "YYYY-MM-DD: as known at the end of that day",
    {"type": "string", "format": "date", "example": "2019-05-14"},
    day_written,
)
PAGING = (
    whole_number("limit", "How many rows at once; 100 otherwise", 1, MOST_AT_ONCE),
    whole_number("offset", "How many rows to pass over", 0, LAST_OFFSET),
)


def read_all(query: QueryDict, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """What the address asks for, by name. ValidationError names every parameter that is unknown, repeated or wrong."""
    declared = {parameter.name: parameter for parameter in parameters}
    asked: dict[str, Any] = {}
    refused: dict[str, list[str]] = {}
    for name, texts in query.lists():
        try:
            asked[name] = _read(name, texts, declared)
        except ValueError as error:
            refused[name[:SHOWN]] = [str(error)]
    if refused:
        raise ValidationError(refused)
    return asked


def _read(name: str, texts: Sequence[str], declared: dict[str, Parameter]) -> Any:
    if name not in declared:
        takes = f"takes {listed(list(declared))}" if declared else "takes no parameters"
        raise ValueError(f"There is no parameter “{name[:SHOWN]}” here: this address {takes}.")
    if len(texts) > 1:
        raise ValueError(f"“{name}” is given {len(texts)} times. Give it once.")
    return declared[name].read(texts[0])
