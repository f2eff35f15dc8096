"""What is wrong with a book that no field says by itself: names, tree, totals, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from budgets.books.folders import BookFolder, PrintedTotal, UnknownTerm
from budgets.books.printed_faults import amount_faults, source_faults
from budgets.books.shapes import LineShape
from budgets.rules.assertions import Outcome, outcome


def faults_of(found: BookFolder) -> list[str]:
    """Every fault, each with what it is about. What builds on a tree is only looked at where the tree holds."""
    faults = [*_of_names(found), *_of_tree(found), *amount_faults(found), *source_faults(found)]
    return faults or [*_of_totals(found), *_of_what_stands_beside(found)]


def _of_names(found: BookFolder) -> Iterator[str]:
    book = found.book
    if book.last_year < book.first_year:
        yield f"book.yaml: last_year: {book.last_year} comes before the first year, {book.first_year}"
    yield from _twice("line", (line.code for line in found.lines()))
    yield from _twice("stated figure", (one.code for one in found.figures()))
    yield from _twice("note", (note.code for note in found.notes()))
    yield from _twice("printed total", (one.code for part in found.parts() for one in part.assertions))
    yield from _twice("staffing of", (one.line for part in found.parts() for one in part.staffing))
    if found.demand:
        yield from _twice("series", (one.code for one in found.demand.series))
    if found.savings:
        yield from _twice("contract year", (one.contract_year for one in found.savings.savings))


def _of_tree(found: BookFolder) -> Iterator[str]:
    lines = {line.code: line for line in found.lines()}
    for line in lines.values():
        yield from _of_line(line)
        yield from _of_parent(line, lines)
    for part in found.parts():
        for staff in part.staffing:
            if staff.line not in lines:
                yield f"staffing: there is no line {staff.line}"
        for one in part.assertions:
            if one.line is not None and one.line not in lines:
                yield f"printed total {one.code}: there is no line {one.line}"


def _of_line(line: LineShape) -> Iterator[str]:
    if line.kind == "line" and line.side is None:
        yield f"line {line.code}: say whether it is expenditure or income"
    if line.kind != "line" and (line.budget or line.actual):
        yield f"line {line.code}: a {line.kind} has no amounts of its own; its lines have them"


def _of_parent(line: LineShape, lines: Mapping[str, LineShape]) -> Iterator[str]:
    if line.parent is None:
        return
    if line.parent not in lines:
        yield f"line {line.code}: there is no {line.parent} above it"
    elif lines[line.parent].kind == "line":
        yield f"line {line.code}: {line.parent} is a line and holds no others"
    elif _in_a_circle(line, lines):
        yield f"line {line.code}: stands above itself"


def _in_a_circle(line: LineShape, lines: Mapping[str, LineShape]) -> bool:
    seen = set()
    above: LineShape | None = line
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = lines.get(above.parent or "")
    return above is not None


def _of_totals(found: BookFolder) -> Iterator[str]:
    """Each must be computed, and have a word why where it differs, and none where it doesn't."""
    for part in found.parts():
        for assertion in part.assertions:
            try:
                totals = list(found.totals_of(part, assertion))
            except UnknownTerm as error:
                yield f"printed total {assertion.code}: {error}"
                continue
            for total in totals:
                yield from _of_total(total, outcome(total.asserted, found.amounts))


def _of_total(total: PrintedTotal, result: Outcome) -> Iterator[str]:
    where = f"printed total {total.code}: {total.year}"
    for cell in result.missing:
        yield f"{where}: {cell.code} is an empty cell, so it can't be computed"
    if result.missing:
        return
    if not result.agrees and not total.explanation:
        yield f"{where}: differs by {result.difference} hundredths; say why under differs"
    if result.agrees and total.explanation:
        yield f"{where}: agrees, so there is nothing to explain"


def _of_what_stands_beside(found: BookFolder) -> Iterator[str]:
    lines = {line.code for line in found.lines()}
    stated = {one.code for one in found.figures()}
    series = {one.code for one in found.demand.series} if found.demand else set()
    for basis in found.book.basis:
        if basis.line not in lines:
            yield f"basis: there is no line {basis.line}"
    for step in found.bridge.steps if found.bridge else ():
        for code in (step.stated, *step.also):
            if code not in stated:
                yield f"bridge.yaml: {step.name}: no figure is stated as {code}"
    for line in found.lines():
        for link in line.demand:
            for code in link.series:
                if code not in series:
                    yield f"line {line.code}: demand: there is no series {code}"


def _twice(kind: str, values: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            yield f"{kind} {value} stands twice"
        seen.add(value)
