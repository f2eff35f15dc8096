"""The page of printed totals: those that differ first, each with its difference and a word why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from budgets.models import Book
from budgets.reconciliation.totals import Reconciled, reconciled
from budgets.rules.printed import Unit, difference_in_words, in_words
from core.values.numbers import count_words


@dataclass(frozen=True)
class TotalRow:
    what: str
    year: str
    printed: str
    computed: str
    difference: str
    explanation: str
    place: str


@dataclass(frozen=True)
class LeftoverRow:
    label: str
    place: str
    cells: Sequence[tuple[str, str]]  # year, as printed


@dataclass(frozen=True)
class Leftover:
    """Rows that a template left behind, of which the same is to be said."""

    words: str
    years: Sequence[str]
    rows: Sequence[LeftoverRow]


@dataclass(frozen=True)
class BookOfTotals:
    book: Book
    anchor: str
    summary: str
    differing: Sequence[TotalRow]
    agreeing: Sequence[TotalRow]
    leftovers: Sequence[Leftover]


@dataclass(frozen=True)
class ReconciliationPage:
    summary: str
    books: Sequence[BookOfTotals]


def reconciliation_page(books: Sequence[Book]) -> ReconciliationPage:
    """Three queries, however many books."""
    rows = reconciled(books)
    found = [_book(book, rows[book.pk]) for book in books]
    totals = sum(len(one.differing) + len(one.agreeing) for one in found)
    differ = sum(len(one.differing) for one in found)
    return ReconciliationPage(
        f"{_differ(differ, totals)} Each difference is shown in full, with what is known of it.", found
    )


def _book(book: Book, rows: Sequence[Reconciled]) -> BookOfTotals:
    differing = [_row(one) for one in rows if not one.outcome.agrees]
    agreeing = [_row(one) for one in rows if one.outcome.agrees]
    return BookOfTotals(
        book=book,
        anchor=f"book-{book.code}",
        summary=_differ(len(differing), len(rows)),
        differing=differing,
        agreeing=agreeing,
        leftovers=_leftovers(book),
    )


def _differ(differ: int, of: int) -> str:
    totals = count_words(of, "printed total")
    if not differ:
        return f"All of {totals} come out of their lines."
    if differ == 1:
        return f"One of {totals} differs from its lines."
    return f"{differ} of {totals} differ from their lines."


def _row(one: Reconciled) -> TotalRow:
    found, unit = one.outcome, one.unit
    return TotalRow(
        what=one.total.what,
        year=one.year.label,
        printed=in_words(one.total.hundredths, unit),
        computed="" if found.computed is None else in_words(found.computed, unit),
        difference="" if found.difference is None else difference_in_words(found.difference, unit),
        explanation=one.total.explanation,
        place=f"{one.total.document}, {one.total.place}",
    )


def _leftovers(book: Book) -> list[Leftover]:
    notes = [note for note in book.about.get("notes", []) if note["kind"] == "leftover"]
    years = [year.label for year in book.years]
    return [
        Leftover(words, years, [row for note in alike for row in _leftover_rows(note, years)])
        for words, alike in groupby(notes, key=lambda note: str(note["words"]))
    ]


def _leftover_rows(note: Mapping[str, Any], years: Sequence[str]) -> Iterator[LeftoverRow]:
    for row in note["rows"]:
        printed = dict(row["printed"])
        yield LeftoverRow(
            label=f"{row['label']} ({_unit(row['unit'])})",
            place=f"{note['document']}, {note['place']}",
            cells=[(year, printed.get(year, "")) for year in years],
        )


def _unit(unit: str) -> str:
    return {Unit.HEADCOUNT: "people", Unit.FTE: "full-time equivalents"}.get(Unit(unit), unit)
