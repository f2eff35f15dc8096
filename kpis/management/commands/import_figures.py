"""Import a file of monthly figures: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from core import clock
from core.values.cells import trimmed
from core.values.numbers import count_words
from core.values.words import listed
from kpis.figures.checking import CONTROL
from kpis.figures.models.check_answer import ANSWER
from kpis.figures.services import FigureRefused, Saved
from kpis.importing.given_file import GivenFile
from kpis.importing.many_contracts import import_many
from kpis.importing.one_contract import check_file, import_figures
from kpis.management.contracts import named_contract
from parties.models import Contract, User
from parties.participants import participant_for
from uploads.tables.opening import ReaderFailed
from uploads.tables.problem import Problem
from uploads.tables.refusal import ENCODING, SHEET, FileAsks, FileRefused
from uploads.tables.texts import LABELS

BY = "import_figures command"
COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed:,} rows"),
    TimeElapsedColumn(),
)


def _explanation(text: str) -> str:
    """What is said to warnings, as a form on the page takes it."""
    words = trimmed(text)
    if not words:
        raise ArgumentTypeError("say in words why what the checks warn of is right")
    if len(words) > ANSWER:
        raise ArgumentTypeError(f"the words have {len(words):,} characters; {ANSWER:,} are the most")
    if CONTROL.search(words):
        raise ArgumentTypeError("there are control characters in the words")
    return words


@dataclass(frozen=True)
class _Asked:
    """Whether to check only, and what is said to warnings."""

    dry_run: bool
    accepted: str


class Command(BaseCommand):
    help = (
        "Import figures from CSV or XLSX with the columns indicator, month, numerator, denominator, value, commentary,"
        " provenance. Every problem is listed by row and column, and then nothing is written. The checks are those of"
        " the month's page: what they call an error is refused; what they warn of is refused until it is explained with"
        " --accept-warnings. A month off target needs a commentary where the Trust returns it; published, derived and"
        " illustrative figures come without."
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
            "--accept-warnings",
            metavar="WORDS",
            type=_explanation,
            help="why everything that the checks warn of is right, as “checked with the team”: kept beside each figure"
            " that they warn of, and in the audit trail",
        )
        parser.add_argument(
            "--sheet", metavar="NAME", help="which sheet of a workbook, where several may be meant"
        )
        parser.add_argument(
            "--encoding",
            choices=sorted(LABELS),
            help="what a text is written in, where it can be read in several ways",
        )
        parser.add_argument(
            "--all-contracts", action="store_true", help="the file has a column more: contract, with its code"
        )

    def handle(
        self,
        *,
        file: Path,
        contract: str | None,
        by: str | None = None,
        all_contracts: bool,
        **options: Any,
    ) -> None:
        if by and all_contracts:
            raise CommandError(
                "A person returns the figures of one contract: leave out --by or --all-contracts."
            )
        asked = _Asked(dry_run=options["dry_run"], accepted=options["accept_warnings"] or "")
        of = None if all_contracts else named_contract(contract)
        person = _named_person(by, of) if by and of else None
        try:
            with file.open("rb") as opened:
                # One byte more than is taken tells that it is too large; no more of it is read.
                content = opened.read(settings.IMPORT_MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        answers = {about: options[about] for about in (SHEET, ENCODING) if options[about]}
        given = GivenFile(file.name, content, answers)
        try:
            if of is None:
                self._of_all_contracts(given, asked)
            else:
                self._of_one_contract(given, asked, of, person or BY)
        except (FileRefused, FigureRefused) as refused:
            raise CommandError(f"{file.name}: {refused} Nothing was imported.") from refused
        except ReaderFailed as failed:
            raise CommandError(f"{file.name}: the program failed over this file. {failed}") from failed
        except FileAsks as asks:
            raise CommandError(f"{file.name}: {_question(asks)}") from asks

    def _of_all_contracts(self, given: GivenFile, asked: _Asked) -> None:
        with Progress(*COLUMNS, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"Importing {given.name}", total=None)
            outcome = import_many(
                by=BY,
                file=given,
                today=clock.today(),
                accepted=asked.accepted,
                dry_run=asked.dry_run,
                progress=lambda rows: bar.update(task, completed=rows),
            )
        self._refuse(outcome.problems, outcome.warnings, given.name)
        if asked.dry_run:
            self.stdout.write(f"{given.name}: all figures are right; nothing was written.")
            return
        self._say(outcome.total, given.name, f" in {count_words(len(outcome.saved), 'contract')}")

    def _of_one_contract(self, given: GivenFile, asked: _Asked, of: Contract, by: User | str) -> None:
        checked = check_file(given, contract=of, today=clock.today(), accepted=asked.accepted)
        self._refuse(checked.problems, checked.warnings, given.name)
        if asked.dry_run:
            self.stdout.write(f"{given.name}: {len(checked.entries)} figures are right; nothing was written.")
            return
        self._say(import_figures(by=by, contract=of, checked=checked, file_name=given.name), given.name)

    def _refuse(self, problems: Sequence[Problem], warnings: Sequence[Problem], name: str) -> None:
        for problem in problems:
            self.stderr.write(f"{name}, {problem}")
        for warning in warnings:
            self.stderr.write(f"{name}, warning, {warning}")
        counted = [
            count_words(len(found), word)
            for found, word in ((problems, "problem"), (warnings, "warning"))
            if found
        ]
        if counted:
            remedy = (
                " Correct them, or say why they are right with --accept-warnings." if not problems else ""
            )
            raise CommandError(f"{listed(counted)} in {name}; nothing was imported.{remedy}")

    def _say(self, saved: Saved, name: str, where: str = "") -> None:
        self.stdout.write(
            f"{name}: {saved.created} new, {saved.revised} revised, {saved.unchanged} unchanged figures{where}."
        )


def _question(asks: FileAsks) -> str:
    """What the file asks, with each answer as it is given here and what the file looks like by it."""
    answers = "".join(
        f"\n  --{asks.about} {shlex.quote(choice.value)}\n    " + choice.sample.replace("\n", "\n    ")
        for choice in asks.choices
    )
    return f"{asks.words} Nothing was imported. Say it:{answers}"


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
