"""Saves figures: the one door through which a number enters."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction

from audit.services import record
from core import clock
from core.refusals import Refused
from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from kpis.figures.bulk import NewFigure, NewRevision, insert_figures, insert_revisions, point_at_newest
from kpis.figures.entries import Entry, in_words, months_taken, over_open_fault
from kpis.figures.models import CheckAnswer, Figure
from kpis.rules.figures import Months
from kpis.versions.services import lock_figures, move_on
from parties.models import Contract, User

__all__ = [
    "Entry",
    "FigureRefused",
    "Saved",
    "Written",
    "add_revisions",
    "explained_in_trail",
    "explained_words",
    "months_taken",
    "over_open_fault",
    "save_figures",
]

# A trail's row names so many figures at the most.
MOST_IN_TRAIL = 1000


class FigureRefused(Refused):
    """A figure that no door lets in; the message names the indicator, the month and the reason."""


@dataclass(frozen=True)
class Saved:
    """How many figures were new, revised and left as they were."""

    created: int
    revised: int
    unchanged: int


@dataclass(frozen=True)
class Written:
    """The entries that made a new figure or a new revision, and how many said nothing new.

    ``before`` are the figures in whose place the revised ones came, as they read until then.
    """

    new: list[Entry]
    revised: list[Entry]
    before: list[Figure]
    unchanged: int

    @property
    def entries(self) -> list[Entry]:
        return self.new + self.revised

    @property
    def words(self) -> list[str]:
        """Of each entry, new ones first: what was entered and what it takes the place of."""
        return [in_words(entry, None) for entry in self.new] + [
            in_words(entry, figure.latest) for entry, figure in zip(self.revised, self.before, strict=True)
        ]


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
    row for the whole write; none when nothing changed. What revises an accepted figure keeps which revision it
    replaces.
    FigureRefused, before anything is written, for a figure that can't be kept or that may not take another's place.
    """
    written = add_revisions(by=by, contract=contract, entries=entries, state_of=state_of, reason=reason)
    saved = Saved(len(written.new), len(written.revised), written.unchanged)
    if written.entries:
        record(
            by=by,
            action=action,
            subject=contract,
            contract=contract.code,
            summary=f"{reason}: {_saved_words(saved)}, {_span(written.entries)}.",
            changes=_in_trail(written.words) | explained_in_trail(explained_words(written.entries)),
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
    today: date | None = None,
) -> Written:
    """The part of a write that concerns figures alone: its caller writes the audit row and moves the version on.

    ``today`` is the day of the clock where it is left out.
    """
    _refuse_faulty(entries, months_taken(contract, today or clock.today()))
    lock_figures(contract)
    present = _present(contract, entries)
    new = [entry for entry in entries if (entry.indicator.pk, entry.month) not in present]
    revised = [
        entry
        for entry in entries
        if (figure := present.get((entry.indicator.pk, entry.month)))
        and not entry.says_the_same_as(figure.latest)
    ]
    before = [present[entry.indicator.pk, entry.month] for entry in revised]
    for entry, figure in zip(revised, before, strict=True):
        _refuse_over_open(entry, figure.state)
    written = Written(new, revised, before, len(entries) - len(new) - len(revised))
    if not written.entries:
        return written
    places = _created(new) + [
        _Place(figure.pk, figure.latest.number + 1 if figure.latest else 1, figure.accepted_id)
        for figure in before
    ]
    _insert_revisions(places, written.entries, by=by, reason=reason)
    by_state: dict[str, list[int]] = defaultdict(list)
    for place, entry in zip(places, written.entries, strict=True):
        by_state[state_of(entry)].append(place.figure_id)
    for state, figure_ids in by_state.items():
        point_at_newest(figure_ids, state)
    _keep_answers(places, written.entries)
    return written


class _Place(NamedTuple):
    """Where a revision goes: its figure, its number there, and the accepted one that it corrects."""

    figure_id: int
    number: int
    replaces_id: int | None


