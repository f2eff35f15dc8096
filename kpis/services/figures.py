"""Saves figures: the one door through which a number enters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from audit.services import record
from kpis.figure_rows import NewFigure, NewRevision, insert_figures, insert_revisions
from kpis.models import Figure, FigureRevision, Indicator
from kpis.services.versions import lock_figures, move_on
from parties.models import Contract, User
from sandwell.numbers import plain, scaled_value
from sandwell.periods import Month

BATCH = 500
# Values are kept in fifteen digits with eight decimals. An entered number has at most four decimals, and so has
# the greatest value below this that two of them can make.
TOO_LARGE = 10_000_000
LARGEST = "9,999,999.9999"
# A trail's row names so many figures at the most.
MOST_IN_TRAIL = 1000


class FigureRefused(ValueError):
    """A figure that no door lets in; the message names the indicator, the month and the reason."""


@dataclass(frozen=True)
class Entry:
    """One figure as somebody hands it in: numbers exact, in the indicator's own unit; a month is its first day.

    ``final_expected_on`` marks a provisional figure; ``reason`` says why this one is entered, where it has its own.
    """

    indicator: Indicator
    month: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    commentary: str
    provenance: str
    final_expected_on: date | None = None
    reason: str = ""

    def says_the_same_as(self, revision: FigureRevision | None) -> bool:
        return revision is not None and (
            revision.numerator,
            revision.denominator,
            revision.value,
            revision.commentary,
            revision.provenance,
            revision.final_expected_on,
        ) == (
            self.numerator,
            self.denominator,
            self.value,
            self.commentary,
            self.provenance,
            self.final_expected_on,
        )


@dataclass(frozen=True)
class EntryFault:
    """Why an entry can't be kept, and the number that is at fault."""

    column: str
    message: str


def entry_fault(entry: Entry) -> EntryFault | None:
    """The rules of size that hold whoever enters a figure; the database holds the same ones."""
    given = {"numerator": entry.numerator, "denominator": entry.denominator, "value": entry.value}
    for column, number in given.items():
        if number is not None and number >= TOO_LARGE:
            return EntryFault(column, f"{plain(number)} is too large; the largest is {LARGEST}.")
    unit = entry.indicator.unit
    if unit == Indicator.Unit.COUNT and entry.value is not None and entry.value % 1:
        return EntryFault("value", f"{entry.indicator.code} is a count, and counts are whole numbers.")
    if entry.numerator is not None and entry.denominator:
        value = scaled_value(entry.numerator, entry.denominator, unit)
        if value >= TOO_LARGE:
            return EntryFault(
                "numerator", f"This gives a value of {plain(value, 0)}; the largest is {LARGEST}."
            )
    return None


@dataclass(frozen=True)
class Saved:
    """How many figures were new, revised and left as they were."""

    created: int
    revised: int
    unchanged: int


@dataclass(frozen=True)
class Written:
    """The entries that made a new figure or a new revision, and how many said nothing new."""

    new: list[Entry]
    revised: list[Entry]
    unchanged: int

    @property
    def entries(self) -> list[Entry]:
        return self.new + self.revised


@transaction.atomic
def save_figures(
    *,
    by: User | str,
    contract: Contract,
    entries: Sequence[Entry],
    state_of: Callable[[Entry], str],
    reason: str,
    action: str,
) -> Saved:
    """Save all entries or none: a new revision where an entry says something new, nothing where it doesn't.

    ``state_of`` says where a new or revised figure stands then. ``reason`` is kept with every revision. One audit
    row for the whole write; none when nothing changed.
    FigureRefused, before anything is written, for a figure that can't be kept.
    """
    written = add_revisions(by=by, contract=contract, entries=entries, state_of=state_of, reason=reason)
    saved = Saved(len(written.new), len(written.revised), written.unchanged)
    if written.entries:
        record(
            by=by,
            action=action,
            subject=contract,
            contract=contract.code,
            summary=f"{reason}: {saved.created} new and {saved.revised} revised figures, {_span(written.entries)}.",
            changes={"figures": [in_words(entry) for entry in written.entries[:MOST_IN_TRAIL]]},
        )
        move_on(contract)
    return saved


