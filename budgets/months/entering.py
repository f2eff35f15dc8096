"""Submits what whoever keeps a book says of a period: each line's amounts become entries that both parties see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import OuterRef, Subquery

from audit.services import record
from budgets.books.keeping import lock_book, require_keeper
from budgets.books.refusals import MoneyRefused
from budgets.limits.selectors import limits_of
from budgets.models import Book, Entry, Line, LineDraft, LineMonth
from budgets.months import kept
from budgets.months.notices import tell_submitted
from budgets.months.refusals import DraftConflict, LinesRefused, MoneyConflict
from budgets.months.standing import Stands, standing_of
from budgets.rules.month_entry import Said, lacking
from budgets.rules.periods import Period
from budgets.rules.variance import Limits
from core import clock
from core.values.numbers import count_words
from core.values.words import day_words
from kpis.rules import round as rounds
from parties.participants import Participant


@dataclass(frozen=True)
class LineSaid:
    """What is said of a line, and the entry that the form was begun from; None where there was none.

    ``draft`` is the version of the draft that the form showed, 0 where none stood; None asks for none.
    """

    line: Line
    said: Said
    begun_from: int | None
    draft: int | None = None


@transaction.atomic
def submit_period(
    *,
    by: Participant,
    book: Book,
    period: Period,
    lines: Sequence[LineSaid],
    provenance: str = Entry.Provenance.RETURNED,
) -> int:
    """Submits all lines or none, and says how many were new; the same again submits nothing.

    MoneyConflict where a line was entered meanwhile, DraftConflict where it was drafted, LinesRefused with all that is
    missing, MoneyRefused where the book isn't the person's to enter, or the period hasn't begun. As many queries for
    one line as for any number, but that SQLite takes rows by the hundred.
    """
    require_keeper(by, book)
    require_begun(period)
    lock_book(book)
    stands = standing_of(book, period, [one.line for one in lines])
    begun = entries_of(book, [one.begun_from for one in lines])
    waiting = [
        one
        for one in lines
        if not _says_the_same(one, stands[one.line.code].latest)
        and not _says_the_same(one, begun.get(one.begun_from or 0))
    ]
    drafts = drafts_of([one.line for one in lines], period)
    _refuse_conflicts(waiting, stands)
    _refuse_drafted(waiting, drafts)
    _refuse_lacking(waiting, stands, limits_of(by.contract).limits)
    LineDraft.objects.filter(pk__in=[drafts[one.line.pk].pk for one in lines if _saw(one, drafts)]).delete()
    if waiting:
        entered = _enter(by, waiting, stands, period, provenance)
        tell_submitted(by=by, book=book, period=period)
        record(
            by=by.user,
            action="money.period.submitted",
            subject=book,
            contract=by.contract.code,
            summary=f"{book.name}, {period.label}: {count_words(len(waiting), 'line')} submitted.",
            changes=kept.submitted(book, period, entered),
        )
    return len(waiting)


def require_begun(period: Period) -> None:
    """Nothing was spent yet by the end of a month that is to come."""
    if early := to_come(period, clock.today()):
        raise MoneyRefused(early)


def to_come(period: Period, today: date) -> str:
    """From when a period is entered that is to come; empty for any other."""
    if period.first_day <= today:
        return ""
    return f"Nothing is entered of {period.label} before {day_words(period.first_day)}."


def entries_of(book: Book, keys: Iterable[int | None]) -> dict[int, Entry]:
    """By their keys, those of this book from which forms were begun. One query."""
    asked = {key for key in keys if key is not None}
    return {entry.pk: entry for entry in Entry.objects.filter(month__line__book=book, pk__in=asked)}


def drafts_of(lines: Collection[Line], period: Period) -> dict[int, LineDraft]:
    """Of these lines, by their keys. One query."""
    rows = LineDraft.objects.filter(
        line__in=[line.pk for line in lines], year=period.year.start, period=period.number
    )
    return {row.line_id: row for row in rows}


def _says_the_same(one: LineSaid, entry: Entry | None) -> bool:
    """The same form sent twice has one effect, and a line in which nothing was changed none; a reason speaks of what
    changes, so where none is given none is missing.
    """
    if entry is None or entry.provenance == Entry.Provenance.ILLUSTRATIVE:
        return False
    kept = said_of(entry)
    return one.said in (kept, replace(kept, reason=""))


def said_of(entry: Entry) -> Said:
    return Said(
        entry.actual,
        entry.forecast,
        entry.committed,
        entry.mitigation,
        entry.words,
        entry.moved,
        entry.reason,
    )


def _refuse_conflicts(lines: Sequence[LineSaid], stands: Mapping[str, Stands]) -> None:
    meanwhile = {}
    for one in lines:
        latest = stands[one.line.code].latest
        if latest is not None and latest.pk != one.begun_from:
            meanwhile[one.line.code] = latest
    if meanwhile:
        raise MoneyConflict(meanwhile)


def _saw(one: LineSaid, drafts: Mapping[int, LineDraft]) -> bool:
    """Whether a draft stands, and is the one that the form showed."""
    draft = drafts.get(one.line.pk)
    return draft is not None and one.draft in (None, draft.version)


def _refuse_drafted(lines: Sequence[LineSaid], drafts: Mapping[int, LineDraft]) -> None:
    """What somebody else typed meanwhile isn't passed over, nor that they took it back."""
    meanwhile = {
        one.line.code: drafts.get(one.line.pk)
        for one in lines
        if (one.line.pk in drafts or one.draft) and not _saw(one, drafts)
    }
    if meanwhile:
        raise DraftConflict(meanwhile)


