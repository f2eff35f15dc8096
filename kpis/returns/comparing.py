"""The rows of a file beside what is kept: what each would change, and all that is wrong.

A row that says what is kept already changes nothing, whatever else may be said about it, so that every file that the
program wrote comes back without a complaint. A row without a figure is left out: a template needn't be filled whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from core.values.cells import original
from core.values.months import Month
from core.values.written_months import month_written
from kpis.definitions.models import Indicator
from kpis.figures.checking import SAYING, Scope, checked_rows, says_nothing
from kpis.figures.models import FigureRevision
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry, DraftEdit, current_entries
from kpis.returns.models.draft import NUMBER
from kpis.returns.selectors import validation_contexts
from kpis.returns.validation import Validation, validate
from kpis.rules.checks import StatedNumbers, witness_fault
from kpis.rules.figures import NUMBERS
from kpis.rules.typed_numbers import takes_percent, typed_number
from parties.participants import Participant
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, Progress
from uploads.tables.problem import Problem
from uploads.tables.table import Row

# What is wrong with a row even where it changes nothing.
OF_EVERY_ROW = {"indicator", "month", "header"}
OF_AN_EMPTY_ROW = {"indicator", "header"}


@dataclass(frozen=True)
class Compared:
    """One row, and what it would make of what is kept; ``validated`` is what that comes to, where it can be told."""

    row: int
    kind: str
    month: Month
    edit: DraftEdit
    kept: DraftText
    validated: Validation | None = None

    @property
    def changes(self) -> bool:
        return self.kind in (NEW, CHANGED)

    @property
    def errors(self) -> list[Problem]:
        """What the checks found wrong, by the file's row."""
        found = self.validated.errors if self.validated else []
        return [Problem(self.row, finding.column, finding.message) for finding in found]

    def record(self) -> dict[str, Any]:
        """As the upload keeps it."""
        reading = self.validated.reading if self.validated else None
        return {
            "row": self.row,
            "kind": self.kind,
            "name": f"{self.edit.indicator.code} {self.month.label}",
            "code": self.edit.indicator.code,
            "month": str(self.month),
            "kept": asdict(self.kept),
            "typed": asdict(self.edit.text),
            "was": self.edit.was,
            "begun_from": self.edit.begun_from,
            "status": reading.status if reading and reading.limits else "",
            "value": reading.value_text if reading and reading.value is not None else "",
            "asks": [problem.message for problem in self.validated.problems] if self.validated else [],
            "warnings": [finding.message for finding in self.validated.unanswered] if self.validated else [],
        }


@dataclass(frozen=True)
class PassedOver:
    """A row that says nothing, not even which month it would be about."""

    row: int
    code: str

    def record(self) -> dict[str, Any]:
        """As the upload keeps it."""
        name = f"{self.code} in row {self.row}" if self.code else f"row {self.row}"
        return {"row": self.row, "kind": LEFT_OUT, "name": name, "code": self.code, "month": ""}


def compare(
    participant: Participant, header: Sequence[str], rows: Sequence[Row], scope: Scope, progress: Progress
) -> tuple[list[Compared | PassedOver], list[Problem]]:
    """What every row would change, in the file's order, and every problem: each row is in one of both lists.

    ``progress`` hears how many are read.
    """
    kept: dict[Month, Mapping[str, CurrentEntry]] = {}
    found: list[Compared] = []
    passed: list[Compared | PassedOver] = []
    problems: list[Problem] = []
    for done, (row, _, faults) in enumerate(checked_rows(rows, scope), start=1):
        compared = _compared(row, header, scope, kept, participant)
        wrong = _wrong(row, compared, faults)
        problems += wrong
        if not wrong and compared is not None:
            found.append(compared)
        elif not wrong:
            passed.append(PassedOver(row.number, _code(row, scope)))
        progress(done)
    validated = _with_validation(participant, found, kept, scope)
    problems += [problem for compared in validated for problem in compared.errors]
    right = [compared for compared in validated if not compared.errors]
    return sorted([*right, *passed], key=attrgetter("row")), sorted(problems, key=attrgetter("row"))


def _wrong(row: Row, compared: Compared | None, faults: list[Problem]) -> list[Problem]:
    """Of a row that changes nothing only what keeps it from being understood; of one that says nothing, less still:
    a spreadsheet may have rewritten the month of a row that nobody filled.
    """
    unread = any(name in row.unread for name in SAYING)
    if compared is not None and (compared.changes or unread):
        return faults or _wrong_provenance(row)
    if compared is not None:
        return [fault for fault in faults if fault.column in OF_EVERY_ROW]
    if says_nothing(row):
        known = [fault for fault in faults if fault.column in OF_AN_EMPTY_ROW]
        return known or ([] if row.cells.get("indicator") else faults)
    return faults or _wrong_provenance(row)


