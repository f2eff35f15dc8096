"""Print what the dashboards show for one month."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from kpis.export import STATUS_COLUMNS, status_record
from kpis.management.contracts import named_contract
from kpis.selectors.statuses import month_readings_of
from sandwell.periods import Month

COLUMNS = tuple(name for name in STATUS_COLUMNS if name != "months_in_average")
TABLE_COLUMNS = (
    "indicator",
    "display",
    "status",
    "run_off_target",
    "change",
    "direction_of_travel",
    "average_12",
)


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
        records = [_columns(status_record(reading, timezone.localdate())) for reading in readings]
        if form == "json":
            self.stdout.write(json.dumps(records, indent=2, ensure_ascii=False))
        elif form == "csv":
            writer = csv.DictWriter(self.stdout, fieldnames=COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {name: "" if value is None else _machine(value) for name, value in record.items()}
                for record in records
            )
        else:
            self._table(records, month)

    def _table(self, records: list[dict[str, Any]], month: Month) -> None:
        table = Table(title=month.label)
        for name in TABLE_COLUMNS:
            table.add_column(name.replace("_", " "), justify="left" if name == "status" else "right")
        for record in records:
            table.add_row(*("–" if record[name] is None else str(record[name]) for name in TABLE_COLUMNS))
        text = io.StringIO()
        Console(file=text, width=120, no_color=True).print(table)
        self.stdout.write(text.getvalue(), ending="")


def _columns(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in COLUMNS}


def _machine(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
