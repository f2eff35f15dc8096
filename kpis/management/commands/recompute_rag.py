"""Recompute the red-amber-green status of every indicator and month."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kpis.engine.freshness import lagging_contracts
from kpis.engine.recompute import recompute
from kpis.management.contracts import named_contract
from parties.models import Contract


class Command(BaseCommand):
    help = (
        "Recompute statuses: of one contract with --contract, of every contract with --all, otherwise of those whose"
        " figures moved on since they were last computed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contract", metavar="CODE")
        parser.add_argument("--all", action="store_true", dest="every")

    def handle(self, *, contract: str | None, every: bool, **options: Any) -> None:
        if contract:
            ids = [named_contract(contract).pk]
        elif every:
            ids = list(Contract.objects.values_list("pk", flat=True))
        else:
            ids = lagging_contracts()
        with Progress(
            TextColumn("Recomputing"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("contracts"),
            TimeElapsedColumn(),
            console=Console(file=sys.stderr),
            disable=not sys.stderr.isatty(),
        ) as bar:
            task = bar.add_task("", total=len(ids))
            outcome = recompute(
                trigger="command", contract_ids=ids, progress=lambda done: bar.advance(task, done)
            )
        self.stdout.write(f"{outcome.computed} computed, {outcome.changed} changed")
        if not (ids or contract or every):
            self.stderr.write(
                "No contract's figures moved on since its statuses were computed. --all takes every one."
            )
