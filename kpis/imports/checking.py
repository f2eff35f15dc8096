"""Rows of text against what the contract measures: every problem by row and column, or the entries they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis.imports.reading import Row
from kpis.models import FigureRevision, Indicator
from kpis.services.figures import LARGEST, TOO_LARGE, Entry, entry_fault
from sandwell.formulas import original
from sandwell.periods import Month

COLUMNS = ("indicator", "month", "numerator", "denominator", "value", "commentary", "provenance")
# What the template says beside them, for the person who fills it; passed over when it comes back.
HELPERS = ("name", "unit", "last_month", "numerator_is", "denominator_is", "how_to_fill")
PROVENANCES: tuple[str, ...] = tuple(FigureRevision.Provenance.values)
NUMBER = re.compile(r"[0-9]{1,11}(?:\.[0-9]+)?")
MOST_COMMENTARY = 5000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# So much of a cell is repeated when something is said about it.
SHOWN = 40
MISSING_WORDS = {"na", "n/a", "#n/a", "null", "none", "-", "tbc", "?", "nan"}


# The rows in which each indicator and month stood first.
Seen = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the file. Row 1 is the header."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.message}"


@dataclass(frozen=True)
class Scope:
    """What rows are checked against: the contract's indicators by code, its months, and today.

    ``earliest`` is the first month of which a published figure is taken; ``last_month`` the last that is reported.
    """

    indicators: Mapping[str, Indicator]
    earliest: Month
    first_month: Month
    last_month: Month
    today: date


def check_header(header: Sequence[str]) -> list[Problem]:
    """Every column once, none unknown. Commentary and provenance may be left out, and helpers stand as they like."""
    problems = []
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(Problem(1, name[:SHOWN] or "header", "This column stands twice. Keep one."))
        if name not in COLUMNS + HELPERS:
            problems.append(
                Problem(1, name[:SHOWN] or "header", f"Unknown column. The columns are {', '.join(COLUMNS)}.")
            )
    missing = [name for name in ("indicator", "month") if name not in header]
    problems += [Problem(1, name, "This column is missing.") for name in missing]
    if "value" not in header and not {"numerator", "denominator"} <= set(header):
        problems.append(Problem(1, "value", "Give a value column, or numerator and denominator."))
    return problems


def check_rows(rows: Sequence[Row], scope: Scope) -> tuple[list[Entry], list[Problem]]:
    """The entries of all rows that are right, and every problem of those that aren't."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for _, entry, found in checked_rows(rows, scope):
        problems += found
        if entry is not None and not found:
            entries.append(entry)
    return entries, problems


def checked_rows(rows: Iterable[Row], scope: Scope) -> Iterator[tuple[Row, Entry | None, list[Problem]]]:
    """Each row with the entry that it makes and what is wrong with it, one by one."""
    seen: Seen = {}
    for row in rows:
        entry, found = checked_row(row, scope, seen)
        yield row, entry, found


def checked_row(row: Row, scope: Scope, seen: Seen) -> tuple[Entry | None, list[Problem]]:
    """The entry that the row makes and what is wrong with it; ``seen`` grows by what it speaks of."""
    entry, found = _RowCheck(row, scope).result()
    code, month = key = (row.cells.get("indicator", "").upper(), row.cells.get("month", ""))
    if key in seen and all(key):
        twice = f"{code[:SHOWN]} {month[:SHOWN]} stands already in row {seen[key]}."
        found = [Problem(row.number, "month", twice), *found]
    seen.setdefault(key, row.number)
    return entry, found


