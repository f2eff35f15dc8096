"""Import a file of monthly figures: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from django.utils import timezone

from kpis.imports.reading import FileRefused
from kpis.management.contracts import named_contract
from kpis.services.figures import FigureRefused
from kpis.services.importing import check_file, import_figures
from parties.access import reader_for
from parties.models import Contract, User


class Command(BaseCommand):
    help = (
        "Import figures from CSV or XLSX with the columns indicator, month, numerator, denominator, value, commentary,"
        " provenance. Every problem is listed by row and column, and then nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--contract", metavar="CODE", help="needed where there are several contracts")
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="whose return it is: a person of the Trust, who can then not accept it for the council."
            " Without it the command enters the figures, and anyone of the council may accept them",
        )
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def handle(
        self, *, file: Path, contract: str | None, by: str | None = None, dry_run: bool, **options: Any
    ) -> None:
        of = named_contract(contract)
        person = _named_person(by, of) if by else None
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
        try:
            saved = import_figures(
                by=person or "import_figures command", contract=of, checked=checked, file_name=file.name
            )
        except FigureRefused as refused:
            raise CommandError(f"{file.name}: {refused} Nothing was imported.") from refused
        self.stdout.write(
            f"{file.name}: {saved.created} new, {saved.revised} revised, {saved.unchanged} unchanged figures."
        )


def _named_person(username: str, contract: Contract) -> User:
    """A person who may enter the contract's figures; CommandError says what to do otherwise."""
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is nobody with the user name “{username}”.")
    try:
        may = reader_for(person, contract.code).may("figure.enter")
    except Http404:
        may = False
    if not may:
        raise CommandError(
            f"{person} doesn't enter figures of the contract “{contract.code}”. Name a person of the Trust who does."
        )
    return person
