"""What is wrong with what a book says is printed: unreadable amounts, years beyond it, documents it doesn't list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from budgets.books.folders import BookFolder
from budgets.books.shapes import LinesFile, Source
from budgets.rules.printed import Unit, read_printed

# Where the texts stand, the texts by year (or under no year), and the unit that they are in.
_Texts = tuple[str, Iterable[tuple[str, str | None]], Unit]


def amount_faults(found: BookFolder) -> Iterator[str]:
    first, last = found.book.first_year, found.book.last_year
    for where, texts, unit in chain.from_iterable(_in_years(part) for part in found.parts()):
        for year, text in texts:
            if not first <= year <= last:
                yield f"{where}: {year}: the book runs from {first} to {last}"
            yield from _unread(f"{where}: {year}", text, unit)
    for where, texts, unit in _beside(found):
        for year, text in texts:
            yield from _unread(f"{where}: {year}" if year else where, text, unit)
    for assertion in (one for part in found.parts() for one in part.assertions if one.printed):
        for year in sorted(set(assertion.differs) - set(assertion.printed)):
            yield f"printed total {assertion.code}: differs: nothing is printed for {year}"


def _in_years(part: LinesFile) -> Iterator[_Texts]:
    """What belongs to years of the book."""
    for line in part.lines:
        unit = line.unit or part.unit
        yield f"line {line.code}: budget", line.budget.items(), unit
        yield f"line {line.code}: actual", line.actual.items(), unit
    for staff in part.staffing:
        yield f"staffing of {staff.line}: headcount", staff.headcount.items(), Unit.HEADCOUNT
        yield f"staffing of {staff.line}: fte", staff.fte.items(), Unit.FTE
    for one in part.assertions:
        yield f"printed total {one.code}", one.printed.items(), one.unit or part.unit


def _beside(found: BookFolder) -> Iterator[_Texts]:
    """What belongs to no year, or to one that the book need not hold."""
    for stated in found.figures():
        yield f"stated figure {stated.code}", [("", stated.printed)], stated.unit
    for note in found.notes():
        for row in note.rows:
            yield f"note {note.code}: {row.label}", row.printed.items(), row.unit
    for basis in found.book.basis:
        yield f"basis of {basis.line}: unit_cost", [("", basis.unit_cost)], Unit.POUNDS
        yield f"basis of {basis.line}: assumed", [("", basis.assumed)], Unit.HEADCOUNT
    if found.savings:
        for saving in found.savings.savings:
            where = f"savings of year {saving.contract_year}"
            yield where, [(saving.year, saving.printed)], found.savings.unit


def _unread(where: str, text: str | None, unit: Unit) -> Iterator[str]:
    try:
        if text is not None:
            read_printed(text, unit)
    except ValueError as error:
        yield f"{where}: {error}"


def source_faults(found: BookFolder) -> Iterator[str]:
    for where, source in chain(_sources_of_lines(found), _sources_beside(found)):
        if source is not None and source.document not in found.book.documents:
            yield f"{where}: {source.document} is none of the book’s documents"


def _sources_of_lines(found: BookFolder) -> Iterator[tuple[str, Source | None]]:
    yield "version", found.book.version.source
    for part in found.parts():
        yield "source", part.source
        for line in part.lines:
            yield f"line {line.code}", line.source
        for total in part.assertions:
            for source in (total.source, *total.also):
                yield f"printed total {total.code}", source


def _sources_beside(found: BookFolder) -> Iterator[tuple[str, Source | None]]:
    for basis in found.book.basis:
        yield f"basis of {basis.line}", basis.source
    for stated in found.figures():
        yield f"stated figure {stated.code}", stated.source
    for note in found.notes():
        yield f"note {note.code}", note.source
    if found.savings:
        yield "savings", found.savings.source
    for series in found.demand.series if found.demand else ():
        for source in (series.source, *series.also):
            yield f"series {series.code}", source
