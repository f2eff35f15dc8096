"""Which plan a command is about, and the forms in which it prints rows."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from rich.console import Console
from rich.table import Table

from core import clock
from core.values.cells import csv_lines
from core.values.months import REACH, taken
from improvement.models import Plan
from improvement.plans.selectors import current_plan

WIDEST = 200


def day_argument(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a day. Write it like 2019-09-23.") from error
    if not taken(day):
        raise ArgumentTypeError(f"“{text}” is out of reach: {REACH}.")
    return day


def plan_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--plan", metavar="CODE", help="by default the improvement plan that runs on the day")
    parser.add_argument("--contract", metavar="CODE", help="needed where several contracts have plans")
    parser.add_argument(
        "--as-at",
        type=day_argument,
        metavar="YYYY-MM-DD",
        dest="day",
        help="by default today",
    )
    parser.add_argument("--format", choices=["table", "json", "csv"], default="table", dest="form")


def named_plan(plan: str | None, contract: str | None, day: date | None) -> Plan:
    """The plan that is meant. CommandError says what to do where it can't be told."""
    plans = Plan.objects.select_related("contract")
    if contract:
        plans = plans.filter(contract__code=contract)
    codes = sorted({found.contract.code for found in plans})
    if len(codes) > 1:
        raise CommandError(f"Say which contract: --contract CODE, one of {', '.join(codes)}.")
    if plan:
        found = plans.filter(code=plan).first()
        known = ", ".join(plans.values_list("code", flat=True)) or "none yet"
        if found is None:
            raise CommandError(f"There is no plan “{plan}”. Known: {known}.")
        return found
    current = current_plan(list(plans), day or clock.today())
    if current is None:
        raise CommandError("There is no plan yet. Load one with load_plan.")
    return current


def printed(columns: Sequence[str], records: Sequence[Mapping[str, Any]], form: str, title: str) -> str:
    """The rows as a table for people, as JSON, or as CSV for other programs."""
    if form == "json":
        return json.dumps(list(records), indent=2, ensure_ascii=False) + "\n"
    rows = [[record[column] for column in columns] for record in records]
    if form == "csv":
        return "".join(csv_lines([columns, *rows], end="\n"))
    table = Table(title=title)
    for column in columns:
        table.add_column(column, no_wrap=True)
    for row in rows:
        table.add_row(*("–" if cell in (None, "") else str(cell) for cell in row))
    text = io.StringIO()
    Console(file=text, width=WIDEST, no_color=True).print(table)
    return text.getvalue()
