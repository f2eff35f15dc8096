"""Rows as commands print them: a table for people, JSON or CSV for other programs."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from core.values.cells import csv_lines

WIDEST = 200


def format_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=["table", "json", "csv"], default="table", dest="form")


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
