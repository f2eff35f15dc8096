"""Makes drafts of what a file says, all of it or nothing, if all still stands as the preview showed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from django.db import transaction

from budgets.books.keeping import lock_drafts
from budgets.imports.kept import NOTHING
from budgets.imports.selectors import NOT_KEPT, own_book_by_key
from budgets.models import Book, Line, LineMonth
from budgets.months.drafting import Typed, keep_drafts
from budgets.months.refusals import DraftConflict
from budgets.rules.periods import Period
from core.values.months import ContractYear
from core.values.numbers import count_words
from core.values.words import listed
from parties.participants import Participant
from uploads.handlers import Change, Committed
from uploads.refusals import PreviewOutdated, UploadRefused

MOST_NAMED = 5
ANEW = "Nothing was saved. What the rows would change is shown anew."


@transaction.atomic
def save_drafts(*, by: Participant, changes: Sequence[Change]) -> Committed:
    """The rows as drafts of their months. PreviewOutdated where somebody drafted or entered one of them meanwhile.

    A few queries for each month, however many lines.
    """
    book = own_book_by_key(by, changes[0]["book"])
    if book is None:
        raise UploadRefused(f"{NOT_KEPT} Nothing was saved.")
    lock_drafts(book)
    lines = {line.pk: line for line in book.lines.filter(kind=Line.Kind.LINE)}
    saved: dict[Period, int] = {}
    for period, rows in by_period(changes).items():
        _refuse_entered_meanwhile(book, period, rows)
        typed = [
            Typed(lines[row["line"]], {**NOTHING, **row["typed"]}, row["version"], row["begun_from"])
            for row in rows
        ]
        try:
            saved[period] = keep_drafts(by=by, book=book, period=period, lines=typed)
        except DraftConflict as conflict:
            raise PreviewOutdated(_drafted_words(period, lines.values(), conflict.meanwhile)) from conflict
    number = sum(saved.values())
    counted = {period.label: count_words(drafts, "line") for period, drafts in saved.items()}
    of = listed([period.label for period in saved])
    summary = f"{book.name}: {count_words(number, 'draft')} saved from a spreadsheet, of {of}."
    return Committed(number, summary, counted)


def by_period(changes: Sequence[Change]) -> dict[Period, list[Change]]:
    """In time."""
    found: dict[tuple[int, int], list[Change]] = defaultdict(list)
    for change in changes:
        found[change["year"], change["period"]].append(change)
    return {Period(ContractYear(year), number): found[year, number] for year, number in sorted(found)}


def _refuse_entered_meanwhile(book: Book, period: Period, rows: Sequence[Change]) -> None:
    """The latest entries are those that the preview was compared with. One query."""
    months = LineMonth.objects.filter(line__book=book, year=period.year.start, period=period.number)
    latest: Mapping[int, int | None] = dict(months.values_list("line_id", "latest_id"))
    others = [row["name"] for row in rows if latest.get(row["line"]) != row["latest"]]
    if others:
        raise PreviewOutdated(f"{_named(others)}: entered since these rows were read. {ANEW}")


def _drafted_words(period: Period, lines: Iterable[Line], codes: Container[str]) -> str:
    names = [f"{line.name}, {period.label}" for line in lines if line.code in codes]
    return f"{_named(names)}: drafted by somebody else since these rows were read. {ANEW}"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more