def _refuse_lacking(lines: Sequence[LineSaid], stands: Mapping[str, Stands], limits: Limits) -> None:
    faults = {one.line.code: list(lacking(one.said, stands[one.line.code].beside, limits)) for one in lines}
    if lacked := {code: found for code, found in faults.items() if found}:
        raise LinesRefused(lacked)


def _enter(
    by: Participant,
    lines: Sequence[LineSaid],
    stands: Mapping[str, Stands],
    period: Period,
    provenance: str,
) -> list[kept.Entered]:
    """The next entry of each; the line's month follows it, and waits for the other party."""
    months = _months(lines, stands, period)
    entries = Entry.objects.bulk_create(_entry(by, one, months[one.line.pk], provenance) for one in lines)
    before = {one.line.pk: stands[one.line.code].latest for one in lines}
    newest = Entry.objects.filter(month=OuterRef("pk")).order_by("-number").values("pk")[:1]
    by_state: dict[str, list[int]] = {}
    for month in months.values():
        by_state.setdefault(rounds.AFTER[month.state, rounds.RETURN], []).append(month.pk)
    for state, keys in by_state.items():
        LineMonth.objects.filter(pk__in=keys).update(state=state, latest=Subquery(newest))
    return [
        kept.Entered(one.line, entry, before[one.line.pk]) for one, entry in zip(lines, entries, strict=True)
    ]


def _months(lines: Sequence[LineSaid], stands: Mapping[str, Stands], period: Period) -> dict[int, LineMonth]:
    """By the line's key: those that stand, and new ones where nothing was submitted yet."""
    found = {one.line.pk: stands[one.line.code].month for one in lines}
    new = LineMonth.objects.bulk_create(
        LineMonth(
            line=one.line, year=period.year.start, period=period.number, state=LineMonth.State.SUBMITTED
        )
        for one in lines
        if found[one.line.pk] is None
    )
    return {key: month for key, month in found.items() if month} | {month.line_id: month for month in new}


def _entry(by: Participant, one: LineSaid, month: LineMonth, provenance: str) -> Entry:
    said = one.said
    return Entry(
        month=month,
        number=(month.latest.number if month.latest else 0) + 1,
        actual=said.actual,
        forecast=said.forecast,
        committed=said.committed,
        mitigation=said.mitigation,
        words=said.words.strip(),
        moved=said.moved.strip(),
        reason=said.reason.strip(),
        provenance=provenance,
        entered_by=by.user,
        entered_as=by.user.display_name,
    )
