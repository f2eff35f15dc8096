"""One indicator's figures as a CSV file that the import reads back without a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.values.cells import csv_lines
from core.values.months import Month
from core.values.numbers import exact_text
from kpis.figures.checking import COLUMNS
from kpis.figures.models import FigureRevision


def figures_file(code: str, revisions: Mapping[Month, Sequence[FigureRevision]]) -> str:
    """One header row, then the latest revision of each month, oldest first. What is missing is empty, never 0."""
    rows = [_row(code, month, entered[0]) for month, entered in revisions.items()]
    return "".join(csv_lines([COLUMNS, *rows]))


def _row(code: str, month: Month, latest: FigureRevision) -> tuple[object, ...]:
    numbers = (latest.numerator, latest.denominator, latest.value)
    return (code, month, *map(exact_text, numbers), latest.commentary, latest.provenance)
