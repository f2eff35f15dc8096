"""Saves figures: the one door through which a number enters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from audit.services import record
from kpis.models import Figure, FigureRevision, Indicator
from kpis.services.versions import lock_figures, move_on
from parties.models import Contract, User

BATCH = 500


@dataclass(frozen=True)
class Entry:
    """One figure as somebody hands it in: numbers exact, in the indicator's own unit; a month is its first day."""

    indicator: Indicator
    month: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    commentary: str
    provenance: str

    def says_the_same_as(self, revision: FigureRevision | None) -> bool:
        return revision is not None and (
            revision.numerator,
            revision.denominator,
            revision.value,
            revision.commentary,
            revision.provenance,
        ) == (self.numerator, self.denominator, self.value, self.commentary, self.provenance)


@dataclass(frozen=True)
class Saved:
    """How many figures were new, revised and left as they were."""

    created: int
    revised: int
    unchanged: int


@transaction.atomic
def save_figures(
    *, by: User | str, contract: Contract, entries: Sequence[Entry], state: str, reason: str, action: str
) -> Saved:
    """Save all entries or none: a new revision where an entry says something new, nothing where it doesn't.

    ``reason`` is kept with every revision. One audit row for the whole write; none when nothing changed.
    """
    lock_figures(contract)
    present = _present(contract, entries)
    new = [entry for entry in entries if (entry.indicator.pk, entry.month) not in present]
    revised = [
        entry
        for entry in entries
        if (figure := present.get((entry.indicator.pk, entry.month)))
        and not entry.says_the_same_as(figure.latest)
    ]
    saved = Saved(len(new), len(revised), len(entries) - len(new) - len(revised))
    if not new and not revised:
        return saved
    created = Figure.objects.bulk_create(
        [Figure(indicator=entry.indicator, month=entry.month, state=state) for entry in new], batch_size=BATCH
    )
    pairs = list(zip(created, new, strict=True)) + [
        (present[entry.indicator.pk, entry.month], entry) for entry in revised
    ]
    _add_revisions(pairs, by=by, reason=reason)
    Figure.objects.filter(pk__in=[present[e.indicator.pk, e.month].pk for e in revised]).update(state=state)
    record(
        by=by,
        action=action,
        subject=contract,
        contract=contract.code,
        summary=f"{reason}: {saved.created} new and {saved.revised} revised figures, {_span(new + revised)}.",
        changes={"figures": [_in_words(entry) for entry in (new + revised)[:1000]]},
    )
    move_on(contract)
    return saved


def _present(contract: Contract, entries: Iterable[Entry]) -> dict[tuple[int, date], Figure]:
    months = {entry.month for entry in entries}
    figures = Figure.objects.filter(indicator__contract=contract, month__in=months).select_related("latest")
    return {(figure.indicator_id, figure.month): figure for figure in figures}


def _add_revisions(pairs: list[tuple[Figure, Entry]], *, by: User | str, reason: str) -> None:
    now = timezone.now()
    person = by if isinstance(by, User) else None
    FigureRevision.objects.bulk_create(
        [
            FigureRevision(
                figure=figure,
                number=(figure.latest.number if figure.latest else 0) + 1,
                numerator=entry.numerator,
                denominator=entry.denominator,
                value=entry.value,
                commentary=entry.commentary,
                provenance=entry.provenance,
                reason=reason,
                entered_by=person,
                entered_as=person.display_name if person else str(by),
                entered_at=now,
            )
            for figure, entry in pairs
        ],
        batch_size=BATCH,
    )
    newest = FigureRevision.objects.filter(figure=OuterRef("pk")).values("figure").annotate(last=Max("pk"))
    ids = [figure.pk for figure, _ in pairs]
    for start in range(0, len(ids), BATCH):
        Figure.objects.filter(pk__in=ids[start : start + BATCH]).update(latest=Subquery(newest.values("last")))


def _span(entries: list[Entry]) -> str:
    first, last = min(entry.month for entry in entries), max(entry.month for entry in entries)
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def _in_words(entry: Entry) -> str:
    if entry.denominator is not None:
        number = f"{entry.numerator} of {entry.denominator}"
    else:
        number = f"{entry.value}"
    return f"{entry.indicator.code} {entry.month:%Y-%m}: {number} ({entry.provenance})"
