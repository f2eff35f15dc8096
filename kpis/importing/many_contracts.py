"""Imports one file of the figures of many contracts, all or nothing, a piece at a time so that memory stays bounded.

The file is read once, and what is right is written as it is read, in one transaction: with the first problem writing
ends, the rest is only checked, and in the end nothing is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import attrgetter

from django.db import transaction

from audit.services import record
from core.values.numbers import count_words
from kpis.definitions.models import Indicator
from kpis.figures.bulk import expect_many
from kpis.figures.checking import SHOWN, Scope, Seen, as_seen, check_header, checked_row, no_figures, scope_of
from kpis.figures.columns import LAYOUT
from kpis.figures.services import Entry, Saved, add_revisions, explained_in_trail, explained_words
from kpis.importing.given_file import GivenFile
from kpis.importing.looking_over import FileHistory
from kpis.importing.one_contract import as_it_comes
from kpis.versions.models import FiguresVersion
from kpis.versions.services import move_on
from parties.models import Contract, User
from uploads.limits import upload_limits
from uploads.tables.opening import open_table
from uploads.tables.problem import Problem
from uploads.tables.table import Head, Row

PIECE = 10_000
COLUMN = "contract"


@dataclass
class Outcome:
    """What was written for each contract's code, or else all that is wrong and all that asks for words.

    ``explained`` are the warnings of what was written, with the words for them.
    """

    saved: dict[str, Saved] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    explained: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def refused(self) -> bool:
        return bool(self.problems or self.warnings)

    @property
    def total(self) -> Saved:
        parts = list(self.saved.values())
        return Saved(
            sum(part.created for part in parts),
            sum(part.revised for part in parts),
            sum(part.unchanged for part in parts),
        )


class _Known:
    """The contracts of the installation, each with its scope and what the file said of it so far."""

    def __init__(self, today: date) -> None:
        self.contracts = {contract.code: contract for contract in Contract.objects.order_by("pk")}
        self.seen: dict[str, Seen] = defaultdict(dict)
        indicators: dict[int, dict[str, Indicator]] = defaultdict(dict)
        for indicator in Indicator.objects.prefetch_related("bands"):
            indicators[indicator.contract_id][indicator.code.upper()] = indicator
        self.scopes: dict[str, Scope] = {
            code: scope_of(contract, indicators[contract.pk], today)
            for code, contract in self.contracts.items()
        }

    def check(self, given: Row) -> tuple[str, Entry | None, list[Problem]]:
        row = as_seen(given)
        code = row.cells.get(COLUMN, "")
        if code not in self.scopes:
            words = f"There is no contract “{code[:SHOWN]}”." if code else "The contract’s code is missing."
            return code, None, [Problem(row.number, COLUMN, words)]
        entry, found = checked_row(row, self.scopes[code], self.seen[code])
        return code, entry, found


@transaction.atomic
def import_many(
    *,
    by: User | str,
    file: GivenFile,
    today: date,
    accepted: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Outcome:
    """Read, check and write the whole file, or nothing. FileRefused where it can't be read as a table; FigureRefused
    for a printed figure that would take the place of one which is open.

    ``accepted`` are the words that are said to whatever the checks warn of. One audit row for each contract in which
    something changed.
    """
    with open_table(file.content, upload_limits(), LAYOUT, answers=file.answers) as table:
        if problems := _header_problems(table.head):
            return Outcome(problems=problems)
        known, outcome, done = _Known(today), Outcome(), 0
        # Every contract at once and in one order, so that no two imports wait for each other.
        list(FiguresVersion.objects.select_for_update().order_by("pk").values_list("pk"))
        expect_many()
        history = FileHistory(accepted)
        for piece in _pieces(table.rows):
            entries = _checked(piece, known, history, outcome)
            if not outcome.refused and not dry_run:
                _write(entries, known, outcome, by=by, file_name=file.name, today=today)
                history.forget()
            done += len(piece)
            progress(done)
    if not done:
        outcome.problems.append(no_figures(table.head))
    if outcome.refused:
        transaction.set_rollback(True)
        return Outcome(problems=outcome.problems, warnings=outcome.warnings)
    _note(outcome, known, by=by, file_name=file.name)
    return outcome


def _header_problems(head: Head) -> list[Problem]:
    header = list(head.columns)
    problems = check_header([name for name in header if name != COLUMN], head.number)
    if header.count(COLUMN) != 1:
        words = "This column stands twice. Keep one." if COLUMN in header else "This column is missing."
        problems.append(Problem(head.number, COLUMN, words))
    return problems


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while piece := list(islice(rows, PIECE)):
        yield piece


def _checked(
    piece: Iterable[Row], known: _Known, history: FileHistory, outcome: Outcome
) -> dict[str, list[Entry]]:
    """The piece's entries by contract; the outcome's problems and warnings grow."""
    right: list[tuple[int, Entry]] = []
    codes: list[str] = []
    problems: list[Problem] = []
    for row in piece:
        code, entry, found = known.check(row)
        problems += found
        if entry is not None and not found:
            right.append((row.number, entry))
            codes.append(code)
    checked, looked = history.look_over(right)
    outcome.problems += sorted(problems + looked.problems, key=attrgetter("row"))
    outcome.warnings += looked.warnings
    entries: dict[str, list[Entry]] = defaultdict(list)
    for code, entry in zip(codes, checked, strict=True):
        entries[code].append(entry)
    return entries


def _write(
    entries: dict[str, list[Entry]],
    known: _Known,
    outcome: Outcome,
    *,
    by: User | str,
    file_name: str,
    today: date,
) -> None:
    for code, of_contract in entries.items():
        written = add_revisions(
            by=by,
            contract=known.contracts[code],
            entries=of_contract,
            state_of=as_it_comes,
            reason=f"Imported from {file_name}",
            today=today,
        )
        before = outcome.saved.get(code, Saved(0, 0, 0))
        outcome.saved[code] = Saved(
            before.created + len(written.new),
            before.revised + len(written.revised),
            before.unchanged + written.unchanged,
        )
        outcome.explained[code] += explained_words(written.entries)


def _note(outcome: Outcome, known: _Known, *, by: User | str, file_name: str) -> None:
    """The versions first and the trail last, as every writer does it."""
    changed = {code: saved for code, saved in outcome.saved.items() if saved.created or saved.revised}
    for code in changed:
        move_on(known.contracts[code])
    for code, saved in changed.items():
        record(
            by=by,
            action="figures.imported",
            subject=known.contracts[code],
            contract=code,
            summary=(
                f"Imported from {file_name}, together with other contracts: "
                f"{count_words(saved.created, 'new figure')}, {saved.revised:,} revised."
            ),
            changes=explained_in_trail(outcome.explained[code]),
        )
