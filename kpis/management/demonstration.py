"""When the demonstration's figures were entered, and which of them were corrected: illustrative, like most of them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from kpis.recompute import due_on
from kpis.services.figures import Entry
from parties.models import Contract
from sandwell.periods import Month

NOON = time(12)


@dataclass(frozen=True)
class Correction:
    """A figure as it stands, what had been entered first in its place, and when and why that was corrected."""

    first: Entry
    corrected: Entry
    day: date
    reason: str

    def entered_at(self, entry: Entry) -> datetime:
        return noon(self.day)


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


def noon_of_the_due_day(contract: Contract, entry: Entry) -> datetime:
    """Noon of the day on which the figure was due."""
    return noon(due_on(Month.of(entry.month), contract.figures_due_working_day))


def noon(day: date) -> datetime:
    """Noon in the time of the place, or now where that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, NOON)), timezone.now())
