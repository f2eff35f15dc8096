"""Finds the first entry of the trail that was edited, deleted, inserted or moved, and triggers that no longer hold."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from audit.chain import CHAINED_FIELDS, GENESIS, digest
from audit.models import AuditEvent, AuditHead
from core.triggers.trigger import Trigger, declared_triggers, in_force

CHUNK = 2000  # entries in memory at a time


@dataclass(frozen=True)
class Verdict:
    """How many entries hold, and what is wrong with the first that doesn't ("" when all hold)."""

    entries: int
    last_hash: str
    fault: str = ""


def verify_chain(advance: Callable[[], object] = lambda: None) -> Verdict:
    """Walks the chain from its first entry to its head; calls `advance` after each entry.

    Entries that are added meanwhile do no harm: they follow on, and the head is read before and after.
    """
    head_before = AuditHead.objects.first()
    sequence, last_hash = 0, GENESIS
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        if fault := _fault(event, sequence, last_hash):
            return Verdict(sequence, last_hash, fault)
        sequence, last_hash = event.sequence, event.hash
        if head_before and sequence == head_before.sequence and last_hash != head_before.hash:
            return Verdict(sequence, last_hash, f"Entry {sequence} is not the one that the chain ended with.")
        advance()
    return Verdict(sequence, last_hash, _fault_at_the_end(head_before, sequence, last_hash))


def stands_as_written(event: AuditEvent) -> bool:
    """Whether an entry fits its own hash. That none is missing beside it shows only over the whole chain."""
    return event.hash == digest({name: getattr(event, name) for name in CHAINED_FIELDS})


def faulty_triggers() -> list[Trigger]:
    """The triggers, of every table that has some, that this database lacks, has switched off, or has otherwise."""
    return [trigger for trigger in declared_triggers(connection) if not in_force(connection, trigger)]


def _fault(event: AuditEvent, sequence: int, last_hash: str) -> str:
    expected = sequence + 1
    if event.sequence != expected:
        return f"Entry {expected} is missing: after {sequence} comes {event.sequence}."
    if event.previous_hash != last_hash:
        return f"Entry {expected} doesn't follow on from entry {sequence}: {event.summary}"
    if event.hash != digest({name: getattr(event, name) for name in CHAINED_FIELDS}):
        return f"Entry {expected} was changed after it was written: {event.summary}"
    return ""


def _fault_at_the_end(head_before: AuditHead | None, sequence: int, last_hash: str) -> str:
    head = AuditHead.objects.first()
    if head_before is None or head is None:
        return "The end of the chain is missing."
    if sequence < head_before.sequence:
        return f"Entry {sequence + 1} is missing: the chain went on to entry {head_before.sequence}."
    if sequence > head.sequence:
        return f"Entry {head.sequence + 1} was not written by the program: the chain ends before it."
    if sequence == head.sequence and last_hash != head.hash:
        return f"Entry {sequence} is not the one that the chain ended with."
    return ""
