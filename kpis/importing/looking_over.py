"""A file's figures held against the months before them, as the page holds what is typed: errors, and what warns.

Figures that say what is kept already are not looked over: a file that the program wrote comes back without complaint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from core.values.months import Month
from core.values.words import says_something
from kpis.engine.judging import found_in, off_target, statuses
from kpis.engine.months_before import HISTORY, MonthsBefore
from kpis.figures.entries import Answer, Entry
from kpis.figures.models import Figure, FigureRevision
from kpis.rules.checks import ERROR, SCALE_SLIP, WARNING, Finding
from uploads.tables.problem import Problem

NO_WORDS = (
    "{month} is not on target, and what the Trust returns needs words then: say in the commentary what happened, why,"
    " what comes next, and by when."
)


@dataclass
class LookedOver:
    """What was found in figures: errors, and warnings that somebody has to explain; both by row and column."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


class FileHistory:
    """The rows of one file so far: with what is kept, they are the months before the rows that follow."""

    def __init__(self, accepted: str = "") -> None:
        """``accepted`` is what is said to every warning; without it each warning is named."""
        self._accepted = accepted
        self._in_file = MonthsBefore()

    def look_over(self, numbered: Sequence[tuple[int, Entry]]) -> tuple[list[Entry], LookedOver]:
        """The entries in the order given, with the words for what warns, and what was found. At most two queries."""
        if not numbered:
            return [], LookedOver()
        known = self._known([entry for _, entry in numbered])
        same = _said_already([entry for _, entry in numbered], known)
        looked, answered = LookedOver(), dict(enumerate(entry for _, entry in numbered))
        in_time = sorted(answered, key=lambda at: answered[at].month)
        wordless = []
        for at in in_time:
            row, entry = numbered[at]
            if (entry.indicator.pk, entry.month) in same:
                continue
            key = entry.indicator.pk, Month.of(entry.month)
            found = found_in(entry, known.before(*key), known.earlier(*key))
            answered[at] = self._answered(row, entry, found, looked)
            if SCALE_SLIP not in {finding.code for finding in found}:
                self._remember(entry, known)
            if entry.provenance == FigureRevision.Provenance.RETURNED and not says_something(
                entry.commentary
            ):
                wordless.append((row, entry))
        looked.problems += _wordless_off_target(wordless)
        for named in (looked.problems, looked.warnings):
            named.sort(key=attrgetter("row"))
        return list(answered.values()), looked

    def forget(self) -> None:
        """What was written meanwhile is found in the database."""
        self._in_file = MonthsBefore()

    def _known(self, entries: Sequence[Entry]) -> MonthsBefore:
        indicators = {entry.indicator.pk for entry in entries}
        months = [Month.of(entry.month) for entry in (min(entries, key=_month), max(entries, key=_month))]
        figures = Figure.objects.filter(indicator__in=indicators)
        known = MonthsBefore.of(figures, months[0].previous(HISTORY), months[1])
        known.add_all(self._in_file, indicators)
        return known

    def _remember(self, entry: Entry, known: MonthsBefore) -> None:
        """A number whose point seems to have slipped is no witness for the months after it."""
        for months in (known, self._in_file):
            months.add(
                entry.indicator.pk,
                entry.indicator.unit,
                Month.of(entry.month),
                entry.kept,
                entry.provenance,
            )

    def _answered(self, row: int, entry: Entry, found: Sequence[Finding], looked: LookedOver) -> Entry:
        looked.problems += [_problem(row, finding) for finding in found if finding.severity == ERROR]
        warned = [finding for finding in found if finding.severity == WARNING]
        if not warned:
            return entry
        if not self._accepted:
            looked.warnings += [_problem(row, finding) for finding in warned]
            return entry
        return replace(
            entry,
            answers=tuple(Answer(finding.code, finding.message, self._accepted) for finding in warned),
        )


_month = attrgetter("month")


def _problem(row: int, finding: Finding) -> Problem:
    return Problem(row, finding.column, finding.message)


def _said_already(entries: Sequence[Entry], known: MonthsBefore) -> set[tuple[int, object]]:
    """Those that say what is kept, word for word; only where the numbers are the same is the rest of it fetched."""
    alike = [
        entry
        for entry in entries
        if (standing := known.standing(entry.indicator.pk, Month.of(entry.month)))
        and (standing.numbers, standing.provenance) == (entry.kept, entry.provenance)
    ]
    if not alike:
        return set()
    figures = Figure.objects.filter(
        indicator__in={entry.indicator.pk for entry in alike}, month__in={entry.month for entry in alike}
    )
    latest = {
        (figure.indicator_id, figure.month): figure.latest for figure in figures.select_related("latest")
    }
    keys = ((entry, (entry.indicator.pk, entry.month)) for entry in alike)
    return {key for entry, key in keys if entry.says_the_same_as(latest.get(key))}


def _wordless_off_target(numbered: Sequence[tuple[int, Entry]]) -> list[Problem]:
    """What is printed or made up has no commentary; what the Trust returns off target needs one."""
    judged = zip(numbered, statuses([entry for _, entry in numbered]), strict=True)
    return [
        Problem(
            row,
            "commentary",
            NO_WORDS.format(month=f"{entry.indicator.code} of {Month.of(entry.month).label}"),
        )
        for (row, entry), status in judged
        if off_target(status)
    ]
