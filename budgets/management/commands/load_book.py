"""Load a book from its folder of reviewed files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.books.files import read_book
from budgets.books.loading import load_book
from core.definition_files import DefinitionsRefused
from core.values.numbers import count_words
from kpis.management.contracts import named_contract

BY = "load_book command"


class Command(BaseCommand):
    help = "Load a book from a folder with book.yaml. A book that is there is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="such as fixtures/budgets/trust")
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")

    def handle(self, *, folder: Path, contract: str | None, **options: Any) -> None:
        try:
            read = read_book(folder)
        except DefinitionsRefused as refused:
            for fault in refused.faults:
                self.stderr.write(fault)
            raise CommandError("Nothing was loaded.") from refused
        of = named_contract(contract)
        loaded = load_book(by=BY, contract=of, folder=read)
        if loaded is None:
            self.stdout.write(f"{of.code} has the book {read.book.code} already; nothing was changed.")
            return
        totals = count_words(loaded.totals, "printed total")
        self.stdout.write(f"{read.book.name}: {count_words(loaded.lines, 'line')} and {totals}.")