def _compared(
    row: Row,
    header: Sequence[str],
    scope: Scope,
    kept: dict[Month, Mapping[str, CurrentEntry]],
    participant: Participant,
) -> Compared | None:
    """None for a row whose indicator or month there is not."""
    indicator = scope.indicators.get(row.cells.get("indicator", "").upper())
    month = _month(row, scope)
    if indicator is None or month is None:
        return None
    if month not in kept:
        kept[month] = current_entries(participant, month, scope.indicators.values())
    current = kept[month][indicator.code]
    text = _said(row, header, current.text, indicator)
    edit = DraftEdit(indicator, text, current.text.content_hash, current.latest_id)
    return Compared(row.number, _kind(row, text, current, indicator), month, edit, current.text)


def _code(row: Row, scope: Scope) -> str:
    """The code of the row's indicator, where there is one."""
    indicator = scope.indicators.get(row.cells.get("indicator", "").upper())
    return indicator.code if indicator else ""


def _month(row: Row, scope: Scope) -> Month | None:
    try:
        month = month_written(row.cells.get("month", ""))
    except ValueError:
        return None
    return month if scope.months.earliest <= month <= scope.months.last else None


def _said(row: Row, header: Sequence[str], kept: DraftText, indicator: Indicator) -> DraftText:
    """What would be kept. Columns that the file doesn't have stay as they are, but for numbers beside given ones."""
    given = {name: original(row.cells.get(name, "")) for name in SAYING if name in header}
    if any(given.get(name) for name in NUMBERS):
        numerator, denominator, value = (_short(given.get(name, "")) for name in NUMBERS)
    else:
        numerator, denominator, value = (given.get(name, getattr(kept, name)) for name in NUMBERS)
    commentary = given.get("commentary", kept.commentary).replace("\r\n", "\n")
    said = replace(kept, numerator=numerator, denominator=denominator, value=value, commentary=commentary)
    if _same_text(said, kept, indicator):
        return said
    if kept.standing == Kind.CANNOT_REPORT:
        said = replace(said, standing=Kind.FINAL, expected_on="", reason="")
    return replace(said, answers={})


def _short(text: str) -> str:
    """A number with more digits than are kept, of which the last ones are idle zeros, without them."""
    if len(text) > NUMBER and text.replace(".", "", 1).isdecimal() and "." in text:
        return text.rstrip("0").removesuffix(".")
    return text


def _kind(row: Row, text: DraftText, current: CurrentEntry, indicator: Indicator) -> str:
    if says_nothing(row):
        return LEFT_OUT
    if _same_text(text, current.text, indicator):
        return SAME
    return NEW if current.text.empty else CHANGED


def _same_text(text: DraftText, kept: DraftText, indicator: Indicator) -> bool:
    """Whether both say the same: 75 is 75.0, blanks are blanks, and a value that is the quotient adds nothing."""
    if text.commentary.split() != kept.commentary.split():
        return False
    said, known = ([_alike(getattr(one, name), name, indicator) for name in NUMBERS] for one in (text, kept))
    return said == known or (said[:2] == known[:2] and not kept.value.strip() and _agrees(said, indicator))


def _agrees(numbers: Sequence[str | Decimal], indicator: Indicator) -> bool:
    """Whether numerator, denominator and value are all there, and fit."""
    exact = [number for number in numbers if isinstance(number, Decimal)]
    return len(exact) == len(NUMBERS) and not witness_fault(StatedNumbers(*exact), indicator.unit)


def _alike(text: str, name: str, indicator: Indicator) -> str | Decimal:
    """The number, or the text where it is none."""
    try:
        return typed_number(text, percent=takes_percent(name, indicator.unit), witness=name == "value")
    except ValueError:
        return text.strip()


def _wrong_provenance(row: Row) -> list[Problem]:
    provenance = row.cells.get("provenance", "").lower()
    if not provenance or provenance == FigureRevision.Provenance.RETURNED:
        return []
    message = f"A figure that changes here is returned by the Trust, not {provenance}. Empty the cell."
    return [Problem(row.number, "provenance", message)]


def _with_validation(
    participant: Participant,
    found: Iterable[Compared],
    kept: Mapping[Month, Mapping[str, CurrentEntry]],
    scope: Scope,
) -> list[Compared]:
    """Every change with what it comes to, month by month."""
    found = list(found)
    edits: dict[Month, list[DraftEdit]] = defaultdict(list)
    for compared in found:
        if compared.changes:
            edits[compared.month].append(compared.edit)
    answers = {}
    for month, changed in edits.items():
        contexts = validation_contexts(participant, month, scope.indicators.values())
        for validated in validate(
            month=month, edits=changed, contexts=contexts, current=kept[month], scope=scope
        ):
            answers[month, validated.edit.indicator.code] = validated
    return [
        replace(compared, validated=answers.get((compared.month, compared.edit.indicator.code)))
        if compared.changes
        else compared
        for compared in found
    ]
