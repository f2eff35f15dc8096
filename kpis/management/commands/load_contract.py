"""Load a contract's reviewed definition files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.definition_files import DefinitionsRefused
from kpis.definitions.files import read_definitions
from kpis.definitions.services import load_definitions
from kpis.management.contracts import named_contract
from parties.contract_file import read_contract
from parties.services import ensure_contract

FIXTURES = settings.BASE_DIR / "fixtures"
BY = "load_contract command"


class Command(BaseCommand):
    help = (
        "Load indicators, bands and published statistics from a folder of YAML files. Loading the same again changes"
        " nothing. Without --contract the contract of fixtures/contract.yaml is made if it is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=FIXTURES / "indicators")
        parser.add_argument("--contract", metavar="CODE", help="an existing contract")

    def handle(self, *, folder: Path, contract: str | None, **options: Any) -> None:
        try:
            definitions = read_definitions(folder)
            with transaction.atomic():
                of = (
                    named_contract(contract)
                    if contract
                    else ensure_contract(by=BY, **read_contract(FIXTURES / "contract.yaml").terms())
                )
                loaded = load_definitions(by=BY, contract=of, definitions=definitions)
        except DefinitionsRefused as refused:
            for fault in refused.faults:
                self.stderr.write(fault)
            raise CommandError("Nothing was loaded.") from refused
        self.stdout.write(
            f"{of.code}: {loaded.created} new, {loaded.changed} changed, {loaded.unchanged} unchanged indicators."
        )
