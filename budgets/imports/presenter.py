"""The page on which months of a book are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.books.places import above, book_url
from budgets.imports.columns import COLUMNS
from budgets.models import Book
from core.values.months import ContractYear
from parties.participants import Participant
from uploads.models import Upload
from uploads.presenters import UploadLine, upload_lines


@dataclass(frozen=True)
class SpreadsheetPage:
    """``years`` can be downloaded; ``columns`` are the names of those that are read, each with what it says."""

    book: Book
    parents: Sequence[tuple[str, str]]
    years: Sequence[ContractYear]
    columns: Sequence[tuple[str, str]]
    uploads: Sequence[UploadLine]


def spreadsheet_page(participant: Participant, book: Book, uploads: Sequence[Upload]) -> SpreadsheetPage:
    """No query. The latest year first."""
    return SpreadsheetPage(
        book=book,
        parents=[*above(participant), (book.name, book_url(participant, book))],
        years=book.years[::-1],
        columns=list(COLUMNS.items()),
        uploads=upload_lines(uploads, participant.contract.code),
    )
