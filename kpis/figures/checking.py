"""Rows of text against what the contract measures: every problem by row and column, or the entries they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.values.cells import original, trimmed, visible
from core.values.months import Month
from core.values.written_months import month_written
from kpis.definitions.models import Indicator
from kpis.figures.columns import COLUMNS, HELPERS
from kpis.figures.entries import Entry, months_taken, over_open_fault
from kpis.figures.models import Figure, FigureRevision
from kpis.rules.figures import NUMBERS, Months, Stated, faults
from kpis.rules.typed_numbers import takes_percent, typed_number
from parties.models import Contract
from uploads.tables.problem import Problem
from uploads.tables.table import Head, Row

PROVENANCES: tuple[str, ...] = tuple(FigureRevision.Provenance.values)
# What a row says of a figure; one without any of it says nothing.
SAYING = (*NUMBERS, "commentary")
MOST_COMMENTARY = 5000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# So much of a cell is repeated when something is said about it.
SHOWN = 40
DIGIT = re.compile(r"[0-9]")


# The rows in which each indicator and month stood first.
Seen = dict[tuple[str, Month], int]


@dataclass(frozen=True)
class Scope:
    """What rows are checked against: the contract's indicators by code, the months taken of it, and today.

    ``open_figures`` are those that wait for either party, by indicator and month.
    """

    indicators: Mapping[str, Indicator]
    months: Months
    today: date
    open_figures: Mapping[tuple[int, date], Figure] = field(default_factory=dict)


def scope_of(contract: Contract, indicators: Mapping[str, Indicator], today: date) -> Scope:
    return Scope(indicators, months_taken(contract, today), today)


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


def no_figures(head: Head) -> Problem:
    """What is wrong with a table of no rows, in the first row that could have held one."""
    return Problem(head.number + 1, "indicator", "There are no figures under the header.")


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
            f"No row names the columns. Put this one above the figures: {', '.join(COLUMNS[:6])}. Rows in that order"
            " can do without it, where the first has its code and a month like 2020-03."
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
    """Each row, as a person sees it, with the entry that it makes and what is wrong with it, one by one."""
    seen: Seen = {}
    for row in rows:
        shown = as_seen(row)
        entry, found = checked_row(shown, scope, seen)
        yield shown, entry, found


def checked_row(row: Row, scope: Scope, seen: Seen) -> tuple[Entry | None, list[Problem]]:
    """The entry that the row makes and what is wrong with it; ``seen`` grows by what it speaks of.

    A row of the template that nobody filled makes none, and nothing is wrong with it. The row is given as a person
    sees it (as_seen).
    """
    if untouched(row):
        return None, []
    check = _RowCheck(row, scope)
    if note := check.only_a_note():
        return None, [note]
    entry, found = check.result()
    code, month = row.cells.get("indicator", "").upper(), check.month
    if code and month:
        if (code, month) in seen:
            twice = f"{code[:SHOWN]} {month} stands already in row {seen[code, month]}."
            found = [Problem(row.number, "month", twice), *found]
        seen.setdefault((code, month), row.number)
    return entry, found


def as_seen(row: Row) -> Row:
    """The row without signs that show nothing; inside a commentary they stay."""
    if all(text.isascii() for text in row.cells.values()):
        return row
    return replace(
        row,
        cells={
            name: trimmed(text) if name == "commentary" else visible(text) for name, text in row.cells.items()
        },
    )


def says_nothing(row: Row) -> bool:
    """Whether neither a number nor a commentary stands in it, nor anything unread in their place."""
    unread = row.unread
    return not any(row.cells.get(name) or name in unread for name in SAYING)


def untouched(row: Row) -> bool:
    """Whether the template gave the row out and nobody filled it, whatever a spreadsheet made of its month."""
    return says_nothing(row) and not row.surplus and any(row.cells.get(name) for name in HELPERS)


class _RowCheck:
    """One row on its way to an entry; ``problems`` grows, nothing is raised, so that all faults are told at once."""

    def __init__(self, row: Row, scope: Scope) -> None:
        self.row = row
        self.scope = scope
        self.problems: list[Problem] = []
        self.unread = row.unread
        self.indicator = scope.indicators.get(self._text("indicator").upper())
        self.month, self.no_month = self._month()

    def only_a_note(self) -> Problem | None:
        """Of a line of words under or between the figures: it names no indicator, no month and no number."""
        said = next(((name, text) for name, text in self.row.cells.items() if text), None)
        if said is None or self.indicator or self.month or self.row.surplus:
            return None
        if any(DIGIT.search(self._text(name)) for name in NUMBERS) or DIGIT.search(self._text("month")):
            return None
        column, text = said
        message = (
            f"This row holds only a note: “{text[:SHOWN]}”. Remove the row, or put the note in a commentary."
        )
        return Problem(self.row.number, column, message)

    def result(self) -> tuple[Entry | None, list[Problem]]:
        for cell, words in self.row.surplus.items():
            self.problems.append(Problem(self.row.number, "header", words, cell))
        for column in COLUMNS:
            if column in self.unread:
                self._say(column, self.unread[column])
        self._names()
        provenance = self._provenance()
        numbers = {name: self._number(name) for name in NUMBERS}
        commentary = self._commentary()
        unread = frozenset(name for name in NUMBERS if self._given(name) and numbers[name] is None)
        witness = numbers["value"] if self._witnessed() else None
        if self._witnessed():
            numbers["value"], unread = None, unread - {"value"}
        if self.problems or self.indicator is None or self.month is None:
            self._partly(provenance, numbers, unread)
            return None, self.problems
        numerator, denominator, value = (numbers[name] for name in NUMBERS)
        entry = Entry(
            self.indicator,
            self.month.first_day,
            numerator,
            denominator,
            value,
            commentary,
            provenance,
            witness=witness,
        )
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

    def _given(self, column: str) -> bool:
        return bool(self._text(column)) or column in self.unread

    def _witnessed(self) -> bool:
        """Whether the value stands beside both its counts: it is held against them then, and not kept."""
        counted = self.indicator is None or self.indicator.unit != Indicator.Unit.COUNT
        return counted and all(self._given(name) for name in NUMBERS)

    def _names(self) -> None:
        """Which indicator and which month the row is about."""
        code = self._text("indicator")
        if self.indicator is None and "indicator" not in self.unread:
            unknown = f"“{code[:SHOWN]}” is not an indicator of this contract."
            self._say("indicator", unknown if code else "The code is missing.")
        if self.no_month and "month" not in self.unread:
            self._say("month", self.no_month)

    def _month(self) -> tuple[Month | None, str]:
        """The month, or why there is none."""
        text = self._text("month")
        if not text:
            return None, "The month is missing. Write it as 2019-03."
        try:
            return month_written(text), ""
        except ValueError as error:
            return None, str(error)

    def _partly(self, provenance: str, numbers: Mapping[str, Decimal | None], unread: frozenset[str]) -> None:
        """The rules of a figure, as far as what they need could be read."""
        stated = Stated(
            code=self.indicator.code if self.indicator else "",
            unit=self.indicator.unit if self.indicator else None,
            month=self.month,
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
        percent = takes_percent(column, self.indicator.unit if self.indicator else None)
        try:
            return typed_number(text, percent=percent, witness=column == "value" and self._witnessed())
        except ValueError as error:
            self._say(column, str(error))
            return None

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
