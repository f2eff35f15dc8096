"""The rows of a file beside what is kept of the book: what each would change, and all that is wrong.

A row that says what is kept already changes nothing, whatever else may be said about it, so that every file that the
program wrote comes back without a complaint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from budgets.imports.columns import AMOUNTS
from budgets.imports.kept import KeptBook, KeptYear, pence_or_none
from budgets.imports.said import NEEDED, Reader, Said
from budgets.imports.totals import Totals
from budgets.models import Line
from budgets.months.entering import to_come
from budgets.rules.money import written
from budgets.rules.month_entry import Beside, lacking
from budgets.rules.month_entry import Said as Entered
from budgets.rules.periods import Period
from budgets.rules.variance import Limits
from core import clock
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, Progress
from uploads.tables.opening import Table
from uploads.tables.problem import Problem
from uploads.tables.table import Row

# What may be said later, before the month is submitted.
LATER = ("words", "moved")
# From such a budget on, in pence, a forecast that is near a thousandth of it is taken for thousands.
LARGE = 100_000 * 100
THOUSAND = 1000


Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Changing:
    """A row that would change something: all texts of its line as they would be kept."""

    said: Said
    line: Line
    period: Period
    kind: str
    texts: Mapping[str, str]


def compared(
    kept: KeptBook, limits: Limits, table: Table, progress: Progress
) -> tuple[list[dict[str, Any]], list[Problem], int]:
    """Each row as the upload keeps it, but for those with a problem; every problem, by row; and how many rows it was.

    Takes the rows one by one, whatever their number. Of the book one query, and four for each year that they name.
    """
    comparing = _Comparing(kept, limits, table.columns)
    total = 0
    for total, row in enumerate(table.rows, start=1):  # noqa: B007 - how many it was in the end
        comparing.take(row)
    progress.begin(total)
    return *comparing.result(progress), total


class _Comparing:
    def __init__(self, kept: KeptBook, limits: Limits, columns: Sequence[str]) -> None:
        self.kept, self.limits, self.today = kept, limits, clock.today()
        self.reader = Reader(kept.book, kept.rows, columns)
        self.totals = Totals()
        self.problems: list[Problem] = []
        self.records: list[dict[str, Any]] = []
        self.changing: list[Changing] = []
        # By the line's key, year and period: in which row it stands, and the amounts that it gives.
        self.seen: dict[Place, int] = {}
        self.given: dict[Place, Mapping[str, int]] = {}

    def take(self, row: Row) -> None:
        said = self.reader.read(row)
        if said.empty:
            self.records.append(_record(said, LEFT_OUT, f"row {said.number}"))
            return
        self.totals.take(said)
        if said.unplaced:
            self.problems += [*said.unplaced, *said.problems]
        elif said.total:
            self._take_total(said)
        elif said.line is not None and said.period is not None:
            self._take_line(said, said.line, said.period)

    def result(self, progress: Progress) -> tuple[list[dict[str, Any]], list[Problem]]:
        """Every row is in one of both lists."""
        for done, changing in enumerate(self.changing, start=1):
            self._judge(changing)
            progress(done)
        self.problems += self.totals.problems()
        wrong = {problem.row for problem in self.problems}
        right = [record for record in self.records if record["row"] not in wrong]
        return sorted(right, key=lambda record: int(record["row"])), sorted(
            self.problems, key=lambda problem: problem.row
        )

    def _take_total(self, said: Said) -> None:
        self.problems += said.problems
        if not said.problems:
            self.records.append(_record(said, LEFT_OUT, f"total in row {said.number}"))

    def _take_line(self, said: Said, line: Line, period: Period) -> None:
        place = _place(line, period)
        if first := self.seen.get(place):
            twice = f"{line.name} of {period.label} stands already in row {first}."
            self.problems += [Problem(said.number, "code", twice), *said.problems]
            return
        self.seen[place] = said.number
        year = self.kept.year(period.year.start)
        self.given[place] = said.pence
        if _same(said.texts, year.texts(line.pk, period.number)):
            self.records.append(_record(said, SAME, _name(line, period)))
            return
        self.problems += said.problems
        if early := to_come(period, self.today):
            self.problems.append(Problem(said.number, "period", early))
        elif not said.problems:
            there = (line.pk, period.number) in year.submitted or (line.pk, period.number) in year.drafted
            kind = CHANGED if there else NEW
            texts = {**year.taken_over(line.pk, period.number), **said.texts}
            self.changing.append(Changing(said, line, period, kind, texts))

    def _judge(self, one: Changing) -> None:
        """What is missing stops the row, but for what may be said on the month's page as well."""
        year = self.kept.year(one.period.year.start)
        found = list(self._lacking(one, year))
        stops = [Problem(one.said.number, name, words) for name, words in found if name not in LATER]
        if doubt := _in_thousands(one, year):
            stops.append(Problem(one.said.number, "forecast", doubt))
        if stops:
            self.problems += stops
            return
        key = (one.line.pk, one.period.number)
        drafted, submitted = year.drafted.get(key), year.submitted.get(key)
        latest = submitted.entry if submitted else None
        self.records.append(
            _record(one.said, one.kind, _name(one.line, one.period))
            | {
                "book": self.kept.book.pk,
                "line": one.line.pk,
                "year": one.period.year.start,
                "period": one.period.number,
                "typed": {name: text for name, text in one.texts.items() if text},
                "version": drafted.version if drafted else 0,
                "begun_from": drafted.begun_from if drafted else latest,
                "latest": latest,
                "asks": [name for name, _ in found],
            }
        )

    def _lacking(self, one: Changing, year: KeptYear) -> Iterator[tuple[str, str]]:
        pence = {name: one.said.pence.get(name) for name in AMOUNTS}
        for name in AMOUNTS:
            if name not in one.said.texts:  # what stays as it was kept
                pence[name] = pence_or_none(one.texts[name])
        actual, forecast = pence["actual"], pence["forecast"]
        if actual is None or forecast is None:
            yield from ((name, words) for name, words in NEEDED.items() if pence[name] is None)
            return
        words = (one.texts[name] for name in ("words", "moved", "reason"))
        entered = Entered(actual, forecast, pence["committed"], pence["mitigation"], *words)
        beside = Beside(
            budget=year.budgets.get(one.line.pk),
            forecast_before=self._before(one, year, "forecast"),
            actual_before=self._before(one, year, "actual"),
            side=one.line.tree_side,
            closed=one.period.number in year.closed,
        )
        yield from lacking(entered, beside, self.limits)

    def _before(self, one: Changing, year: KeptYear, name: str) -> int | None:
        """An amount of the period before: the file's own, else what is kept."""
        before = one.period.previous
        if before is None:
            return None
        said = self.given.get(_place(one.line, before), {}).get(name)
        return said if said is not None else year.amount(one.line.pk, before.number, name)


