"""Writing the audit trail: one function, one entry for each write."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import connections, models, transaction

from audit.chain import digest, plain
from audit.models import AuditEvent, AuditHead
from core import clock


class Person(Protocol):
    pk: Any

    def get_username(self) -> str: ...


class AuditOutsideTransaction(RuntimeError):
    """The entry would not stand or fall together with the write that it speaks of."""


class AuditChainLost(RuntimeError):
    """The row that holds the end of the chain is missing: the trail was tampered with, or never begun."""


def record(
    *,
    by: Person | str,
    action: str,
    subject: models.Model | tuple[str, str],
    summary: str,
    changes: Mapping[str, Any] | None = None,
    contract: str = "",
) -> AuditEvent:
    """Adds one entry to the trail, in the transaction of the write that it speaks of.

    `by` is the person, or the name of the command or system that writes. `subject` is the row written, or a
    type and an identifier for what has no row of its own. `changes` holds text, whole numbers, Decimals,
    dates, lists and mappings; a float is refused with TypeError.

    Writers stand in line at the end of the chain until they commit. So that no two wait for each other, every
    transaction locks in one order: the domain's rows by primary key, then the version of the contract's
    figures, and the end of the chain last, by calling this. What writes about many rows either locks them all
    before its first entry, or gives each a transaction of its own.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AuditOutsideTransaction("Call record() inside transaction.atomic(), together with the write.")
    head = AuditHead.objects.select_for_update().first()
    if head is None:
        raise AuditChainLost(
            "The end of the audit chain is missing. Run: manage.py migrate, then verify_audit."
        )
    subject_type, subject_id = _identity(subject)
    fields = {
        "sequence": head.sequence + 1,
        "at": clock.now(),
        "actor_id": None if isinstance(by, str) else by.pk,
        "actor": by if isinstance(by, str) else by.get_username(),
        "action": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "contract_code": contract,
        "summary": summary,
        "changes": plain(changes or {}),
        "previous_hash": head.hash,
    }
    event = AuditEvent.objects.create(**fields, hash=digest(fields))
    AuditHead.objects.filter(pk=head.pk).update(sequence=event.sequence, hash=event.hash)
    return event


def begin_chain(using: str = "default", **signal: Any) -> None:
    """Makes the row that holds the end of the chain, once, after the tables are made.

    A head that vanished from under existing entries is not made again: that is for verify_audit to report.
    """
    tables = connections[using].introspection.table_names()
    if AuditHead._meta.db_table not in tables:
        return  # the migrations have not come this far, or were reversed
    if not AuditEvent.objects.using(using).exists():
        AuditHead.objects.using(using).get_or_create(pk=1)


def _identity(subject: models.Model | tuple[str, str]) -> tuple[str, str]:
    if isinstance(subject, tuple):
        return subject
    return subject._meta.label_lower, str(subject.pk)
