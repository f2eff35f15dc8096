"""Imports a file of figures in two acts: read and check everything, then all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from kpis.definitions.models import Indicator
from kpis.figures.checking import Scope, check_header, checked_rows, no_figures, scope_of
from kpis.figures.columns import LAYOUT
from kpis.figures.models import Figure, FigureRevision
from kpis.figures.services import Entry, Saved, save_figures
from kpis.importing.given_file import GivenFile
from kpis.importing.looking_over import FileHistory
from parties.models import Contract, User
from uploads.limits import upload_limits
from uploads.tables.opening import open_table
from uploads.tables.problem import Problem
from uploads.tables.table import Row


@dataclass(frozen=True)
class Checked:
    """Act one: what the file would enter, and all that is wrong with it. Nothing is written.

    ``warnings`` are what the checks ask about and nobody has explained yet: as long as there are some, nothing is
    imported.
    """

    entries: Sequence[Entry]
    problems: Sequence[Problem]
    warnings: Sequence[Problem] = field(default_factory=list)


def check_file(file: GivenFile, *, contract: Contract, today: date, accepted: str = "") -> Checked:
    """Read and check a whole file. Raises FileRefused when it can't be read as a table at all, FileAsks when only its
    people know how.

    ``accepted`` are the words that are said to whatever the checks warn of.
    """
    with open_table(file.content, upload_limits(), LAYOUT, answers=file.answers) as table:
        header, rows = table.head, list(table.rows)
    if problems := check_header(header.columns, header.number):
        return Checked([], problems)
    if not rows:
        return Checked([], [no_figures(header)])
    indicators = {
        indicator.code.upper(): indicator
        for indicator in Indicator.objects.filter(contract=contract).prefetch_related("bands")
    }
    scope = replace(scope_of(contract, indicators, today), open_figures=_open_figures(contract))
    return _looked_over(rows, scope, FileHistory(accepted))


def _looked_over(rows: Sequence[Row], scope: Scope, history: FileHistory) -> Checked:
    right: list[tuple[int, Entry]] = []
    problems: list[Problem] = []
    for row, entry, found in checked_rows(rows, scope):
        problems += found
        if entry is not None and not found:
            right.append((row.number, entry))
    entries, looked = history.look_over(right)
    return Checked(entries, sorted(problems + looked.problems, key=attrgetter("row")), looked.warnings)


def _open_figures(contract: Contract) -> dict[tuple[int, date], Figure]:
    waiting = Figure.objects.filter(indicator__contract=contract).exclude(state=Figure.State.ACCEPTED)
    return {(figure.indicator_id, figure.month): figure for figure in waiting.select_related("latest")}


def as_it_comes(entry: Entry) -> str:
    """What the Trust returns waits for the council's answer; what was printed is not the round's business.

    It can't take the place of a figure that is open (see over_open_fault).
    """
    returned = entry.provenance == FigureRevision.Provenance.RETURNED
    return Figure.State.SUBMITTED if returned else Figure.State.ACCEPTED


def import_figures(
    *,
    by: User | str,
    contract: Contract,
    checked: Checked,
    file_name: str,
    state_of: Callable[[Entry], str] = as_it_comes,
    remark: str = "",
) -> Saved:
    """Act two. The demonstration alone remarks in their reason on when its figures were entered."""
    if checked.problems or checked.warnings:
        raise ValueError("a file with problems or with warnings that nobody explained is never imported")
    return save_figures(
        by=by,
        contract=contract,
        entries=checked.entries,
        state_of=state_of,
        reason=f"Imported from {file_name}{remark}",
        action="figures.imported",
    )