def _same(said: Mapping[str, str], kept: Mapping[str, str]) -> bool:
    """Whether a row says what is kept; a reason that isn't given again says nothing else."""
    return all(
        text == kept[name]
        if name in AMOUNTS
        else text == kept[name] or text.split() == kept[name].split() or (name == "reason" and not text)
        for name, text in said.items()
    )


def _in_thousands(one: Changing, year: KeptYear) -> str:
    """Why the amounts of a row may count thousands; empty where they don't seem to."""
    forecast, budget = one.said.pence.get("forecast"), year.budgets.get(one.line.pk) or 0
    if (
        not forecast
        or abs(budget) < LARGE
        or not abs(budget) // 2 <= abs(forecast) * THOUSAND <= abs(budget) * 2
    ):
        return ""
    return (
        f"{written(forecast)} may count thousands: the year’s budget is {written(budget)}. Give pounds;"
        " if it is meant so, type it on the month’s page."
    )


def _place(line: Line, period: Period) -> Place:
    return line.pk, period.year.start, period.number


def _name(line: Line, period: Period) -> str:
    return f"{line.name}, {_label(period)}"


@lru_cache(maxsize=256)
def _label(period: Period) -> str:
    return period.label


def _record(said: Said, kind: str, name: str) -> dict[str, Any]:
    return {"row": said.number, "kind": kind, "name": name}
