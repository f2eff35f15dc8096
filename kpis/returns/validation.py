"""Looks typed figures over before they are submitted: what is wrong, what asks for a word, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.forms import DateField, ValidationError

from core.values.months import REACH, Month, taken
from core.values.words import says_something
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext, found_in, judged, off_target
from kpis.engine.readings import Reading
from kpis.figures.checking import CONTROL, Scope, check_rows
from kpis.figures.models import FigureRevision
from kpis.figures.services import Entry
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry, DraftEdit
from kpis.rules import checks
from kpis.rules.checks import Finding
from uploads.tables.problem import Problem
from uploads.tables.table import Row

Figure = FigureRevision
PROMPTS = "what happened, why, what you do next, and by when"


@dataclass(frozen=True)
class Statement:
    """That a month's figure can't be reported: why, and when it is expected."""

    indicator: Indicator
    reason: str
    expected_on: date


@dataclass(frozen=True)
class Validation:
    """One edit looked over. It can be submitted when it has no problem and every warning has its answer.

    ``problems`` name the field at fault as their column; ``errors`` are those that the checks found.
    ``reading`` is what the figure comes to, None where its numbers can't be read.
    """

    edit: DraftEdit
    entry: Entry | None
    statement: Statement | None
    problems: list[Problem]
    findings: list[Finding]
    reading: Reading | None
    errors: list[Finding] = field(default_factory=list)

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == checks.WARNING]

    @property
    def unanswered(self) -> list[Finding]:
        return [
            finding for finding in self.warnings if not self.edit.text.answers.get(finding.code, "").strip()
        ]

    @property
    def ready(self) -> bool:
        return not self.problems and not self.unanswered and (self.entry or self.statement) is not None


def validate(
    *,
    month: Month,
    edits: Sequence[DraftEdit],
    contexts: Mapping[str, ValidationContext],
    current: Mapping[str, CurrentEntry],
    scope: Scope,
) -> list[Validation]:
    """Every edit that says anything, looked over on its own, in the order given."""
    read = [_read(edit, month, current[edit.indicator.code], scope) for edit in edits if not edit.text.empty]
    entries = [
        (contexts[validation.edit.indicator.code], validation.entry.kept)
        for validation in read
        if validation.entry
    ]
    readings = iter(judged(month, entries))
    return [
        _looked_over(validation, next(readings), contexts[validation.edit.indicator.code])
        if validation.entry
        else validation
        for validation in read
    ]


def _read(edit: DraftEdit, month: Month, current: CurrentEntry, scope: Scope) -> Validation:
    """What the text says: an entry or a statement, or why it is neither."""
    text = edit.text
    if text.standing == Kind.CANNOT_REPORT:
        statement, problems = _statement(edit, current, scope.today)
        return Validation(edit, None, statement, problems + _not_plain(text), [], None)
    entry, problems = _entry(edit, month, scope)
    problems += _not_plain(text)
    if entry is not None and _must_say_why(entry, current):
        problems.append(_problem("change_reason", "Say why the figure changes: it was submitted before."))
    return Validation(edit, entry, None, problems, [], None)


def _entry(edit: DraftEdit, month: Month, scope: Scope) -> tuple[Entry | None, list[Problem]]:
    text = edit.text
    cells = {
        "indicator": edit.indicator.code,
        "month": str(month),
        "numerator": text.numerator.strip(),
        "denominator": text.denominator.strip(),
        "value": text.value.strip(),
        "commentary": text.commentary.strip(),
        "provenance": FigureRevision.Provenance.RETURNED,
    }
    entries, problems = check_rows([Row(0, cells)], scope)
    final, late = _expected_on(text, scope.today) if text.standing == Kind.PROVISIONAL else (None, [])
    problems += late
    if not entries:
        return None, problems
    return replace(entries[0], final_expected_on=final, reason=text.change_reason.strip()), problems


def _looked_over(validation: Validation, reading: Reading, context: ValidationContext) -> Validation:
    assert validation.entry is not None
    found = found_in(validation.entry, context.before, context.earlier)
    problems = [
        *validation.problems,
        *(_problem(finding.column, finding.message) for finding in found if finding.severity == checks.ERROR),
    ]
    if off_target(reading.status) and not says_something(validation.entry.commentary):
        problems.append(_problem("commentary", f"This is not on target. Say {PROMPTS}."))
    findings = [finding for finding in found if finding.severity != checks.ERROR]
    errors = [finding for finding in found if finding.severity == checks.ERROR]
    return replace(validation, problems=problems, findings=findings, errors=errors, reading=reading)


def _statement(edit: DraftEdit, current: CurrentEntry, today: date) -> tuple[Statement | None, list[Problem]]:
    text, problems = edit.text, []
    if text.numerator.strip() or text.denominator.strip() or text.value.strip():
        problems.append(_problem("standing", "Give either a figure, or say that it can’t be reported."))
    if current.figure is not None:
        problems.append(_problem("standing", "This month has a figure already. Correct it instead."))
    reason = text.reason.strip()
    if not reason:
        problems.append(_problem("reason", "Say why the figure can’t be reported."))
    day, late = _expected_on(text, today)
    problems += late
    if problems or day is None:
        return None, problems
    return Statement(edit.indicator, reason, day), problems


def _expected_on(text: DraftText, today: date) -> tuple[date | None, list[Problem]]:
    day_text = text.expected_on.strip()
    if not day_text:
        return None, [_problem("expected_on", "Give the day on which the final figure is expected.")]
    try:
        day: date = DateField().clean(day_text)
    except ValidationError:
        return None, [_problem("expected_on", f"“{day_text}” is not a day like 2020-05-12 or 12/05/2020.")]
    if day < today:
        return None, [_problem("expected_on", "The day on which it is expected is over already.")]
    if not taken(day):
        return None, [_problem("expected_on", f"This day is out of reach: {REACH}.")]
    return day, []


def _must_say_why(entry: Entry, current: CurrentEntry) -> bool:
    latest = current.figure.latest if current.figure else None
    return latest is not None and not entry.says_the_same_as(latest) and not entry.reason


def _not_plain(text: DraftText) -> list[Problem]:
    """Control characters, which no file or page could show later; a commentary's are found with its row."""
    return [
        _problem(name, "There are control characters in it. Type it again as plain text.")
        for name in ("reason", "change_reason")
        if CONTROL.search(getattr(text, name))
    ]


def _problem(column: str, message: str) -> Problem:
    return Problem(0, column, message)
