"""Import a file of monthly figures: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from core import clock
from core.values.numbers import count_words
from kpis.figures.importing import check_file, import_figures
from kpis.figures.importing_many import import_many
from kpis.figures.services import FigureRefused, Saved
from kpis.management.contracts import named_contract
from parties.models import Contract, User
from parties.participants import participant_for
from uploads.tables.problem import Problem
from uploads.tables.refusal import FileRefused

BY = "import_figures command"
COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed:,} rows"),
    TimeElapsedColumn(),
)


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

        parser.add_argument(
            "--all-contracts", action="store_true", help="the file has a column more: contract, with its code"
        )

    def handle(
        self,
        *,
        file: Path,
        contract: str | None,
        by: str | None = None,
        dry_run: bool,
        all_contracts: bool,
        **options: Any,
    ) -> None:
        if by and all_contracts:
            raise CommandError(
                "A person returns the figures of one contract: leave out --by or --all-contracts."
            )
        of = None if all_contracts else named_contract(contract)
        person = _named_person(by, of) if by and of else None
        try:
            with file.open("rb") as opened:
                # One byte more than is taken tells that it is too large; no more of it is read.
                content = opened.read(settings.IMPORT_MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        try:
            if of is None:
                self._of_all_contracts(content, file.name, dry_run=dry_run)
            else:
                self._of_one_contract(content, file.name, of, person or BY, dry_run=dry_run)
        except (FileRefused, FigureRefused) as refused:
            raise CommandError(f"{file.name}: {refused} Nothing was imported.") from refused

    def _of_all_contracts(self, content: bytes, name: str, *, dry_run: bool) -> None:
        with Progress(*COLUMNS, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"Importing {name}", total=None)
            outcome = import_many(
                by=BY,
                content=content,
                file_name=name,
                today=clock.today(),
                dry_run=dry_run,
                progress=lambda rows: bar.update(task, completed=rows),
            )
        self._refuse(outcome.problems, name)
        if dry_run:
            self.stdout.write(f"{name}: all figures are right; nothing was written.")
            return
        self._say(outcome.total, name, f" in {count_words(len(outcome.saved), 'contract')}")

    def _of_one_contract(
        self, content: bytes, name: str, of: Contract, by: User | str, *, dry_run: bool
    ) -> None:
        checked = check_file(content=content, contract=of, today=clock.today())
        self._refuse(checked.problems, name)
        if dry_run:
            self.stdout.write(f"{name}: {len(checked.entries)} figures are right; nothing was written.")
            return
        self._say(import_figures(by=by, contract=of, checked=checked, file_name=name), name)

    def _refuse(self, problems: Sequence[Problem], name: str) -> None:
        if problems:
            for problem in problems:
                self.stderr.write(f"{name}, {problem}")
            raise CommandError(f"{count_words(len(problems), 'problem')} in {name}; nothing was imported.")

    def _say(self, saved: Saved, name: str, where: str = "") -> None:
        self.stdout.write(
            f"{name}: {saved.created} new, {saved.revised} revised, {saved.unchanged} unchanged figures{where}."
        )


def _named_person(username: str, contract: Contract) -> User:
    """A person who may enter the contract's figures; CommandError says what to do otherwise."""
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is nobody with the user name “{username}”.")
    try:
        may = participant_for(person, contract.code).may("figure.enter")
    except Http404:
        may = False
    if not may:
        raise CommandError(
            f"{person} doesn't enter figures of the contract “{contract.code}”. Name a person of the Trust who does."
        )
    return person
