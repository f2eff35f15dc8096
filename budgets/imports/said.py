"""What one row of a file says, as far as it can be read: of which line and period, its amounts and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from budgets.imports.columns import AMOUNTS, COLUMNS, SAYING
from budgets.models import Book, Line
from budgets.models.book import WORDS
from budgets.models.monitoring import REASON
from budgets.rules.money import for_file
from budgets.rules.periods import LAST, Period
from budgets.rules.written_money import NotAnAmount, pence_given
from core.values.cells import original, trimmed, visible
from core.values.months import ContractYear
from uploads.tables.lines import shown
from uploads.tables.problem import Problem
from uploads.tables.table import Row

MOST = {"moved": WORDS, "words": WORDS, "reason": REASON}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
YEAR = re.compile(r"([0-9]{4})(?:[/-]([0-9]{2}))?")
PERIOD = re.compile("[0-9]{1,2}")
TOTAL = re.compile(r"(?:grand |sub-?|net |overall )?(?:totals?|sum)\b.*", re.IGNORECASE)
NEEDED = {"actual": "Give what was spent by then.", "forecast": "Give what the year is to come to."}


@dataclass(slots=True)
class Said:
    """A row; ``texts`` are what stands in the columns that the file has, amounts as files write them; where one can't
    be read it stays as it was typed, ``pence`` lacks it, and ``problems`` say why.
    """

    number: int
    line: Line | None = None
    period: Period | None = None
    texts: dict[str, str] = field(default_factory=dict)
    pence: dict[str, int] = field(default_factory=dict)
    unplaced: list[Problem] = field(
        default_factory=list
    )  # of which line or period it is, or what can't be seen
    problems: list[Problem] = field(default_factory=list)
    total: bool = False

    @property
    def empty(self) -> bool:
        return not any(self.texts.values()) and not self.unplaced


class Reader:
    """Reads rows of one book; nothing is raised, so that all faults are told at once. No query but for the lines."""

    def __init__(self, book: Book, rows: Sequence[Line], columns: Sequence[str]) -> None:
        self.book = book
        self.rows = {line.code.lower(): line for line in rows}
        self.columns = [name for name in SAYING if name in columns]
        self.years: dict[str, ContractYear | str] = {}
        self.periods: dict[tuple[str, str], Period | None] = {}

    def read(self, row: Row) -> Said:
        given = row.cells
        cells = {name: _as_typed(name, text) if (text := given.get(name)) else "" for name in COLUMNS}
        said = Said(row.number, texts={name: cells[name] for name in self.columns})
        for cell, words in row.surplus.items():
            said.unplaced.append(Problem(row.number, "header", words, cell))
        for name in COLUMNS:
            if name in row.unread:
                said.unplaced.append(Problem(row.number, name, row.unread[name]))
        if said.empty:
            return said
        said.total = _is_total(cells) and cells["code"].lower() not in self.rows
        self._place(said, cells, row.unread)
        self._amounts(said, row.unread)
        self._words(said)
        return said

    def _place(self, said: Said, cells: Mapping[str, str], unread: Mapping[str, str]) -> None:
        """A total names a period or none."""

        def say(column: str, words: str) -> None:
            if column not in unread:
                said.unplaced.append(Problem(said.number, column, words))

        if not said.total:
            said.line = self._line(cells, say)
        elif not (cells["year"] or cells["period"]):
            return
        year = self._year(cells["year"], say)
        said.period = self._period(year, cells["period"], say)

    def _line(self, cells: Mapping[str, str], say: Callable[[str, str], None]) -> Line | None:
        code, name = cells["code"], cells["name"]
        line = self.rows.get(code.lower())
        if line is None:
            unknown = f"“{shown(code)}” is no line of {self.book.name}."
            say("code", unknown if code else "The line’s code is missing.")
        elif line.kind != Line.Kind.LINE:
            say("code", f"{line.name} adds up other lines. Give the amounts of the lines below it.")
        elif name and " ".join(name.lower().split()) != " ".join(line.name.lower().split()):
            say("name", f"{line.code} is “{line.name}” in this book, not “{shown(name)}”.")
        else:
            return line
        return None

    def _year(self, text: str, say: Callable[[str, str], None]) -> ContractYear | None:
        if text not in self.years:
            self.years[text] = _year_of(text, self.book)
        found = self.years[text]
        if isinstance(found, str):
            say("year", found)
            return None
        return found

    def _period(self, year: ContractYear | None, text: str, say: Callable[[str, str], None]) -> Period | None:
        if not PERIOD.fullmatch(text) or not 1 <= int(text) <= LAST:
            of = f"“{shown(text)}” is no period" if text else "The period is missing"
            say("period", f"{of}: 1 to 12 are April to March, 13 to {LAST} adjust the year after March.")
            return None
        if year is None:
            return None
        key = (year.label, text)
        if key not in self.periods:
            self.periods[key] = Period(year, int(text))
        return self.periods[key]

    def _amounts(self, said: Said, unread: Mapping[str, str]) -> None:
        for name in AMOUNTS:
            text = said.texts.get(name, "")
            if not text:
                if name in said.texts and name in NEEDED and name not in unread and not said.total:
                    said.problems.append(Problem(said.number, name, NEEDED[name]))
                continue
            try:
                said.pence[name] = pence_given(text)
            except NotAnAmount as error:
                said.problems.append(Problem(said.number, name, str(error)))
            else:
                said.texts[name] = for_file(said.pence[name])

    def _words(self, said: Said) -> None:
        for name, most in MOST.items():
            text = said.texts.get(name)
            if not text:
                continue
            if len(text) > most:
                words = f"These words have {len(text):,} characters; {most:,} are the most."
                said.problems.append(Problem(said.number, name, words))
            if CONTROL.search(text):
                words = "These words have control characters. Type them again as plain text."
                said.problems.append(Problem(said.number, name, words))


def _as_typed(name: str, cell: str) -> str:
    """Most cells are what they seem, and files are long."""
    if cell.isascii() and not cell.startswith("'") and "\r" not in cell:
        return cell
    return original(trimmed(cell)).replace("\r\n", "\n") if name in MOST else original(visible(cell))


def _is_total(cells: Mapping[str, str]) -> bool:
    return bool(TOTAL.fullmatch(cells["code"] or cells["name"]))


def _year_of(text: str, book: Book) -> ContractYear | str:
    """The year, or why there is none."""
    if not text:
        return "The year is missing. Write it like 2018/19."
    found = YEAR.fullmatch(text)
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        return f"“{shown(text)}” is no financial year. Write it like 2018/19."
    year, years = ContractYear(int(found[1])), book.years
    if year not in years:
        return f"{year.label} lies outside this book, which runs from {years[0].label} to {years[-1].label}."
    return year
