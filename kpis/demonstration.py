"""The demonstration's definitions and figures: when they were entered, corrected, or could not be reported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from core import clock
from core.demonstration import BY, Loading
from core.values.months import Month
from kpis.definitions.selectors import indicators_with_bands
from kpis.engine.freshness import lagging_contracts
from kpis.engine.recompute import recompute
from kpis.figures.checking import scope_of
from kpis.figures.models import Figure
from kpis.figures.services import Entry, save_figures
from kpis.importing.given_file import GivenFile
from kpis.importing.one_contract import Checked, check_file, import_figures
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftEdit, current_entries
from kpis.returns.models import Draft
from kpis.returns.submitting import submit_return
from kpis.returns.validation import validate
from kpis.rules.due import due_on
from parties.models import Contract, User
from parties.participants import participant_for

NOON = time(12)


AS_OF = "; for the demonstration, as if entered on the day it was due"


def load_figures(loading: Loading) -> None:
    """Definitions, then figures where there are none yet, then their statuses."""
    contract = Contract.objects.get(code=loading.contract_code)
    call_command("load_contract", contract=contract.code, stdout=_Saying(loading))
    if not Figure.objects.filter(indicator__contract=contract).exists():
        _import(contract, loading)
        _state_what_is_missing(loading)
    if behind := lagging_contracts():
        recompute(trigger="command", contract_ids=behind)


@transaction.atomic
def _import(contract: Contract, loading: Loading) -> None:
    """First every figure as it was entered, then the corrections of some, each on its day."""
    file = loading.fixtures / "demonstration" / "figures.csv"
    checked = check_file(GivenFile(file.name, file.read_bytes()), contract=contract, today=loading.today)
    if checked.problems:
        raise CommandError("\n".join(str(problem) for problem in checked.problems))
    wanted = [entry for entry in checked.entries if Month.of(entry.month) <= loading.until]
    corrections = read_corrections(file.with_name("corrections.csv"), checked.entries)
    first = {id(correction.corrected): correction.first for correction in corrections}
    entered = [_entered_when_due(contract, first.get(id(entry), entry)) for entry in wanted]
    state_of = partial(_last_month_waits, loading.last_over)
    saved = import_figures(
        by=BY,
        contract=contract,
        checked=Checked(entered, []),
        file_name=file.name,
        state_of=state_of,
        remark=AS_OF,
    )
    for correction in (correction for correction in corrections if correction.corrected in wanted):
        save_figures(
            by=BY,
            contract=contract,
            entries=[replace(correction.corrected, entered_at=noon(correction.day))],
            state_of=state_of,
            reason=correction.reason,
            action="figures.corrected",
        )
    loading.say(f"{saved.created} figures of the demonstration, published and illustrative.")


def _state_what_is_missing(loading: Loading) -> None:
    """What the Trust could not report, said by its persona through the door that people use."""
    manager = participant_for(User.objects.get(username="trust-manager"), loading.contract_code)
    indicators = {indicator.code: indicator for indicator in indicators_with_bands(manager)}
    scope = scope_of(manager.contract, indicators, loading.today)
    file = loading.fixtures / "demonstration" / "statements.csv"
    with file.open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text) if Month.parse(row["month"]) <= loading.until]
    for row in rows:
        month, indicator = Month.parse(row["month"]), indicators[row["indicator"]]
        current = current_entries(manager, month, [indicator])
        said = DraftText(
            standing=Draft.Kind.CANNOT_REPORT, reason=row["reason"], expected_on=row["expected_on"]
        )
        edit = DraftEdit(indicator, said, current[indicator.code].text.content_hash, None)
        validated = validate(month=month, edits=[edit], contexts={}, current=current, scope=scope)
        submit_return(by=manager, month=month, validated=validated)


def _last_month_waits(last: Month, entry: Entry) -> str:
    """All is settled but the last month, on which the council still has to answer."""
    return Figure.State.SUBMITTED if Month.of(entry.month) == last else Figure.State.ACCEPTED


class _Saying(io.StringIO):
    """Hands what a command prints on to whoever loads."""

    def __init__(self, loading: Loading) -> None:
        super().__init__()
        self.loading = loading

    def write(self, text: str) -> int:
        if text.strip():
            self.loading.say(text.rstrip())
        return len(text)


@dataclass(frozen=True)
class Correction:
    """A figure as it stands, what had been entered first in its place, and when and why that was corrected."""

    first: Entry
    corrected: Entry
    day: date
    reason: str


def read_corrections(file: Path, entries: Sequence[Entry]) -> list[Correction]:
    """The rows of ``corrections.csv``, each with the figure that stands among the entries."""
    standing = {(entry.indicator.code, str(Month.of(entry.month))): entry for entry in entries}
    with file.open(encoding="utf-8", newline="") as text:
        return [_correction(row, standing[row["indicator"], row["month"]]) for row in csv.DictReader(text)]


def _correction(row: dict[str, str], stands: Entry) -> Correction:
    first = replace(
        stands,
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        value=_number(row["value"]),
        commentary=row["commentary"],
    )
    return Correction(first, stands, date.fromisoformat(row["corrected_on"]), row["reason"])


def _number(text: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal("0.0001")) if text else None


def _entered_when_due(contract: Contract, entry: Entry) -> Entry:
    """The entry as if it came at noon of the day on which the figure was due."""
    return replace(entry, entered_at=noon(due_on(Month.of(entry.month), contract.figures_due_working_day)))


def noon(day: date) -> datetime:
    """Noon in the time of the place, or now where that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, NOON)), clock.now())
