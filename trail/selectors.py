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

from audit.entries import BOTH, Entries, EntryGroup
from audit.entries import PROVIDER as ONLY_PROVIDER
from audit.models import AuditEvent
from core.clock import end_of, start_of
from core.declarations import declared
from core.values.months import Month
from parties.models import Membership, User
from parties.participants import PROVIDER, Participant

PAGE = 50
CHUNK = 2000
OTHER = "other"
MONTHS = {Month(2000, number).name.lower(): number for number in range(1, 13)}
NAMED_MONTH = re.compile(rf"(?:\bof )?\b({'|'.join(MONTHS)}) ([0-9]{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """Which entries a person asks for; what is empty asks for all. ``group`` is the name of a declared one."""

    who: str = ""
    group: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Stretch:
    """Entries that stand together, newest first, and whether the trail goes on at either end."""

    entries: list[AuditEvent]
    newer: bool
    older: bool


def shown_to(*whom: str) -> Q:
    """Entries that are declared to be shown to these."""
    return _any_of(entries for entries in declared(Entries) if entries.shown_to in whom)


def declared_with(permission: str) -> Q:
    """Entries whose words ask for this permission besides, in the administration."""
    return _any_of(entries for entries in declared(Entries) if entries.permission == permission)


def groups() -> dict[str, str]:
    """The groups by which entries are found, and what each stands for."""
    return {group.name: group.words for group in declared(EntryGroup)} | {OTHER: "everything else"}


def in_group(name: str) -> Q:
    if name == OTHER:
        return ~_any_of(entries for entries in declared(Entries) if entries.group)
    return _any_of(entries for entries in declared(Entries) if entries.group == name)


def _any_of(chosen: Iterable[Entries]) -> Q:
    """Entries of which one of the chosen speaks, as `entries_of` chooses: the longest beginning that fits."""
    speaking = {beginning for entries in chosen for beginning in entries.actions}
    silent = {beginning for entries in declared(Entries) for beginning in entries.actions} - speaking
    found = Q(pk__in=[])
    for beginning in sorted(speaking):
        fits = Q(action__startswith=beginning)
        for longer in sorted(longer for longer in silent if longer.startswith(beginning)):
            fits &= ~Q(action__startswith=longer)
        found |= fits
    return found


def trail(participant: Participant, asked: Asked) -> QuerySet[AuditEvent]:
    """The contract's entries that the person asks for and may see, newest first."""
    if not participant.may("trail.view"):
        return AuditEvent.objects.none()
    entries = AuditEvent.objects.filter(contract_code=participant.contract.code)
    entries = entries.filter(_shown_to_them(participant))
    if asked.who:
        entries = entries.filter(_of_somebody_called(asked.who))
    if asked.group:
        entries = entries.filter(in_group(asked.group))
    if asked.first:
        entries = entries.filter(at__gte=start_of(asked.first))
    if asked.last:
        entries = entries.filter(at__lt=end_of(asked.last))
    if asked.words:
        entries = entries.filter(_saying(asked.words))
    return entries.order_by("-sequence")


def _shown_to_them(participant: Participant) -> Q:
    """What both parties read; besides, for those who work for a party, what is that party's own."""
    if not participant.may("trail.view_own"):
        return shown_to(BOTH)
    declared_for = [BOTH, ONLY_PROVIDER] if participant.party == PROVIDER else [BOTH]
    own = Membership.objects.filter(organisation=_own_party(participant)).values("user")
    # What is for the provider alone stays so, whoever of the council wrote it.
    by_own_party = Q(actor_id__in=own) & ~shown_to(ONLY_PROVIDER)
    return shown_to(*declared_for) | by_own_party


def names_of(entries: Iterable[AuditEvent]) -> dict[int, str]:
    """What the people of these entries are called today, by their key. One query."""
    people = User.objects.filter(pk__in={entry.actor_id for entry in entries if entry.actor_id is not None})
    return {person.pk: person.display_name for person in people}


def names_in(participant: Participant, asked: Asked) -> dict[int, str]:
    """The same of every entry that the person asks for. One query."""
    actors = trail(participant, asked).order_by().filter(actor_id__isnull=False).values("actor_id")
    return {person.pk: person.display_name for person in User.objects.filter(pk__in=actors)}


def _own_party(participant: Participant) -> int:
    contract = participant.contract
    return contract.provider_id if participant.party == PROVIDER else contract.commissioner_id


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


def stretch(participant: Participant, asked: Asked, *, before: int | None, after: int | None) -> Stretch:
    """Fifty entries older or newer than one, else the newest. One query, whatever the length of the trail."""
    entries = trail(participant, asked)
    if after is not None:
        found = list(entries.filter(sequence__gt=after).order_by("sequence")[: PAGE + 1])
        return Stretch(found[:PAGE][::-1], newer=len(found) > PAGE, older=True)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    found = list(entries[: PAGE + 1])
    return Stretch(found[:PAGE], newer=before is not None, older=len(found) > PAGE)


def every_entry(participant: Participant, asked: Asked) -> Iterator[AuditEvent]:
    """All of them, a few thousand in memory at a time."""
    return trail(participant, asked).iterator(chunk_size=CHUNK)
