"""Load a plan from its folder of reviewed files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.definition_files import DefinitionsRefused
from improvement.plans.files import read_plan
from improvement.plans.loading import load_plan
from kpis.management.contracts import named_contract

BY = "load_plan command"


class Command(BaseCommand):
    help = "Load a plan from a folder with plan.yaml and a file for each priority. A plan that is there is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="such as fixtures/plans/2019-22")
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")

    def handle(self, *, folder: Path, contract: str | None, **options: Any) -> None:
        try:
            read = read_plan(folder)
        except DefinitionsRefused as refused:
            for fault in refused.faults:
                self.stderr.write(fault)
            raise CommandError("Nothing was loaded.") from refused
        of = named_contract(contract)
        loaded = load_plan(by=BY, contract=of, folder=read)
        if loaded is None:
            self.stdout.write(f"{of.code} has the plan {read.plan.code} already; nothing was changed.")
            return
        self.stdout.write(
            f"{read.plan.name}: {loaded.rows} rows, {loaded.actions} actions and {loaded.measures} measures."
        )
