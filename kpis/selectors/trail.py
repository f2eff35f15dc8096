"""The audit trail of one contract, as its parties may read it.

Entries about people, organisations and sessions name no contract, and stand in no contract's trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from audit.models import AuditEvent
from parties.access import PROVIDER, Reader
from sandwell.moments import end_of, start_of

PAGE = 50
CHUNK = 2000
# What the Trust does before it submits is its own.
BEFORE_SUBMITTING = Q(action__startswith="draft") | Q(action__startswith="upload")
ANSWERED = Q(
    action__in=[
        "figures.accepted",
        "figure.accepted",
        "figure.queried",
        "figure.submitted",
        "figure.disputed",
    ]
)
DEFINED = Q(action__startswith="definitions.")
AGREED = Q(action__startswith="contract.")
ENTERED = (Q(action__startswith="figure") & ~ANSWERED) | Q(action__startswith="omission") | BEFORE_SUBMITTING
KINDS = {
    "entered": ("figures entered, imported and corrected", ENTERED),
    "answered": ("figures accepted, queried and explained", ANSWERED),
    "defined": ("definitions and bands", DEFINED),
    "agreed": ("terms of the contract", AGREED),
    "other": ("everything else", ~(ENTERED | ANSWERED | DEFINED | AGREED)),
}


@dataclass(frozen=True)
class Asked:
    """Which entries a reader asks for; what is empty asks for all. ``kind`` is a word of ``KINDS``."""

    who: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Stretch:
    """Entries that stand together, newest first, and whether the trail goes on at either end."""

    entries: list[AuditEvent]
    newer: bool
    older: bool


def trail(reader: Reader, asked: Asked) -> QuerySet[AuditEvent]:
    """The contract's entries that the reader asks for and may see, newest first."""
    if not reader.may("trail.view"):
        return AuditEvent.objects.none()
    entries = AuditEvent.objects.filter(contract_code=reader.contract.code)
    if reader.party != PROVIDER:
        entries = entries.exclude(BEFORE_SUBMITTING)
    if asked.who:
        entries = entries.filter(actor__icontains=asked.who)
    if asked.kind:
        entries = entries.filter(KINDS[asked.kind][1])
    if asked.first:
        entries = entries.filter(at__gte=start_of(asked.first))
    if asked.last:
        entries = entries.filter(at__lt=end_of(asked.last))
    if asked.words:
        entries = entries.filter(summary__icontains=asked.words)
    return entries.order_by("-sequence")


def stretch(reader: Reader, asked: Asked, *, before: int | None, after: int | None) -> Stretch:
    """Fifty entries older or newer than one, else the newest. One query, whatever the length of the trail."""
    entries = trail(reader, asked)
    if after is not None:
        found = list(entries.filter(sequence__gt=after).order_by("sequence")[: PAGE + 1])
        return Stretch(found[:PAGE][::-1], newer=len(found) > PAGE, older=True)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    found = list(entries[: PAGE + 1])
    return Stretch(found[:PAGE], newer=before is not None, older=len(found) > PAGE)


def every_entry(reader: Reader, asked: Asked) -> Iterator[AuditEvent]:
    """All of them, a few thousand in memory at a time."""
    return trail(reader, asked).iterator(chunk_size=CHUNK)
