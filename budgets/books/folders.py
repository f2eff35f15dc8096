"""A book as its files give it: its lines in order, its cells in hundredths, and its printed totals with their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from budgets.books.field_types import Cells
from budgets.books.shapes import (
    FIGURES,
    AssertionShape,
    BookFile,
    BridgeFile,
    DemandFile,
    LinesFile,
    LineShape,
    NoteShape,
    SavingsFile,
    Source,
    Stated,
    StatedFile,
)
from budgets.rules.assertions import Asserted, Cell, Outcome, Term, outcome
from budgets.rules.printed import Printed, Unit, read_printed


class UnknownTerm(ValueError):
    """A term names no line, no staffing and no stated figure of the book; its text says which."""


@dataclass(frozen=True)
class PrintedCell:
    """One amount as it is printed; ``printed`` and ``amount`` are None where the cell is empty."""

    cell: Cell
    printed: str | None
    unit: Unit
    amount: Printed | None
    source: Source


@dataclass(frozen=True)
class PrintedTotal:
    """One printed total of one year, with what it asserts and why it differs where it does."""

    code: str
    what: str
    year: str
    line: str | None
    printed: str
    unit: Unit
    asserted: Asserted
    explanation: str
    source: Source
    also: Sequence[Source]
    note: str


@dataclass(frozen=True)
class BookFolder:
    """A book, and what may stand beside it."""

    book: BookFile
    divisions: Sequence[LinesFile] = ()
    stated: StatedFile | None = None
    bridge: BridgeFile | None = None
    savings: SavingsFile | None = None
    demand: DemandFile | None = None

    def parts(self) -> Iterator[LinesFile]:
        """The book itself first, then its divisions in their order."""
        yield self.book
        yield from self.divisions

    def lines(self) -> Iterator[LineShape]:
        return (line for part in self.parts() for line in part.lines)

    def figures(self) -> Sequence[Stated]:
        """Those that stand in no line."""
        return self.stated.figures if self.stated else ()

    def notes(self) -> Iterator[NoteShape]:
        held = (*self.parts(), self.savings, self.demand)
        return (note for part in held if part for note in part.notes)

    @cached_property
    def cells(self) -> Mapping[Cell, PrintedCell]:
        """Every printed cell of a line, of staffing and of what is stated. ValueError where one can't be read."""
        return {one.cell: one for one in self._cells()}

    @cached_property
    def amounts(self) -> Mapping[Cell, int | None]:
        return {cell: one.amount.hundredths if one.amount else None for cell, one in self.cells.items()}

    def totals(self) -> Iterator[PrintedTotal]:
        """Every printed total, one for each year. UnknownTerm where a term means nothing here."""
        for part in self.parts():
            for assertion in part.assertions:
                yield from self.totals_of(part, assertion)

    def totals_of(self, part: LinesFile, assertion: AssertionShape) -> Iterator[PrintedTotal]:
        """Those of one assertion that stands in ``part``. UnknownTerm as above."""
        for year, printed, unit, source in self._printed_of(part, assertion):
            amount = read_printed(printed, unit)
            yield PrintedTotal(
                code=assertion.code,
                what=assertion.what,
                year=year,
                line=assertion.line,
                printed=printed,
                unit=unit,
                asserted=Asserted(
                    self._terms(assertion, year), amount.hundredths, amount.step, assertion.tolerance
                ),
                explanation=assertion.differs.get(year, ""),
                source=source,
                also=assertion.also,
                note=assertion.note,
            )

    def outcomes(self) -> Iterator[tuple[PrintedTotal, Outcome]]:
        return ((total, outcome(total.asserted, self.amounts)) for total in self.totals())

    def leaves(self, code: str) -> list[str]:
        """The lines below a total, a division or a heading; a line stands for itself."""
        below = self._children.get(code)
        if below is None:
            return [code]
        return [leaf for child in below for leaf in self.leaves(child)]

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {line.code: [] for line in self.lines() if line.kind != "line"}
        for line in self.lines():
            if line.parent:
                found[line.parent].append(line.code)
        return found

    def _cells(self) -> Iterator[PrintedCell]:
        for part in self.parts():
            for line in part.lines:
                unit, source = line.unit or part.unit, line.source or part.source
                yield from _printed_cells(line.code, "budget", line.budget, unit, source)
                yield from _printed_cells(line.code, "actual", line.actual, unit, source)
            for staff in part.staffing:
                yield from _printed_cells(
                    staff.line, "headcount", staff.headcount, Unit.HEADCOUNT, part.source
                )
                yield from _printed_cells(staff.line, "fte", staff.fte, Unit.FTE, part.source)
        for one in self.figures():
            year = {one.year or "": one.printed}
            yield from _printed_cells(one.code, "stated", year, one.unit, one.source)

    def _printed_of(
        self, part: LinesFile, assertion: AssertionShape
    ) -> Iterator[tuple[str, str, Unit, Source]]:
        """Year, text, unit and source of what an assertion says is printed."""
        for year, text in assertion.printed.items():
            yield year, text, assertion.unit or part.unit, assertion.source or part.source
        if assertion.stated:
            one = self._stated.get(assertion.stated)
            if one is None or one.printed is None:
                raise UnknownTerm(f"no amount is stated as {assertion.stated}")
            yield one.year or "", one.printed, one.unit, one.source

    def _terms(self, assertion: AssertionShape, year: str) -> tuple[Term, ...]:
        added = [(1, text) for text in assertion.plus]
        taken = [(-1, text) for text in assertion.minus]
        return tuple(
            Term(sign, cell) for sign, text in (*added, *taken) for cell in self._cells_named(text, year)
        )

    def _cells_named(self, text: str, year: str) -> Iterator[Cell]:
        figure, _, code = text.rpartition(":")
        figure = figure or "budget"
        if figure not in FIGURES:
            raise UnknownTerm(f"{text} begins with no figure of a book; write {', '.join(FIGURES)}")
        if figure == "stated":
            one = self._stated.get(code)
            cells = [Cell(code, figure, one.year or "")] if one else []
        elif figure in ("headcount", "fte"):
            cells = [Cell(code, figure, year)]
        else:
            cells = [Cell(leaf, figure, year) for leaf in self.leaves(code)]
        if not cells or any(cell not in self.cells for cell in cells):
            raise UnknownTerm(f"{text} has no such amount in {year}")
        yield from cells

    @cached_property
    def _stated(self) -> Mapping[str, Stated]:
        return {one.code: one for one in self.figures()}


def _printed_cells(code: str, figure: str, cells: Cells, unit: Unit, source: Source) -> Iterator[PrintedCell]:
    for year, text in cells.items():
        amount = None if text is None else read_printed(text, unit)
        yield PrintedCell(Cell(code, figure, year), text, unit, amount, source)
