"""Keeps what is typed of a period, right or wrong, so that nothing is lost before it is submitted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from budgets.books.keeping import lock_drafts, require_keeper
from budgets.models import Book, Line, LineDraft
from budgets.months.bulk import DraftRow, put_drafts
from budgets.months.entering import drafts_of, entries_of, require_begun
from budgets.months.refusals import DraftConflict
from budgets.rules.periods import Period
from core import clock
from parties.participants import Participant

FIELDS = ("actual", "forecast", "committed", "mitigation", "words", "moved", "reason")


@dataclass(frozen=True)
class Typed:
    """What a form holds of a line, as it was typed; the draft's version that it was begun from, 0: there was none."""

    line: Line
    typed: Mapping[str, str]
    version: int
    begun_from: int | None

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in self.typed.values())


@transaction.atomic
def keep_drafts(*, by: Participant, book: Book, period: Period, lines: Sequence[Typed]) -> int:
    """Keeps all of them, and says how many changed; of a line that was emptied nothing is kept. DraftConflict where
    somebody else drafted lines meanwhile.

    Four queries and one for each hundred of what changed, however many lines.
    """
    require_keeper(by, book)
    require_begun(period)
    lock_drafts(book)
    drafts = drafts_of([one.line for one in lines], period)
    waiting = [one for one in lines if not _kept_already(drafts.get(one.line.pk), one)]
    meanwhile = {
        one.line.code: drafts.get(one.line.pk)
        for one in waiting
        if (drafts[one.line.pk].version if one.line.pk in drafts else 0) != one.version
    }
    if meanwhile:
        raise DraftConflict(meanwhile)
    known = entries_of(book, [one.begun_from for one in waiting])
    put_drafts([_next(by, one, period, known) for one in waiting if not one.is_empty], clock.now())
    emptied = [drafts[one.line.pk].pk for one in waiting if one.is_empty]
    LineDraft.objects.filter(pk__in=emptied).delete()
    return len(waiting)


@transaction.atomic
def drop_drafts(*, by: Participant, book: Book, period: Period, lines: Sequence[Line]) -> None:
    """Of lines whose person found that what somebody else submitted meanwhile is right."""
    require_keeper(by, book)
    lock_drafts(book)
    LineDraft.objects.filter(
        line__book=book,
        line__in=[line.pk for line in lines],
        year=period.year.start,
        period=period.number,
    ).delete()


def _kept_already(draft: LineDraft | None, one: Typed) -> bool:
    if draft is None:
        return one.is_empty
    return draft.typed == dict(one.typed) and draft.begun_from_id == one.begun_from


def _next(by: Participant, one: Typed, period: Period, known: Collection[int]) -> DraftRow:
    """The draft as it is to be, in the place of the version that the form showed."""
    return DraftRow(
        line_id=one.line.pk,
        year=period.year.start,
        period=period.number,
        typed=dict(one.typed),
        begun_from_id=one.begun_from if one.begun_from in known else None,
        version=one.version + 1,
        saved_by_id=by.user.pk,
        saved_as=by.user.display_name,
    )
