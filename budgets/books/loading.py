"""Writes a book from its folder of files: the one door for books that are loaded whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit.services import record
from budgets.books.field_types import days_of
from budgets.books.folders import BookFolder, PrintedCell, PrintedTotal
from budgets.books.moving import money_moves
from budgets.books.shapes import BookFile, BridgeFile, DemandFile, NoteShape, SavingsFile, Source
from budgets.models import (
    Amount,
    Basis,
    Book,
    BridgeStep,
    Line,
    Observation,
    Saving,
    SavingsPlan,
    Series,
    Stated,
    Version,
)
from budgets.models import (
    PrintedTotal as Total,
)
from budgets.rules.printed import Unit, read_printed
from core.values.months import ContractYear
from parties.models import Contract, User
from parties.participants import COMMISSIONER, PROVIDER

PARTIES = {"council": COMMISSIONER, "trust": PROVIDER}


@dataclass(frozen=True)
class Loaded:
    """How much a book holds: lines without what holds lines, and printed totals with one for each year."""

    lines: int
    totals: int


@transaction.atomic
def load_book(*, by: User | str, contract: Contract, folder: BookFolder) -> Loaded | None:
    """Makes the book with all that its files hold.

    None where the contract has a book of this code: from then on people look after it, and nothing is loaded over it.
    """
    if Book.objects.filter(contract=contract, code=folder.book.code).exists():
        return None
    book = _book(contract, folder)
    money_moves(contract.pk)
    lines = _lines(book, folder)
    _amounts(book, folder, lines)
    stated = _stated(book, folder)
    totals = _totals(book, folder, lines)
    _bases(folder.book, lines)
    if folder.bridge:
        _bridge(book, folder.bridge, stated)
    if folder.savings:
        _savings(book, folder.savings, folder.book.documents)
    if folder.demand:
        _series(book, folder.demand, folder.book.documents)
    found = Loaded(sum(line.kind == Line.Kind.LINE for line in lines.values()), totals)
    record(
        by=by,
        action="money.book.loaded",
        subject=book,
        contract=contract.code,
        summary=f"{book.name}: {found.lines} lines and {found.totals} printed totals were loaded.",
        changes={"book": book.code, "lines": found.lines, "totals": found.totals},
    )
    return found


def _book(contract: Contract, folder: BookFolder) -> Book:
    file = folder.book
    about: dict[str, Any] = {"notes": [_note(note, file.documents) for note in folder.notes()]}
    if folder.bridge:
        about["bridge"] = {"title": folder.bridge.title, "note": folder.bridge.note}
    return Book.objects.create(
        contract=contract,
        code=file.code,
        name=file.name,
        organisation=file.organisation,
        # A book that belongs to no contract is another council's, read beside the contract's own.
        kept_by=PARTIES[file.kept_by] if file.contract else "",
        first_year=ContractYear.parse(file.first_year).start,
        last_year=ContractYear.parse(file.last_year).start,
        about=about,
        **_printed_at(file.source, file.documents),
    )


def _printed_at(source: Source | None, documents: Mapping[str, str]) -> dict[str, str]:
    if source is None:
        return {"document": "", "place": ""}
    return {"document": documents[source.document], "place": source.place}


def _note(note: NoteShape, documents: Mapping[str, str]) -> dict[str, Any]:
    # The years of a row are pairs: not every database keeps the order of an object's names.
    rows = [
        {"label": row.label, "unit": row.unit.value, "printed": [list(pair) for pair in row.printed.items()]}
        for row in note.rows
    ]
    return {"kind": note.kind, "words": note.words, "rows": rows} | _printed_at(note.source, documents)


def _lines(book: Book, folder: BookFolder) -> dict[str, Line]:
    """Those above first, since each names the one above it."""
    shapes = list(folder.lines())
    places = {shape.code: place for place, shape in enumerate(shapes)}
    made: dict[str, Line] = {}
    waiting = shapes
    while waiting:
        ready = [shape for shape in waiting if shape.parent is None or shape.parent in made]
        rows = Line.objects.bulk_create(
            Line(
                book=book,
                parent=made[shape.parent] if shape.parent else None,
                position=places[shape.code],
                code=shape.code,
                name=shape.name,
                kind=shape.kind,
                side=shape.side or "",
                subject=shape.subject or "",
                owner=shape.owner,
                drivers=[link.model_dump(mode="json") for link in shape.demand],
                note=shape.note,
            )
            for shape in ready
        )
        made |= {row.code: row for row in rows}
        waiting = [shape for shape in waiting if shape.code not in made]
    return made


def _amounts(book: Book, folder: BookFolder, lines: Mapping[str, Line]) -> None:
    file = folder.book.version
    original = Version.objects.create(
        book=book,
        number=1,
        kind=file.kind,
        words=file.words,
        day=file.day,
        **_printed_at(file.source, folder.book.documents),
    )
    Amount.objects.bulk_create(
        Amount(
            line=lines[found.cell.code],
            figure=found.cell.figure,
            version=original if found.cell.figure == Amount.Figure.BUDGET else None,
            year=ContractYear.parse(found.cell.year).start,
            **_as_printed(found),
            **_printed_at(found.source, folder.book.documents),
        )
        for found in folder.cells.values()
        if found.cell.figure != "stated"
    )


def _as_printed(found: PrintedCell) -> dict[str, Any]:
    return {
        "hundredths": found.amount.hundredths if found.amount else None,
        "printed": found.printed or "",
        "unit": found.unit.value,
    }


def _stated(book: Book, folder: BookFolder) -> dict[str, Stated]:
    rows = Stated.objects.bulk_create(
        Stated(
            book=book,
            position=position,
            code=one.code,
            name=one.name,
            kind=one.kind,
            year=ContractYear.parse(one.year).start if one.year else None,
            hundredths=read_printed(one.printed, one.unit).hundredths if one.printed else None,
            printed=one.printed or "",
            unit=one.unit.value,
            qualifier=one.qualifier,
            note=one.note,
            **_printed_at(one.source, folder.book.documents),
        )
        for position, one in enumerate(folder.figures())
    )
    return {row.code: row for row in rows}


def _totals(book: Book, folder: BookFolder, lines: Mapping[str, Line]) -> int:
    rows = Total.objects.bulk_create(
        _total(book, position, total, lines, folder.book.documents)
        for position, total in enumerate(folder.totals())
    )
    return len(rows)


def _total(
    book: Book, position: int, total: PrintedTotal, lines: Mapping[str, Line], documents: Mapping[str, str]
) -> Total:
    asserted = total.asserted
    return Total(
        book=book,
        line=lines[total.line] if total.line else None,
        position=position,
        code=total.code,
        what=total.what,
        year=ContractYear.parse(total.year).start,
        printed=total.printed,
        unit=total.unit.value,
        hundredths=asserted.printed,
        step=asserted.step,
        tolerance=asserted.tolerance,
        terms=[[term.sign, term.cell.code, term.cell.figure, term.cell.year] for term in asserted.terms],
        explanation=total.explanation,
        also=[[documents[source.document], source.place] for source in total.also],
        note=total.note,
        **_printed_at(total.source, documents),
    )


def _bases(file: BookFile, lines: Mapping[str, Line]) -> None:
    Basis.objects.bulk_create(
        Basis(
            line=lines[one.line],
            year=ContractYear.parse(one.year).start,
            assumed=read_printed(one.assumed, Unit.HEADCOUNT).hundredths if one.assumed else None,
            unit_cost=read_printed(one.unit_cost, Unit.POUNDS).hundredths if one.unit_cost else None,
            qualifier=one.qualifier,
            words=one.words,
            **_printed_at(one.source, file.documents),
        )
        for one in file.basis
    )


def _bridge(book: Book, file: BridgeFile, stated: Mapping[str, Stated]) -> None:
    for position, one in enumerate(file.steps):
        step = BridgeStep.objects.create(
            book=book,
            position=position,
            year=ContractYear.parse(file.year).start,
            name=one.name,
            kind=one.kind,
            stated=stated[one.stated],
            note=one.note,
        )
        step.also.set([stated[code] for code in one.also])


def _savings(book: Book, file: SavingsFile, documents: Mapping[str, str]) -> None:
    plan = SavingsPlan.objects.create(
        book=book,
        title=file.title,
        status=file.status,
        reading=file.reading or "",
        **_printed_at(file.source, documents),
    )
    Saving.objects.bulk_create(
        Saving(
            plan=plan,
            contract_year=one.contract_year,
            year=ContractYear.parse(one.year).start,
            planned=read_printed(one.printed, file.unit).hundredths,
            printed=one.printed,
        )
        for one in file.savings
    )


def _series(book: Book, file: DemandFile, documents: Mapping[str, str]) -> None:
    rows = Series.objects.bulk_create(
        Series(
            book=book,
            position=position,
            code=one.code,
            name=one.name,
            topic=one.topic,
            unit=one.unit,
            indicator=one.indicator.code if one.indicator else "",
            reading=one.indicator.reading if one.indicator else "",
            also=[[documents[source.document], source.place] for source in one.also],
            note=one.note,
            **_printed_at(one.source, documents),
        )
        for position, one in enumerate(file.series)
    )
    Observation.objects.bulk_create(
        observation
        for row, one in zip(rows, file.series, strict=True)
        for observation in _observations(row, one.values)
    )


def _observations(series: Series, values: Any) -> Iterator[Observation]:
    for position, one in enumerate(values):
        starts_on, ends_on = days_of(one.period) if one.period else (None, None)
        yield Observation(
            series=series,
            position=position,
            starts_on=starts_on,
            ends_on=ends_on,
            printed=one.printed,
            qualifier=one.qualifier,
            note=one.note,
        )
