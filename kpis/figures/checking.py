"""Rows of text against what the contract measures: every problem by row and column, or the entries they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.values.cells import original
from core.values.months import Month
from core.values.written_months import month_written
from kpis.definitions.models import Indicator
from kpis.figures.columns import COLUMNS, HELPERS
from kpis.figures.entries import Entry, over_open_fault
from kpis.figures.models import Figure, FigureRevision
from kpis.rules.figures import LARGEST, NUMBERS, TOO_LARGE, Months, Stated, faults
from uploads.tables.problem import Problem
from uploads.tables.table import Row

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
class Scope:
    """What rows are checked against: the contract's indicators by code, the months taken of it, and today.

    ``open_figures`` are those that wait for either party, by indicator and month.
    """

    indicators: Mapping[str, Indicator]
    months: Months
    today: date
    open_figures: Mapping[tuple[int, date], Figure] = field(default_factory=dict)


def check_header(header: Sequence[str], row: int) -> list[Problem]:
    """Every column once, none unknown. Commentary and provenance may be left out, and helpers stand as they like.

    What is no header at all is said in one sentence.
    """
    if words := _no_header(header):
        return [Problem(row, "header", words)]
    problems = []
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(Problem(row, name[:SHOWN], "This column stands twice. Keep one."))
        if name not in COLUMNS + HELPERS:
            unknown = f"Unknown column. The columns are {', '.join(COLUMNS)}."
            problems.append(Problem(row, name[:SHOWN], unknown))
    missing = [name for name in ("indicator", "month") if name not in header]
    problems += [Problem(row, name, "This column is missing.") for name in missing]
    if "value" not in header and not {"numerator", "denominator"} <= set(header):
        problems.append(Problem(row, "value", "Give a value column, or numerator and denominator."))
    return problems


def _no_header(header: Sequence[str]) -> str:
    """Why a line that was taken for the header is none; empty where it is one."""
    months = [name for name in header if _is_month(name)]
    if len(months) > 1 and "month" not in header:
        return (
            f"Months stand as columns here ({', '.join(months[:3])}). Give each indicator and month a row of its own,"
            f" with the columns {', '.join(COLUMNS[:6])}."
        )
    if not set(header) & {*COLUMNS, *HELPERS}:
        return (
            f"No row names the columns. Put this one above the figures: {', '.join(COLUMNS[:6])}. Rows that stand in"
            " that order can also do without it."
        )
    return ""


def _is_month(name: str) -> bool:
    try:
        month_written(name)
    except ValueError:
        return False
    return True


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
            self._say("header", self.row.surplus)
        indicator = self._indicator()
        provenance = self._provenance()
        month = self._month()
        numbers = {name: self._number(name) for name in NUMBERS}
        commentary = self._commentary()
        unread = frozenset(name for name in NUMBERS if self._text(name) and numbers[name] is None)
        if indicator is None or month is None or unread:
            self._partly(indicator, month, provenance, numbers, unread)
            return None, self.problems
        numerator, denominator, value = (numbers[name] for name in NUMBERS)
        entry = Entry(indicator, month.first_day, numerator, denominator, value, commentary, provenance)
        for fault in entry.faults(self.scope.months):
            self._say(fault.column, fault.message)
        if self.problems:
            return None, self.problems
        self._takes_the_place(entry)
        return entry, self.problems

    def _takes_the_place(self, entry: Entry) -> None:
        present = self.scope.open_figures.get((entry.indicator.pk, entry.month))
        if present is None or entry.says_the_same_as(present.latest):
            return
        if fault := over_open_fault(entry, present.state):
            self._say(fault.column, fault.message)

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

    def _month(self) -> Month | None:
        text = self._text("month")
        try:
            return Month.parse(text[:SHOWN])
        except ValueError as error:
            self._say("month", str(error) if text else "The month is missing. Write it as 2019-03.")
            return None

    def _partly(
        self,
        indicator: Indicator | None,
        month: Month | None,
        provenance: str,
        numbers: Mapping[str, Decimal | None],
        unread: frozenset[str],
    ) -> None:
        """The rules of a figure, as far as what they need could be read."""
        stated = Stated(
            code=indicator.code if indicator else "",
            unit=indicator.unit if indicator else None,
            month=month,
            published=provenance == FigureRevision.Provenance.PUBLISHED,
            **numbers,
            unread=unread,
        )
        for fault in faults(stated, self.scope.months):
            self._say(fault.column, fault.message)

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
            self._say("provenance", f"“{word[:SHOWN]}” is not one of {', '.join(PROVENANCES)}.")
        return str(word)


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
