"""Readings as a CSV file: exact numbers for machines, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from kpis.export import STATUS_COLUMNS, status_record
from kpis.models import Indicator
from kpis.readings import Reading
from sandwell.formulas import neutral

COLUMNS = ("indicator", "short_name", "kind", "theme", "unit", *STATUS_COLUMNS[1:], "due_on")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def readings_file(rows: Sequence[tuple[Indicator, Reading]], today: date) -> str:
    """One header row, then one row per reading. What is not known is empty, never 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for indicator, reading in rows:
        record = {
            **status_record(reading, today),
            "short_name": indicator.short_name,
            "kind": indicator.kind,
            "theme": indicator.theme,
            "unit": indicator.unit,
            "due_on": reading.due_on.isoformat(),
        }
        writer.writerow([cell(record[name]) for name in COLUMNS])
    return text.getvalue()


def cell(value: object) -> str:
    """A value as a cell: empty for unknown, and an apostrophe before text that would start a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if _NUMBER.fullmatch(text) else neutral(text)
