"""Print what the dashboards show for one month.

What it prints as CSV goes to other programs: without the byte order mark, and with their end of a line.
"""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from core import clock
from core.values.cells import csv_lines
from core.values.months import Month
from kpis import sentences
from kpis.engine.export import STATUS_COLUMNS, status_record
from kpis.engine.readings import Reading
from kpis.engine.selectors import month_readings_of
from kpis.management.contracts import named_contract

COLUMNS = tuple(name for name in STATUS_COLUMNS if name != "months_in_average")
UNITS = {"percent": "percent", "rate_per_10000": "per 10,000", "mean": "on average", "count": "number"}
# What a person looks for, with units; the exact numbers of every column are in JSON and CSV.
TABLE_COLUMNS: dict[str, Callable[[Reading], str]] = {
    "indicator": lambda reading: reading.code,
    "value": lambda reading: reading.value_text,
    "unit": lambda reading: UNITS[reading.unit],
    "status": lambda reading: reading.status,
    "target": sentences.target_words,
    "months off": sentences.succession_words,
    "since the month before": lambda reading: sentences.change_words(reading).lower() or "–",
    "12-month average": sentences.average_words,
    "provenance": lambda reading: reading.provenance or "–",
}
WORDS = ("indicator", "unit", "status", "target", "since the month before", "provenance")
WIDEST = 200


def month_argument(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = "Print one row per indicator with its value and status in a month, as a table, JSON or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", type=month_argument, required=True, metavar="YYYY-MM")
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table", dest="form")
        parser.add_argument("--supporting", action="store_true", help="the supporting measures as well")

    def handle(
        self, *, month: Month, contract: str | None, form: str, supporting: bool, **options: Any
    ) -> None:
        of = named_contract(contract)
        readings = month_readings_of(of, month, supporting=supporting)
        if not readings:
            raise CommandError(
                f"Nothing is computed for {month.label}. Import figures or run recompute_rag; the month may also lie"
                f" outside the contract, which began in {Month.of(of.starts_on).label}."
            )
        records = [_columns(status_record(reading, clock.today())) for reading in readings]
        if form == "json":
            self.stdout.write(json.dumps(records, indent=2, ensure_ascii=False))
        elif form == "csv":
            rows = [COLUMNS, *(record.values() for record in records)]
            self.stdout.write("".join(csv_lines(rows, end="\n")), ending="")
        else:
            self._table(readings, month)

    def _table(self, readings: Sequence[Reading], month: Month) -> None:
        table = Table(title=month.label, caption="Exact numbers and all columns: --format json or csv")
        for name in TABLE_COLUMNS:
            table.add_column(name, justify="left" if name in WORDS else "right", no_wrap=True)
        for reading in readings:
            table.add_row(*(column(reading) for column in TABLE_COLUMNS.values()))
        text = io.StringIO()
        Console(file=text, width=WIDEST, no_color=True).print(table)
        self.stdout.write(text.getvalue(), ending="")


def _columns(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in COLUMNS}
