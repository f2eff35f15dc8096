"""The files of a book, field by field: its lines and totals, what documents state, the bridge, savings and demand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from budgets.books.field_types import (
    AsList,
    AsPrinted,
    BookCode,
    Cells,
    Code,
    Figure,
    Line,
    Period,
    Side,
    Title,
    Totals,
    Words,
    Year,
)
from budgets.rules.printed import Unit
from core.definition_files import Strict


class Source(Strict):
    """``document`` is a key of the book's documents."""

    document: Code
    place: Title


class DemandLink(Strict):
    """Series of children or young people who may drive a line; matched by name, so with how far to trust it."""

    series: Annotated[list[Code], Field(min_length=1)]
    confidence: Literal["fair", "low"]
    note: Words = ""


class LineShape(Strict):
    """Totals, divisions and headings hold lines; only a line has amounts."""

    code: Code
    name: Title
    kind: Literal["total", "division", "heading", "line"] = "line"
    parent: Code | None = None
    side: Side | None = None
    subject: Code | None = None
    owner: Line = ""
    unit: Unit | None = None
    budget: Cells = {}
    actual: Cells = {}
    source: Source | None = None
    demand: list[DemandLink] = []
    note: Words = ""


class AssertionShape(Strict):
    """A printed total, one for each year, and the cells that it is made of.

    A term is the code of a line or of what holds lines, with its figure before it where that is no budget:
    ``actual:secure_units``, ``stated:partner_money``. What is printed stands here, or is itself a stated figure.
    """

    code: Code
    what: Title
    line: Code | None = None
    plus: list[str]
    minus: list[str] = []
    printed: Totals = {}
    stated: Code | None = None
    unit: Unit | None = None
    tolerance: Annotated[int, Field(ge=0)] = 0
    differs: dict[Year, Title] = {}
    source: Source | None = None
    also: list[Source] = []
    note: Words = ""

    @model_validator(mode="after")
    def printed_once(self) -> Self:
        if bool(self.printed) == bool(self.stated):
            raise ValueError("give what is printed, or the stated figure that it is, and not both")
        return self


class StaffingShape(Strict):
    line: Code
    headcount: Cells = {}
    fte: Cells = {}


class LeftoverRow(Strict):
    label: Title
    unit: Unit
    printed: Totals


class NoteShape(Strict):
    """A ``leftover`` is printed but belongs elsewhere; a ``reading`` is how we took something; a ``gap`` is missing; a
    ``cause`` is why the year that is printed came to what it did.
    """

    code: Code
    kind: Literal["leftover", "reading", "gap", "cause"]
    words: Annotated[Words, Field(min_length=1)]
    rows: list[LeftoverRow] = []
    source: Source


class LinesFile(Strict):
    """Lines of a book with their totals; ``unit`` and ``source`` hold where a line gives none."""

    unit: Unit
    source: Source
    lines: list[LineShape]
    assertions: Annotated[list[AssertionShape], AsList] = []
    staffing: Annotated[list[StaffingShape], AsList] = []
    notes: Annotated[list[NoteShape], AsList] = []


class Version(Strict):
    kind: Literal["original"]
    words: Title
    day: date | None = None
    source: Source


class BasisShape(Strict):
    """What a line's budget was reckoned with, where that is printed; ``unit_cost`` is pounds for one and a year."""

    line: Code
    year: Year
    assumed: AsPrinted | None = None
    unit_cost: AsPrinted | None = None
    qualifier: Line = ""
    words: Title
    source: Source


class BookFile(LinesFile):
    code: BookCode
    name: Title
    organisation: Title
    contract: BookCode | None
    kept_by: Literal["council", "trust"]
    first_year: Year
    last_year: Year
    documents: dict[Code, Title]
    version: Version
    basis: Annotated[list[BasisShape], AsList] = []


class Stated(Strict):
    """A figure that stands in no line; null where a document speaks of it without an amount."""

    code: Code
    name: Title
    kind: Literal[
        "contract_sum", "budget_line", "income", "charge", "outturn", "reserve", "threshold", "saving"
    ]
    year: Year | None = None
    printed: AsPrinted | None
    unit: Unit = Unit.MILLIONS
    qualifier: Line = ""
    source: Source
    note: Words = ""


class StatedFile(Strict):
    figures: list[Stated]


class BridgeStep(Strict):
    """One step from the overspend to what is carried on. ``also`` are other printings of the same."""

    name: Title
    kind: Literal["opening", "funding", "reserve", "closing"]
    stated: Code
    also: list[Code] = []
    note: Words = ""


class BridgeFile(Strict):
    year: Year
    title: Title
    note: Words = ""
    steps: Annotated[list[BridgeStep], Field(min_length=2)]


class SavingShape(Strict):
    contract_year: Annotated[int, Field(ge=1, le=50)]
    year: Year
    printed: AsPrinted


class SavingsFile(Strict):
    """``reading`` is null until a person says whether a year's amount counts those before it."""

    title: Title
    status: Title
    reading: Literal["yearly", "cumulative"] | None
    unit: Unit
    source: Source
    savings: Annotated[list[SavingShape], Field(min_length=1)]
    notes: Annotated[list[NoteShape], AsList] = []


class Observed(Strict):
    period: Period | None
    printed: AsPrinted
    qualifier: Line = ""
    note: Words = ""


class FromIndicator(Strict):
    """Held with the figures of an indicator, and only there."""

    code: Code
    reading: Literal["value", "numerator", "denominator", "aim"]


class SeriesShape(Strict):
    """Numbers of children, staff or rates over time, or one number; printed here or held by an indicator."""

    code: Code
    name: Title
    topic: Literal["placements", "children", "rates", "caseloads", "staff", "fostering"]
    unit: Title
    values: list[Observed] = []
    indicator: FromIndicator | None = None
    source: Source | None = None
    also: list[Source] = []
    note: Words = ""

    @model_validator(mode="after")
    def held_once(self) -> Self:
        if bool(self.values) == bool(self.indicator):
            raise ValueError("give values, or the indicator that holds them, and not both")
        if self.values and self.source is None:
            raise ValueError("values need a source")
        return self


class DemandFile(Strict):
    series: list[SeriesShape]
    notes: Annotated[list[NoteShape], AsList] = []


FIGURES: tuple[Figure, ...] = ("budget", "actual", "headcount", "fte", "stated")
