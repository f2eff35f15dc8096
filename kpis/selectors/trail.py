"""The audit trail of one contract, as its parties may read it.

Entries about people, organisations and sessions name no contract, and stand in no contract's trail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from audit.models import AuditEvent
from kpis.models import Step
from parties.access import PROVIDER, Reader
from parties.models import Membership, User
from sandwell.moments import end_of, start_of
from sandwell.periods import Month

PAGE = 50
CHUNK = 2000
MONTHS = {Month(2000, number).name.lower(): number for number in range(1, 13)}
NAMED_MONTH = re.compile(rf"(?:\bof )?\b({'|'.join(MONTHS)}) ([0-9]{{4}})\b", re.IGNORECASE)
# What the Trust does before it submits is its own.
BEFORE_SUBMITTING = Q(action__startswith="draft") | Q(action__startswith="upload")
# What people choose for themselves concerns their own party alone.
OWN_SETTINGS = Q(action__startswith="notices.") | Q(action="indicators.owned")
ANSWERED = Q(action__in=["figures.accepted", *(f"figure.{kind}" for kind in Step.Kind)])
DEFINED = Q(action__startswith="definitions.")
AGREED = Q(action__startswith="contract.")
ENTERED = (Q(action__startswith="figures.") & ~ANSWERED) | Q(action__startswith="return.") | BEFORE_SUBMITTING
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
    own = Membership.objects.filter(organisation=_organisation(reader)).values("user")
    entries = entries.filter(~OWN_SETTINGS | Q(actor_id__in=own))
    if asked.who:
        entries = entries.filter(_of_somebody_called(asked.who))
    if asked.kind:
        entries = entries.filter(KINDS[asked.kind][1])
    if asked.first:
        entries = entries.filter(at__gte=start_of(asked.first))
    if asked.last:
        entries = entries.filter(at__lt=end_of(asked.last))
    if asked.words:
        entries = entries.filter(_saying(asked.words))
    return entries.order_by("-sequence")


def names_of(entries: Iterable[AuditEvent]) -> dict[int, str]:
    """What the people of these entries are called today, by their key. One query."""
    people = User.objects.filter(pk__in={one.actor_id for one in entries if one.actor_id is not None})
    return {one.pk: one.display_name for one in people}


def names_in(reader: Reader, asked: Asked) -> dict[int, str]:
    """The same of every entry that the reader asks for. One query."""
    actors = trail(reader, asked).order_by().filter(actor_id__isnull=False).values("actor_id")
    return {one.pk: one.display_name for one in User.objects.filter(pk__in=actors)}


def _organisation(reader: Reader) -> int:
    contract = reader.contract
    return contract.provider_id if reader.party == PROVIDER else contract.commissioner_id


def _of_somebody_called(name: str) -> Q:
    """By the user name that the entry keeps, or by what the person is called today."""
    full_name = Concat("first_name", Value(" "), "last_name")
    people = User.objects.alias(full_name=full_name).filter(full_name__icontains=name)
    return Q(actor__icontains=name) | Q(actor_id__in=people.values("pk"))


def _saying(words: str) -> Q:
    """By the summary, which writes a month as 2020-03 and is read as March 2020, or by what was asked or answered."""
    return (
        Q(summary__icontains=words)
        | Q(summary__icontains=_months_as_kept(words))
        | Q(changes__words__icontains=words)
    )


def _months_as_kept(words: str) -> str:
    """ "PI8 of March 2020" as "PI8 2020-03", which is how a figure is named in the trail."""
    return NAMED_MONTH.sub(lambda found: f"{found[2]}-{MONTHS[found[1].lower()]:02}", words)


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
