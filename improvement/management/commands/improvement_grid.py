"""Print the overview of a plan as it stood on a day: one row for each reference."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from core.management.rows import printed
from core.values.words import day_words
from improvement.management.plans import named_plan, plan_arguments
from improvement.overview.grid import grid_of

COLUMNS = ("priority", "ref", "phase1", "phase2")


class Command(BaseCommand):
    help = "Print priority, reference and the status of both phases for each reference of the overview."

    def add_arguments(self, parser: ArgumentParser) -> None:
        plan_arguments(parser)

    def handle(
        self, *, plan: str | None, contract: str | None, day: date | None, form: str, **options: Any
    ) -> None:
        today = clock.today()
        of, asked = named_plan(plan, contract, day), day or today
        records = [
            {
                "priority": block.priority,
                "ref": row.code,
                **{
                    f"phase{cell.phase}": cell.status.label if form == "table" else cell.status.value
                    for cell in row.cells
                },
            }
            for block in grid_of(of, asked, today).blocks
            for row in block.rows
        ]
        self.stdout.write(printed(COLUMNS, records, form, f"{of.name}, {day_words(asked)}"), ending="")
