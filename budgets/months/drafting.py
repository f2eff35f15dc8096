"""Keeps what is typed of a period, right or wrong, so that nothing is lost before it is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from budgets.models import Book, Line, LineDraft
from budgets.months.entering import lock_book, require_keeper
from budgets.months.refusals import MoneyRefused
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


@transaction.atomic
def keep_drafts(*, by: Participant, book: Book, period: Period, lines: Sequence[Typed]) -> int:
    """Keeps all of them, and says how many changed. MoneyRefused where somebody else drafted a line meanwhile."""
    require_keeper(by, book)
    lock_book(book)
    drafts = drafts_of(book, period)
    changed = 0
    for one in lines:
        draft = drafts.get(one.line.pk)
        if draft is not None and draft.typed == dict(one.typed):
            continue
        if (draft.version if draft else 0) != one.version:
            raise MoneyRefused(
                f"{one.line.name} was drafted by somebody else meanwhile. Nothing was kept: look at theirs first."
            )
        _keep(by, draft, one, period)
        changed += 1
    return changed


def drafts_of(book: Book, period: Period) -> dict[int, LineDraft]:
    """By the line's key. One query."""
    rows = LineDraft.objects.filter(line__book=book, year=period.year.start, period=period.number)
    return {row.line_id: row for row in rows}


def _keep(by: Participant, draft: LineDraft | None, one: Typed, period: Period) -> None:
    if draft is None:
        draft = LineDraft(
            line=one.line,
            year=period.year.start,
            period=period.number,
            version=0,
            begun_from_id=one.begun_from,
        )
    draft.typed = dict(one.typed)
    draft.version += 1
    draft.saved_by, draft.saved_as, draft.saved_at = by.user, by.user.display_name, clock.now()
    draft.save()