class _RowCheck:
    """One row on its way to an entry; ``problems`` grows, nothing is raised, so that all faults are told at once."""

    def __init__(self, row: Row, scope: Scope) -> None:
        self.row = row
        self.scope = scope
        self.problems: list[Problem] = []

    def result(self) -> tuple[Entry | None, list[Problem]]:
        if self.row.surplus:
            self._say("header", "There are more cells than columns. Put text with commas between quotes.")
        indicator = self._indicator()
        provenance = self._provenance()
        month = self._month(provenance)
        numerator, denominator, value = (self._number(name) for name in ("numerator", "denominator", "value"))
        commentary = self._commentary()
        if indicator is None or month is None or self.problems:
            return None, self.problems
        entry = Entry(indicator, month.first_day, numerator, denominator, value, commentary, provenance)
        self._shape(indicator, numerator, denominator, value)
        self._size(indicator, numerator, denominator, value)
        if not self.problems and (fault := entry_fault(entry)):
            self._say(fault.column, fault.message)
        return entry, self.problems

    def _say(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, column, message))

    def _text(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def _indicator(self) -> Indicator | None:
        code = self._text("indicator")
        found = self.scope.indicators.get(code.upper())
        if found is None:
            unknown = f"“{code[:SHOWN]}” is not an indicator of this contract."
            self._say("indicator", unknown if code else "The code is missing.")
        return found

    def _month(self, provenance: str) -> Month | None:
        text = self._text("month")
        try:
            month = Month.parse(text[:SHOWN])
        except ValueError as error:
            self._say("month", str(error) if text else "The month is missing. Write it as 2019-03.")
            return None
        if month >= Month.of(self.scope.today):
            self._say("month", f"{month.label} is not over yet, so it has no figure.")
        elif month > self.scope.last_month:
            last = self.scope.last_month.label
            self._say("month", f"{month.label} is after {last}, the last month that the contract reports.")
        elif month < self.scope.earliest:
            self._say(
                "month",
                f"{month.label} is before {self.scope.earliest.label}, the earliest month taken here.",
            )
        elif month < self.scope.first_month and provenance != FigureRevision.Provenance.PUBLISHED:
            self._say(
                "month",
                f"{month.label} is before the contract began in {self.scope.first_month.label}."
                " Only published figures may stand there.",
            )
        return month

    def _number(self, column: str) -> Decimal | None:
        text = self._text(column)
        if not text:
            return None
        fault = number_fault(text)
        if fault:
            self._say(column, f"“{text[:SHOWN]}” {fault}")
            return None
        return Decimal(text).quantize(Decimal("0.0001"))

    def _commentary(self) -> str:
        text = original(self._text("commentary"))
        if len(text) > MOST_COMMENTARY:
            self._say(
                "commentary",
                f"The commentary has {len(text):,} characters; {MOST_COMMENTARY:,} are the most.",
            )
        if CONTROL.search(text):
            self._say("commentary", "The commentary has control characters. Type it again as plain text.")
        return text

    def _provenance(self) -> str:
        word = self._text("provenance").lower() or FigureRevision.Provenance.RETURNED
        if word not in PROVENANCES:
            self._say(
                "provenance", f"“{word[:SHOWN]}” is not one of {', '.join(PROVENANCES)}."
            )
        return str(word)

    def _shape(
        self,
        indicator: Indicator,
        numerator: Decimal | None,
        denominator: Decimal | None,
        value: Decimal | None,
    ) -> None:
        if numerator is None and denominator is None and value is None:
            self._say("value", "There is no figure. Leave the row out if it can't be reported.")
        elif indicator.unit == Indicator.Unit.COUNT and (numerator is not None or denominator is not None):
            self._say("value", f"{indicator.code} is a count: give the value alone.")
        elif denominator is not None and value is not None:
            self._say("value", "Give either numerator and denominator, or the value, not both.")
        elif denominator is not None and numerator is None:
            self._say("numerator", "The numerator is missing beside its denominator.")
        elif numerator is not None and denominator is None:
            if value is None:
                self._say("denominator", "The denominator is missing beside its numerator.")
            elif indicator.unit != Indicator.Unit.RATE:
                self._say("value", "Give either numerator and denominator, or the value, not both.")

    def _size(
        self,
        indicator: Indicator,
        numerator: Decimal | None,
        denominator: Decimal | None,
        value: Decimal | None,
    ) -> None:
        if indicator.unit == Indicator.Unit.PERCENT:
            if numerator is not None and denominator and numerator > denominator:
                self._say("numerator", "The numerator is larger than the denominator: more than 100%.")
            if value is not None and value > 100:
                self._say("value", "A percentage can't be above 100.")
        if numerator and denominator is not None and denominator == 0:
            self._say("denominator", "The denominator is 0 but the numerator is not.")


def number_fault(text: str) -> str:
    """What is wrong with a text that should be a plain number; empty when nothing is."""
    if text.lower() in MISSING_WORDS:
        return "is not a number. Leave the cell empty when there is none."
    if text.endswith("%"):
        return "has a percent sign. Write the number alone, as 75.4."
    if text.startswith(("-", "−", "(")):
        return "is below zero, which no figure here can be."
    if "," in text:
        return "has a comma. Write thousands without commas and decimals with a point."
    if not NUMBER.fullmatch(text):
        return "is not a plain number like 75 or 75.4."
    if len(text.partition(".")[2].rstrip("0")) > 4:
        return "has more than four decimals. Give numerator and denominator instead."
    if Decimal(text) >= TOO_LARGE:
        return f"is larger than {LARGEST}."
    return ""