def _created(new: Sequence[Entry]) -> list[_Place]:
    """A figure for each entry, in the same order. None is accepted before it has a revision."""
    insert_figures(
        [NewFigure(entry.indicator.pk, entry.month, Figure.State.SUBMITTED.value) for entry in new]
    )
    made = Figure.objects.filter(
        indicator__in={entry.indicator.pk for entry in new}, month__in={entry.month for entry in new}
    )
    keys = {(indicator, month): pk for indicator, month, pk in made.values_list("indicator", "month", "pk")}
    return [_Place(keys[entry.indicator.pk, entry.month], 1, None) for entry in new]


def _refuse_faulty(entries: Iterable[Entry], months: Months) -> None:
    for entry in entries:
        for fault in entry.faults(months):
            raise FigureRefused(
                f"{entry.indicator.code} of {Month.of(entry.month).label}, {fault.column}: {fault.message}"
            )


def _refuse_over_open(entry: Entry, state: str) -> None:
    if fault := over_open_fault(entry, state):
        raise FigureRefused(
            f"{entry.indicator.code} of {Month.of(entry.month).label}, {fault.column}: {fault.message}"
        )


def _present(contract: Contract, entries: Iterable[Entry]) -> dict[tuple[int, date], Figure]:
    months = {entry.month for entry in entries}
    figures = Figure.objects.filter(indicator__contract=contract, month__in=months).select_related("latest")
    return {(figure.indicator_id, figure.month): figure for figure in figures}


def _insert_revisions(
    places: Sequence[_Place],
    entries: Sequence[Entry],
    *,
    by: User | str,
    reason: str,
) -> None:
    now = clock.now()
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
                entered_at=entry.entered_at or now,
            )
            for place, entry in zip(places, entries, strict=True)
        ]
    )


def _keep_answers(places: Sequence[_Place], entries: Sequence[Entry]) -> None:
    """What was said to each check that warned, beside the revision that it was said about."""
    answered = {
        place.figure_id: entry.answers for place, entry in zip(places, entries, strict=True) if entry.answers
    }
    if not answered:
        return
    latest = Figure.objects.filter(pk__in=answered).values_list("pk", "latest")
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(revision_id=revision, code=answer.code, message=answer.message, words=answer.words)
            for figure, revision in latest
            for answer in answered[figure]
        ],
        batch_size=MOST_IN_TRAIL,
    )


def explained_words(entries: Iterable[Entry]) -> list[str]:
    """Each warning of the entries with what was said to it: "PI1 2020-03: 0.8% is far from … “As counted.”"."""
    return [
        f"{entry.indicator.code} {entry.month:%Y-%m}: {answer.message} “{answer.words}”"
        for entry in entries
        for answer in entry.answers
    ]


def explained_in_trail(explained: Sequence[str]) -> dict[str, object]:
    """The same for the trail; nothing where nothing warned."""
    if not explained:
        return {}
    more = len(explained) - MOST_IN_TRAIL
    return {"warnings explained": [*explained[:MOST_IN_TRAIL], *([f"and {more:,} more"] if more > 0 else [])]}


def _saved_words(saved: Saved) -> str:
    """ "2 new figures and 1 revised figure"; of which there is none, nothing is said."""
    kinds = ((saved.created, "new figure"), (saved.revised, "revised figure"))
    return listed([count_words(number, words) for number, words in kinds if number])


def _span(entries: list[Entry]) -> str:
    first, last = min(entry.month for entry in entries), max(entry.month for entry in entries)
    if first == last:
        return Month.of(first).label
    return f"{Month.of(first).label} to {Month.of(last).label}"


def _in_trail(figures: list[str]) -> dict[str, object]:
    """The figures for the trail. Of a long list it says how many more there are, and keeps the SHA-256 of the
    whole of it, one figure to a line, by which a file handed in later can be shown to be the same one.
    """
    more = len(figures) - MOST_IN_TRAIL
    if more <= 0:
        return {"figures": figures}
    return {
        "figures": [*figures[:MOST_IN_TRAIL], f"and {more:,} more"],
        "sha256_of_all": hashlib.sha256("\n".join(figures).encode()).hexdigest(),
    }
