"""What the audit trail keeps of a step with a book's period, for budgets.trail_words to say; no word of it but reasons.

Each line with its name and the number of its entry. Amounts stand as they are written, exact to the penny.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgets.models import Book, Entry, Line, LineMonth
from budgets.rules.money import written
from budgets.rules.periods import Period
from core.values.months import ContractYear


@dataclass(frozen=True)
class Entered:
    """A line's new entry, and the one whose place it takes; None: there was none."""

    line: Line
    entry: Entry
    before: Entry | None


def submitted(book: Book, period: Period, entries: Sequence[Entered]) -> dict[str, Any]:
    return _about(book, [period]) | {"lines": [_entered(one) for one in entries]}


def acted(book: Book, months: Sequence[LineMonth], states: Mapping[int, str], words: str) -> dict[str, Any]:
    """Lines as they stand now; ``states`` is where they stood before, by their keys."""
    periods = sorted({Period(ContractYear(month.year), month.period) for month in months})
    return _about(book, periods) | {
        "lines": [
            {
                "line": month.line.name,
                "entry": month.latest.number if month.latest else 0,
                "state": [states[month.pk], month.state],
            }
            for month in months
        ],
        "words": words,
    }


def _about(book: Book, periods: Sequence[Period]) -> dict[str, Any]:
    return {"book": book.name, "periods": [period.label for period in periods]}


def _entered(one: Entered) -> dict[str, Any]:
    found: dict[str, Any] = {"line": one.line.name, "entry": one.entry.number} | _amounts(one.entry)
    if one.before is not None:
        found["before"] = _amounts(one.before)
    if one.entry.reason:
        found["reason"] = one.entry.reason
    return found


def _amounts(entry: Entry) -> dict[str, str]:
    return {"spent": written(entry.actual), "forecast": written(entry.forecast)}
