"""Import a file of monthly figures: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kpis.imports.reading import FileRefused
from kpis.management.contracts import named_contract
from kpis.services.importing import check_file, import_figures


class Command(BaseCommand):
    help = (
        "Import figures from CSV or XLSX with the columns indicator, month, numerator, denominator, value, commentary,"
        " provenance. Every problem is listed by row and column, and then nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def handle(self, *, file: Path, contract: str | None, dry_run: bool, **options: Any) -> None:
        of = named_contract(contract)
        try:
            with file.open("rb") as opened:
                # One byte more than is taken tells that it is too large; no more of it is read.
                content = opened.read(settings.IMPORT_MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        try:
            checked = check_file(content=content, contract=of, today=timezone.localdate())
        except FileRefused as refused:
            raise CommandError(f"{file.name}: {refused} Nothing was imported.") from refused
        if checked.problems:
            for problem in checked.problems:
                self.stderr.write(f"{file.name}, {problem}")
            count = len(checked.problems)
            raise CommandError(
                f"{count} problem{'s' if count != 1 else ''} in {file.name}; nothing was imported."
            )
        if dry_run:
            self.stdout.write(f"{file.name}: {len(checked.entries)} figures are right; nothing was written.")
            return
        saved = import_figures(by="import_figures command", contract=of, checked=checked, file_name=file.name)
        self.stdout.write(
            f"{file.name}: {saved.created} new, {saved.revised} revised, {saved.unchanged} unchanged figures."
        )
