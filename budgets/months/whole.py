"""All lines of a month at once, read on the server: what is drafted and could be submitted, what waits to be accepted.

Each is shown before it is done. ``mark`` tells what was shown, so that nothing is done of which the person saw less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from budgets.books.names import full_name
from budgets.limits.selectors import limits_of
from budgets.models import Book, Entry, Line, LineDraft, LineMonth
from budgets.months.asking import DRAFTS, LINES, WAIT, Asked
from budgets.months.entering import LineSaid, drafts_of
from budgets.months.forms import prefix_of
from budgets.months.selectors import lines_of
from budgets.months.standing import Stands, standing_of
from budgets.months.typed_amounts import said_in
from budgets.rules.month_entry import lacking
from budgets.rules.periods import Period
from budgets.rules.variance import Limits
from parties.participants import Participant

TAKEN = "Somebody else entered it meanwhile. Choose on the month’s page which of the two is to stand."


@dataclass(frozen=True)
class Fault:
    """What keeps a draft from being submitted, and the query and anchor of the page on which it is put right."""

    key: int  # of the line
    line: str
    place: str
    message: str


@dataclass(frozen=True)
class Sum:
    """Pence of some lines, expenditure less income."""

    lines: int
    actual: int
    forecast: int


@dataclass(frozen=True)
class DraftedMonth:
    """``together`` is the month with the drafts in it; ``empty`` counts lines that are neither drafted nor entered,
    ``made_up`` those whose entry is illustrative.
    """

    lines: Sequence[LineSaid]
    faults: Sequence[Fault]
    drafts: Sum
    together: Sum
    of: int
    empty: int
    made_up: int
    mark: str


@dataclass(frozen=True)
class OpenMonth:
    """``seen`` are the entries that wait for an answer; ``queried`` counts lines that are left out."""

    seen: Sequence[Entry]
    waiting: Sum
    queried: int
    of: int
    made_up: int
    mark: str


def drafted_month(participant: Participant, book: Book, period: Period) -> DraftedMonth:
    """Six queries, however many lines."""
    lines = lines_of(book)
    drafts = drafts_of(lines, period)
    stands = standing_of(book, period, lines)
    limits = limits_of(participant.contract).limits
    said: list[LineSaid] = []
    faults: list[Fault] = []
    for number, line in enumerate(one for one in lines if one.pk in drafts):
        read, wrong = _read(drafts[line.pk], stands[line.code], limits)
        place = f"{Asked(only=DRAFTS, page=number // LINES + 1).query}#{prefix_of(line)}-name"
        faults += [Fault(line.pk, full_name(line), place, message) for _, message in wrong]
        if read is not None:
            said.append(read)
    drafted = {one.line.pk: (one.said.actual, one.said.forecast) for one in said}
    entered = _entered(stands.values())
    return DraftedMonth(
        lines=said,
        faults=faults,
        drafts=_sum(lines, drafted),
        together=_sum(lines, entered | drafted),
        of=len(lines),
        empty=sum(line.pk not in drafts and line.pk not in entered for line in lines),
        made_up=sum(
            one.latest is not None and one.line.pk not in drafted and is_made_up(one.latest)
            for one in stands.values()
        ),
        mark=_mark((row.pk, row.version) for row in drafts.values()),
    )


def open_month(participant: Participant, book: Book, period: Period) -> OpenMonth:
    """Three queries, however many lines."""
    lines = lines_of(book)
    months = LineMonth.objects.visible_to(participant).filter(
        line__book=book, year=period.year.start, period=period.number
    )
    latest = {month.line_id: (month.state, month.latest) for month in months.select_related("latest")}
    waiting = {key: entry for key, (state, entry) in latest.items() if entry and state in WAIT}
    return OpenMonth(
        seen=list(waiting.values()),
        waiting=_sum(lines, {key: (entry.actual, entry.forecast) for key, entry in waiting.items()}),
        queried=sum(state == LineMonth.State.QUERIED for state, _ in latest.values()),
        of=len(lines),
        made_up=sum(is_made_up(entry) for entry in waiting.values()),
        mark=_mark((entry.pk, 0) for entry in waiting.values()),
    )


def is_made_up(entry: Entry) -> bool:
    return entry.provenance == Entry.Provenance.ILLUSTRATIVE


def _read(
    draft: LineDraft, stands: Stands, limits: Limits
) -> tuple[LineSaid | None, Sequence[tuple[str, str]]]:
    said, wrong = said_in(draft.typed)
    if said is None:
        return None, wrong
    one = LineSaid(stands.line, said, draft.begun_from_id, draft.version)
    latest = stands.latest
    if latest is not None and latest.pk != draft.begun_from_id:
        return one, [("actual", TAKEN)]
    return one, list(lacking(said, stands.beside, limits))


def _entered(stands: Iterable[Stands]) -> dict[int, tuple[int, int]]:
    """Spent and forecast of what was entered last, by the line's key."""
    return {one.line.pk: (one.latest.actual, one.latest.forecast) for one in stands if one.latest}


def _sum(lines: Sequence[Line], amounts: Mapping[int, tuple[int, int]]) -> Sum:
    signed = [(-1 if line.is_income else 1, *amounts[line.pk]) for line in lines if line.pk in amounts]
    return Sum(
        len(signed),
        sum(sign * actual for sign, actual, _ in signed),
        sum(sign * forecast for sign, _, forecast in signed),
    )


def _mark(shown: Iterable[tuple[int, int]]) -> str:
    return sha256(repr(sorted(shown)).encode()).hexdigest()[:16]
