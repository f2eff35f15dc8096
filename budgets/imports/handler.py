"""Months of a book from a file: what it would change, and how that becomes drafts."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from budgets.imports.columns import LAYOUT, check_header
from budgets.imports.committing import by_period, save_drafts
from budgets.imports.comparing import compared
from budgets.imports.kept import KeptBook
from budgets.imports.preview import month_groups
from budgets.imports.selectors import NOT_KEPT, code_of, files_of_own_books, own_book_by_key
from budgets.limits.selectors import limits_of
from core.values.numbers import count_words
from parties.models import Contract
from parties.participants import Participant
from uploads.handlers import Change, Progress, UploadHandler, Verdict
from uploads.tables.opening import Table
from uploads.tables.problem import Problem


def read(participant: Participant, table: Table, progress: Progress, given_for: str) -> Verdict:
    """What a file would change of the months of the book with this key, and all that is wrong with it."""
    book = own_book_by_key(participant, int(given_for))
    if book is None:
        return Verdict(None, [], [Problem(0, "", NOT_KEPT)])
    if problems := check_header(table.head):
        return Verdict(sum(1 for _ in table.rows), [], problems)
    limits = limits_of(participant.contract).limits
    records, problems, total = compared(KeptBook(book), limits, table, progress)
    if not total:
        nothing = Problem(table.head.number + 1, "code", "There are no rows under the header.")
        return Verdict(0, [], [nothing])
    return Verdict(total, records, problems)


def saved(contract: Contract, changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Each month with its address and how many of its lines were drafted. One query."""
    if not changes:
        return []
    code = code_of(contract, changes[0]["book"])
    return [
        (
            f"Check and submit {period.label}",
            reverse("budgets:period", args=[contract.code, code, period.year.start, period.number]),
            count_words(len(rows), "line"),
        )
        for period, rows in by_period(changes).items()
    ]


def _page(contract: Contract, given_for: str) -> str:
    return reverse("budgets:months-spreadsheet", args=[contract.code, code_of(contract, int(given_for))])


MONTHS = UploadHandler(
    name="months",
    permission="money.enter",
    what="file of months",
    saved_as="draft",
    refused="Whoever handed this in no longer enters months of this contract’s money.",
    page=_page,
    page_label="Files of the book",
    hand_in=lambda contract, given_for: (_page(contract, given_for), "Hand in a file or rows of this book"),
    template="budgets/imports/_upload_changes.html",
    layout=LAYOUT,
    read=read,
    commit=lambda by, changes: save_drafts(by=by, changes=changes),
    preview=month_groups,
    saved=saved,
    after_saving="Check them and submit them, month by month.",
    nothing_in_row="empty or a total",
    kept=("book", "year", "period"),
    seen=files_of_own_books,
)