def add_revisions(
    *,
    by: User | str,
    contract: Contract,
    entries: Sequence[Entry],
    state_of: Callable[[Entry], str],
    reason: str,
) -> Written:
    """What a write does to figures alone: whoever calls it writes the audit row and moves the version on."""
    _refuse_faulty(entries)
    lock_figures(contract)
    present = _present(contract, entries)
    new = [entry for entry in entries if (entry.indicator.pk, entry.month) not in present]
    revised = [
        entry
        for entry in entries
        if (figure := present.get((entry.indicator.pk, entry.month)))
        and not entry.says_the_same_as(figure.latest)
    ]
    written = Written(new, revised, len(entries) - len(new) - len(revised))
    if not written.entries:
        return written
    places = _created(new) + [
        _Place(figure.pk, figure.latest.number + 1 if figure.latest else 1, figure.accepted_id)
        for figure in (present[entry.indicator.pk, entry.month] for entry in revised)
    ]
    _insert_revisions(places, written.entries, by=by, reason=reason)
    by_state: dict[str, list[int]] = defaultdict(list)
    for place, entry in zip(places, written.entries, strict=True):
        by_state[state_of(entry)].append(place.figure_id)
    for state, figure_ids in by_state.items():
        _point_at_newest(figure_ids, state)
    return written


class _Place(NamedTuple):
    """Where a revision goes: its figure, its number there, and the accepted one that it corrects."""

    figure_id: int
    number: int
    replaces_id: int | None


def _created(new: Sequence[Entry]) -> list[_Place]:
    """A figure for each entry, in the same order. None is accepted before it has a revision."""
    insert_figures([NewFigure(entry.indicator.pk, entry.month, Figure.State.SUBMITTED.value) for entry in new])
    made = Figure.objects.filter(
        indicator__in={entry.indicator.pk for entry in new}, month__in={entry.month for entry in new}
    )
    keys = {(indicator, month): pk for indicator, month, pk in made.values_list("indicator", "month", "pk")}
    return [_Place(keys[entry.indicator.pk, entry.month], 1, None) for entry in new]


def _refuse_faulty(entries: Iterable[Entry]) -> None:
    for entry in entries:
        if fault := entry_fault(entry):
            raise FigureRefused(
                f"{entry.indicator.code} {entry.month:%Y-%m}, {fault.column}: {fault.message}"
            )


def _present(contract: Contract, entries: Iterable[Entry]) -> dict[tuple[int, date], Figure]:
    months = {entry.month for entry in entries}
    figures = Figure.objects.filter(indicator__contract=contract, month__in=months).select_related("latest")
    return {(figure.indicator_id, figure.month): figure for figure in figures}


def _insert_revisions(
    places: Sequence[_Place], entries: Sequence[Entry], *, by: User | str, reason: str
) -> None:
    now = timezone.now()
    person = by if isinstance(by, User) else None
    insert_revisions(
        [
            NewRevision(
                figure_id=place.figure_id,
                number=place.number,
                numerator=entry.numerator,
                denominator=entry.denominator,
                value=entry.value,
                commentary=entry.commentary,
                provenance=entry.provenance,
                reason=entry.reason or reason,
                final_expected_on=entry.final_expected_on,
                replaces_id=place.replaces_id,
                entered_by_id=person.pk if person else None,
                entered_as=person.display_name if person else str(by),
                entered_at=now,
            )
            for place, entry in zip(places, entries, strict=True)
        ]
    )


def _point_at_newest(figure_ids: list[int], state: str) -> None:
    """The latest revision and where it stands change together; what is accepted is accepted as it reads now."""
    newest = FigureRevision.objects.filter(figure=OuterRef("pk")).values("figure").annotate(last=Max("pk"))
    pointers = {"latest": Subquery(newest.values("last"))}
    if state == Figure.State.ACCEPTED:
        pointers["accepted"] = pointers["latest"]
    for ids in _batches(figure_ids):
        Figure.objects.filter(pk__in=ids).update(state=state, **pointers)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    """As many keys at a time as any database takes in one statement."""
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _span(entries: list[Entry]) -> str:
    first, last = min(entry.month for entry in entries), max(entry.month for entry in entries)
    if first == last:
        return Month.of(first).label
    return f"{Month.of(first).label} to {Month.of(last).label}"


def in_words(entry: Entry) -> str:
    """A figure for the trail: "PI3 2020-03: 196 of 273 (returned)"."""
    counts = f"{entry.numerator} of {entry.denominator}"
    number = f"{entry.value}" if entry.denominator is None else counts
    return f"{entry.indicator.code} {entry.month:%Y-%m}: {number} ({entry.provenance})"
