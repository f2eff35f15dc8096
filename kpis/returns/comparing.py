"""The rows of a file beside what is kept: what each would change, and all that is wrong.

A row that says what is kept already changes nothing, whatever else may be said about it, so that every file that the
program wrote comes back without a complaint. A row without a figure is left out: a template needn't be filled whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from core.values.cells import original
from core.values.months import Month
from core.values.numbers import shortest
from kpis.figures.checking import Scope, checked_rows, number_fault
from kpis.figures.models import FigureRevision
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry, DraftEdit, current_entries
from kpis.returns.models.draft import NUMBER
from kpis.returns.selectors import validation_contexts
from kpis.returns.validation import Validation, validate
from parties.participants import Participant
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, Progress
from uploads.tables.problem import Problem
from uploads.tables.table import Row

NUMBERS = ("numerator", "denominator", "value")
TEXTS = (*NUMBERS, "commentary")
# What is wrong with a row even where it changes nothing.
OF_EVERY_ROW = {"indicator", "month", "header"}


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


def compare(
    participant: Participant, header: Sequence[str], rows: Sequence[Row], scope: Scope, progress: Progress
) -> tuple[list[Compared], list[Problem]]:
    """What every row would change, in the file's order, and every problem; ``progress`` hears how many are read."""
    kept: dict[Month, Mapping[str, CurrentEntry]] = {}
    found: list[Compared] = []
    problems: list[Problem] = []
    for done, (row, _, faults) in enumerate(checked_rows(rows, scope), start=1):
        compared = _compared(row, header, scope, kept, participant)
        if compared is None or compared.changes:
            wrong = faults or _wrong_provenance(row)
        else:
            wrong = [fault for fault in faults if fault.column in OF_EVERY_ROW]
        problems += wrong
        if compared is not None and not wrong:
            found.append(compared)
        progress(done)
    return _with_validation(participant, found, kept, scope), problems


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
    text = _said(row, header, current.text)
    edit = DraftEdit(indicator, text, current.text.content_hash, current.latest_id)
    return Compared(row.number, _kind(row, text, current), month, edit, current.text)


def _month(row: Row, scope: Scope) -> Month | None:
    try:
        month = Month.parse(row.cells.get("month", ""))
    except ValueError:
        return None
    return month if scope.months.earliest <= month <= scope.months.last else None


def _said(row: Row, header: Sequence[str], kept: DraftText) -> DraftText:
    """What would be kept. Columns that the file doesn't have stay as they are, but for numbers beside given ones."""
    given = {name: original(row.cells.get(name, "")) for name in TEXTS if name in header}
    if any(given.get(name) for name in NUMBERS):
        numerator, denominator, value = (_short(given.get(name, "")) for name in NUMBERS)
    else:
        numerator, denominator, value = (given.get(name, getattr(kept, name)) for name in NUMBERS)
    commentary = given.get("commentary", kept.commentary).replace("\r\n", "\n")
    said = replace(kept, numerator=numerator, denominator=denominator, value=value, commentary=commentary)
    if _same_text(said, kept):
        return said
    if kept.standing == Kind.CANNOT_REPORT:
        said = replace(said, standing=Kind.FINAL, expected_on="", reason="")
    return replace(said, answers={})


def _short(text: str) -> str:
    """A number with more digits than are kept, of which the last ones are idle zeros, without them."""
    if len(text) > NUMBER and not number_fault(text):
        return shortest(Decimal(text).quantize(Decimal("0.0001"))).replace(",", "")
    return text


def _kind(row: Row, text: DraftText, current: CurrentEntry) -> str:
    if not any(row.cells.get(name) for name in TEXTS):
        return LEFT_OUT
    if _same_text(text, current.text):
        return SAME
    return NEW if current.text.empty else CHANGED


def _same_text(text: DraftText, kept: DraftText) -> bool:
    """Whether both say the same: 75 is 75.0, and blanks are blanks."""
    return all(_alike(getattr(text, name)) == _alike(getattr(kept, name)) for name in NUMBERS) and (
        text.commentary.split() == kept.commentary.split()
    )


def _alike(text: str) -> str | Decimal:
    text = text.strip()
    return text if not text or number_fault(text) else Decimal(text)


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
