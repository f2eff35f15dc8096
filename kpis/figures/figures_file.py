"""One indicator's figures as a CSV file that the import reads back without a change."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from core.values.cells import neutral
from core.values.months import Month
from core.values.numbers import exact_text
from kpis.figures.checking import COLUMNS
from kpis.figures.models import FigureRevision


def figures_file(code: str, revisions: Mapping[Month, Sequence[FigureRevision]]) -> str:
    """One header row, then the latest revision of each month, oldest first. What is missing is empty, never 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for month, entered in revisions.items():
        latest = entered[0]
        numbers = (latest.numerator, latest.denominator, latest.value)
        writer.writerow(
            [
                code,
                str(month),
                *(exact_text(number) or "" for number in numbers),
                neutral(latest.commentary),
                latest.provenance,
            ]
        )
    return text.getvalue()
