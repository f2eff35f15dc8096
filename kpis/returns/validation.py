"""Looks typed figures over before they are submitted: what is wrong, what asks for a word, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.forms import DateField, ValidationError

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext, judged, off_target
from kpis.engine.readings import Reading
from kpis.figures.checking import CONTROL, Scope, check_rows, number_fault
from kpis.figures.models import FigureRevision
from kpis.figures.services import Entry
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry, DraftEdit
from kpis.rules import checks
from kpis.rules.checks import Case, Finding
from uploads.tables.problem import Problem
from uploads.tables.reading import Row

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
    """One sheet looked over. It can be submitted when it has no problem and every warning has its answer.

    ``problems`` name the field at fault as their column. ``reading`` is what the figure comes to, None where its
    numbers can't be read.
    """

    edit: DraftEdit
    entry: Entry | None
    statement: Statement | None
    problems: list[Problem]
    findings: list[Finding]
    reading: Reading | None

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == checks.WARNING]

    @property
    def unanswered(self) -> list[Finding]:
        return [one for one in self.warnings if not self.edit.typed.answers.get(one.code, "").strip()]

    @property
    def ready(self) -> bool:
        return not self.problems and not self.unanswered and (self.entry or self.statement) is not None


def validate(
    *,
    month: Month,
    edits: Sequence[DraftEdit],
    known: Mapping[str, ValidationContext],
    current: Mapping[str, CurrentEntry],
    scope: Scope,
) -> list[Validation]:
    """Every sheet that says anything, looked over on its own, in the order given."""
    read = [_read(one, month, current[one.indicator.code], scope) for one in edits if not one.typed.empty]
    entries = [(known[one.edit.indicator.code], _numbers(one.entry)) for one in read if one.entry]
    readings = iter(judged(month, entries))
    return [_looked_over(one, next(readings), month, known, scope) if one.entry else one for one in read]


def _read(edit: DraftEdit, month: Month, current: CurrentEntry, scope: Scope) -> Validation:
    """What the text says: an entry or a statement, or why it is neither."""
    typed = edit.typed
    if typed.standing == Kind.CANNOT_REPORT:
        statement, problems = _statement(edit, current, scope.today)
        return Validation(edit, None, statement, problems + _not_plain(typed), [], None)
    entry, problems = _entry(edit, month, scope)
    problems += _not_plain(typed)
    if entry is not None and _must_say_why(entry, current):
        problems.append(_problem("change_reason", "Say why the figure changes: it was submitted before."))
    return Validation(edit, entry, None, problems, [], None)


def _entry(edit: DraftEdit, month: Month, scope: Scope) -> tuple[Entry | None, list[Problem]]:
    typed = edit.typed
    counted = bool(typed.numerator.strip() and typed.denominator.strip())
    cells = {
        "indicator": edit.indicator.code,
        "month": str(month),
        "numerator": typed.numerator.strip(),
        "denominator": typed.denominator.strip(),
        "value": "" if counted else typed.value.strip(),
        "commentary": typed.commentary.strip(),
        "provenance": FigureRevision.Provenance.RETURNED,
    }
    entries, problems = check_rows([Row(0, cells, 0)], scope)
    if counted and (fault := number_fault(typed.value.strip()) if typed.value.strip() else ""):
        problems.append(_problem("value", f"“{typed.value.strip()}” {fault}"))
    final, late = _expected_on(typed, scope.today) if typed.standing == Kind.PROVISIONAL else (None, [])
    problems += late
    if not entries:
        return None, problems
    return replace(entries[0], final_expected_on=final, reason=typed.change_reason.strip()), problems


def _looked_over(
    one: Validation, reading: Reading, month: Month, known: Mapping[str, ValidationContext], scope: Scope
) -> Validation:
    assert one.entry is not None
    indicator, typed = one.edit.indicator, one.edit.typed
    context_of_month = known[indicator.code]
    case = Case(
        unit=indicator.unit,
        decimals=indicator.decimals,
        month=month,
        this_month=Month.of(scope.today),
        typed=_with_witness(one.entry, typed),
        before=context_of_month.before,
        earlier=context_of_month.earlier,
    )
    found = checks.findings(case)
    problems = [*one.problems, *(_problem(f.column, f.message) for f in found if f.severity == checks.ERROR)]
    if off_target(reading) and not one.entry.commentary:
        problems.append(_problem("commentary", f"This is not on target. Say {PROMPTS}."))
    findings = [f for f in found if f.severity != checks.ERROR]
    return replace(one, problems=problems, findings=findings, reading=reading)


def _with_witness(entry: Entry, typed: DraftText) -> checks.StatedNumbers:
    """The numbers of an entry, with a value that was typed beside its numerator and denominator."""
    value, text = entry.value, typed.value.strip()
    if entry.denominator is not None and text and not number_fault(text):
        value = Decimal(text)
    return checks.StatedNumbers(entry.numerator, entry.denominator, value)


def _numbers(entry: Entry) -> checks.StatedNumbers:
    return checks.StatedNumbers(entry.numerator, entry.denominator, entry.value)


def _statement(edit: DraftEdit, current: CurrentEntry, today: date) -> tuple[Statement | None, list[Problem]]:
    typed, problems = edit.typed, []
    if typed.numerator.strip() or typed.denominator.strip() or typed.value.strip():
        problems.append(_problem("standing", "Give either a figure, or say that it can’t be reported."))
    if current.figure is not None:
        problems.append(_problem("standing", "This month has a figure already. Correct it instead."))
    reason = typed.reason.strip()
    if not reason:
        problems.append(_problem("reason", "Say why the figure can’t be reported."))
    day, late = _expected_on(typed, today)
    problems += late
    if problems or day is None:
        return None, problems
    return Statement(edit.indicator, reason, day), problems


def _expected_on(typed: DraftText, today: date) -> tuple[date | None, list[Problem]]:
    text = typed.expected_on.strip()
    if not text:
        return None, [_problem("expected_on", "Give the day on which the final figure is expected.")]
    try:
        day: date = DateField().clean(text)
    except ValidationError:
        return None, [_problem("expected_on", f"“{text}” is not a day like 2020-05-12 or 12/05/2020.")]
    if day < today:
        return None, [_problem("expected_on", "The day on which it is expected is over already.")]
    return day, []


def _must_say_why(entry: Entry, current: CurrentEntry) -> bool:
    latest = current.figure.latest if current.figure else None
    return latest is not None and not entry.says_the_same_as(latest) and not entry.reason


def _not_plain(typed: DraftText) -> list[Problem]:
    """Control characters, which no file or page could show later; a commentary's are found with its row."""
    return [
        _problem(name, "There are control characters in it. Type it again as plain text.")
        for name in ("reason", "change_reason")
        if CONTROL.search(getattr(typed, name))
    ]


def _problem(column: str, message: str) -> Problem:
    return Problem(0, column, message)
