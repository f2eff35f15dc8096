"""Whatever is done to the trail behind the program's back, verify_audit names the first bad entry."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from audit.chain import CHAINED_FIELDS, digest
from audit.models import AuditEvent, AuditHead
from core.triggers.trigger import Trigger, declared_triggers, remove
from tests.append_only import lifted
from tests.audit.trail import write

pytestmark = pytest.mark.django_db
TRIGGERS = [
    Trigger(name, table, event, "No.")
    for name, table, event in (
        ("audit_auditevent_no_update", "audit_auditevent", "UPDATE"),
        ("audit_auditevent_no_truncate", "audit_auditevent", "TRUNCATE"),
        ("audit_head_moves_on_by_one", "audit_audithead", "UPDATE"),
        ("kpis_figurerevision_no_delete", "kpis_figurerevision", "DELETE"),
        ("step_accepts_no_own_work", "kpis_step", "INSERT"),
        ("person_is_never_deleted", "parties_user", "DELETE"),
    )
]


def verify(**options) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def entries(**where):
    return AuditEvent.objects.filter(**where)


def rehash(event: AuditEvent) -> None:
    """As a forger would who knows how the hash is made."""
    fields = {name: getattr(event, name) for name in CHAINED_FIELDS}
    entries(sequence=event.sequence).update(**fields, hash=digest(fields))


def edit_and_rehash() -> None:
    event = entries(sequence=2).get()
    event.summary = "Nothing happened."
    rehash(event)


def swap() -> None:
    second, third = entries(sequence=2).get(), entries(sequence=3).get()
    second.summary, third.summary = third.summary, second.summary
    second.subject_id, third.subject_id = third.subject_id, second.subject_id
    second.changes, third.changes = third.changes, second.changes
    rehash(second)
    third.previous_hash = entries(sequence=2).get().hash
    rehash(third)


def swap_numbers() -> None:
    entries(sequence=2).update(sequence=99)
    entries(sequence=3).update(sequence=2)
    entries(sequence=99).update(sequence=3)


def insert_in_the_middle() -> None:
    for number in (4, 3):
        entries(sequence=number).update(sequence=F("sequence") + 1)
    event = entries(sequence=2).get()
    event.sequence = 3
    event.previous_hash = event.hash
    event.hash = digest({name: getattr(event, name) for name in CHAINED_FIELDS})
    event.save(force_insert=True)


def append_past_the_end() -> None:
    event = entries(sequence=4).get()
    event.sequence = 5
    event.previous_hash = event.hash
    event.hash = digest({name: getattr(event, name) for name in CHAINED_FIELDS})
    event.save(force_insert=True)


def rewrite_the_last() -> None:
    event = entries(sequence=4).get()
    event.summary = "Nothing happened."
    rehash(event)


TAMPERINGS = [
    ("edit", lambda: entries(sequence=2).update(summary="No."), "Entry 2 was changed"),
    ("edit of the time", lambda: entries(sequence=2).update(at="2019-01-01T00:00Z"), "Entry 2 was changed"),
    ("edit of changes", lambda: entries(sequence=3).update(changes={}), "Entry 3 was changed"),
    ("edit with a new hash", edit_and_rehash, "Entry 3 doesn't follow on from entry 2"),
    ("delete", lambda: entries(sequence=2)._raw_delete("default"), "Entry 2 is missing: after 1 comes 3"),
    ("delete the first", lambda: entries(sequence=1)._raw_delete("default"), "Entry 1 is missing"),
    ("delete the last", lambda: entries(sequence=4)._raw_delete("default"), "Entry 4 is missing"),
    ("delete all", lambda: entries()._raw_delete("default"), "Entry 1 is missing"),
    ("insert", insert_in_the_middle, "Entry 4 doesn't follow on from entry 3"),
    ("append", append_past_the_end, "Entry 5 was not written by the program"),
    ("swap", swap, "Entry 4 doesn't follow on from entry 3"),
    ("swap numbers", swap_numbers, "Entry 2 doesn't follow on from entry 1"),
    ("rewrite the last", rewrite_the_last, "Entry 4 is not the one that the chain ended with"),
    ("head away", lambda: AuditHead.objects.all().delete(), "The end of the chain is missing"),
]


def test_untouched_chain_is_unbroken():
    write(4)

    assert verify() == "4 entries, chain unbroken\n"


def test_empty_chain_is_unbroken():
    assert verify() == "0 entries, chain unbroken\n"


def test_last_hash_is_there_to_be_noted_elsewhere():
    last = write(2)[-1]

    assert verify(verbosity=2).splitlines()[1] == f"The last hash is {last.hash}."


@pytest.mark.parametrize(
    ("tamper", "fault"), [case[1:] for case in TAMPERINGS], ids=[case[0] for case in TAMPERINGS]
)
def test_tampering_is_found_at_the_first_bad_entry(tamper, fault):
    write(4)
    with lifted(connection):
        tamper()

    with pytest.raises(CommandError, match=fault) as stop:
        verify()

    assert stop.value.returncode == 1


def test_head_of_an_empty_chain_is_checked():
    with lifted(connection):
        AuditHead.objects.update(hash="f" * 64)

    with pytest.raises(CommandError, match="Entry 0 is not the one"):
        verify()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=[trigger.name for trigger in TRIGGERS])
def test_missing_triggers_are_reported_although_the_chain_holds(trigger):
    write(1)
    remove(connection, trigger)

    if trigger.event == "TRUNCATE" and connection.vendor == "sqlite":
        assert verify() == "1 entries, chain unbroken\n"
        return
    with pytest.raises(CommandError, match=f"no longer refuses changes.*: {trigger.name} on {trigger.table}"):
        verify()


def test_every_table_with_triggers_is_checked():
    tables = {trigger.table for trigger in declared_triggers(connection)}

    assert {"audit_audithead", "kpis_figurerevision", "kpis_step", "kpis_omission", "parties_user"} <= tables


NO_UPDATE = Trigger("audit_auditevent_no_update", "audit_auditevent", "UPDATE", "No.")
ON_EVENTS = 'ON "audit_auditevent"'
CALLING = 'EXECUTE FUNCTION "audit_auditevent_no_update"()'
INERT = {
    "postgresql": {
        "switched off": [f"ALTER TABLE audit_auditevent DISABLE TRIGGER {NO_UPDATE.name}"],
        "for replicas only": [f"ALTER TABLE audit_auditevent ENABLE REPLICA TRIGGER {NO_UPDATE.name}"],
        "hollowed out": [
            f'CREATE OR REPLACE FUNCTION "{NO_UPDATE.name}"() RETURNS trigger LANGUAGE plpgsql AS '
            "$$ BEGIN RETURN NEW; END $$"
        ],
        "for some columns": [
            f"DROP TRIGGER {NO_UPDATE.name} {ON_EVENTS}",
            f"CREATE TRIGGER {NO_UPDATE.name} BEFORE UPDATE OF at {ON_EVENTS} FOR EACH ROW {CALLING}",
        ],
        "for some rows": [
            f"DROP TRIGGER {NO_UPDATE.name} {ON_EVENTS}",
            f"CREATE TRIGGER {NO_UPDATE.name} BEFORE UPDATE {ON_EVENTS} FOR EACH ROW WHEN (false) {CALLING}",
        ],
        "for another event": [
            f"DROP TRIGGER {NO_UPDATE.name} {ON_EVENTS}",
            f"CREATE TRIGGER {NO_UPDATE.name} BEFORE INSERT {ON_EVENTS} FOR EACH ROW {CALLING}",
        ],
        "a session that poses as a replica": ["SET LOCAL session_replication_role = replica"],
    },
    "sqlite": {
        "hollowed out": [
            f"DROP TRIGGER {NO_UPDATE.name}",
            f"CREATE TRIGGER {NO_UPDATE.name} BEFORE UPDATE {ON_EVENTS} BEGIN SELECT 1; END",
        ],
        "for some rows": [
            f"DROP TRIGGER {NO_UPDATE.name}",
            f"CREATE TRIGGER {NO_UPDATE.name} BEFORE UPDATE {ON_EVENTS} WHEN 0 BEGIN SELECT RAISE(ABORT, 'No'); END",
        ],
    },
}


@pytest.mark.parametrize(("vendor", "way"), [(vendor, way) for vendor, ways in INERT.items() for way in ways])
def test_triggers_made_inert_are_reported(vendor, way):
    if vendor != connection.vendor:
        assert way in INERT[vendor]  # looked at where the suite runs on that database
        return
    run(*INERT[vendor][way])

    with pytest.raises(CommandError, match=NO_UPDATE.name):
        verify()


def test_trigger_that_always_fires_is_in_force():
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER {NO_UPDATE.name}")

    assert verify() == "0 entries, chain unbroken\n"


def test_triggers_are_in_force_again_after_lifting():
    with lifted(connection):
        pass

    assert verify() == "0 entries, chain unbroken\n"
