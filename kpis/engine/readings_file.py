"""Readings as a CSV file: exact numbers for machines, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.values.cells import csv_lines
from kpis.definitions.models import Indicator
from kpis.engine.export import STATUS_COLUMNS, status_record
from kpis.engine.readings import Reading

COLUMNS = ("indicator", "short_name", "kind", "theme", "unit", *STATUS_COLUMNS[1:], "due_on")


def readings_file(rows: Sequence[tuple[Indicator, Reading]], today: date) -> str:
    """One header row, then one row per reading. What is not known is empty, never 0."""
    return "".join(csv_lines([COLUMNS, *(_row(indicator, reading, today) for indicator, reading in rows)]))


def _row(indicator: Indicator, reading: Reading, today: date) -> list[object]:
    record = {
        **status_record(reading, today),
        "short_name": indicator.short_name,
        "kind": indicator.kind,
        "theme": indicator.theme,
        "unit": indicator.unit,
        "due_on": reading.due_on.isoformat(),
    }
    return [record[name] for name in COLUMNS]
