import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from audit.models import AuditEvent, AuditHead
from audit.services import AuditChainLost, AuditOutsideTransaction, begin_chain, record
from core.triggers.append_only import append_only
from core.triggers.trigger import Trigger
from tests.append_only import is_append_only, lifted
from tests.audit.trail import write


@pytest.mark.django_db
def test_entries_follow_on_without_a_gap():
    first, second = write(2)

    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    assert AuditHead.objects.values_list("sequence", "hash").get() == (2, second.hash)


@pytest.mark.django_db
def test_entry_says_who_did_what_to_what():
    user = get_user_model().objects.create(username="olive")

    event = record(
        by=user,
        action="person.created",
        subject=user,
        summary="olive was added.",
        changes={"role": [None, "client_officer"]},
        contract="sandwell",
    )

    event.refresh_from_db()
    assert (event.actor_id, event.actor) == (user.pk, "olive")
    assert (event.subject_type, event.subject_id) == ("parties.user", str(user.pk))
    assert (event.contract_code, event.changes) == ("sandwell", {"role": [None, "client_officer"]})
    assert str(event) == "1: olive was added."
    assert str(AuditHead.objects.get()) == "the chain ends at entry 1"


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(AuditOutsideTransaction):
        record(by="test", action="a.b", subject=("x", "1"), summary="Nothing.")


@pytest.mark.django_db
def test_entry_falls_with_the_write_that_it_speaks_of():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the write and its failure belong together
        write(1)
        raise RuntimeError

    assert AuditEvent.objects.count() == 0
    assert AuditHead.objects.get().sequence == 0


@pytest.mark.django_db
def test_lost_head_stops_all_writing_and_is_not_made_again():
    write(1)
    with lifted(connection):
        AuditHead.objects.all().delete()

    begin_chain()

    with pytest.raises(AuditChainLost):
        write(1)


@pytest.mark.django_db
def test_chain_is_not_begun_before_its_table_exists(monkeypatch):
    with lifted(connection):
        AuditHead.objects.all().delete()
    monkeypatch.setattr(AuditHead._meta, "db_table", "audit_not_there_yet")

    begin_chain()

    monkeypatch.undo()
    assert not AuditHead.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        lambda: AuditEvent.objects.update(summary="Something else."),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.filter(sequence=1)._raw_delete("default"),
        lambda: AuditHead.objects.update(sequence=0),
        lambda: AuditHead.objects.update(sequence=3),
        lambda: AuditHead.objects.all().delete(),
    ],
    ids=["update", "delete", "raw delete", "head back", "head ahead", "head away"],
)
def test_database_refuses(attack):
    write(1)

    with pytest.raises(IntegrityError, match=r"can't be|only moves on"), transaction.atomic():
        attack()

    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_database_refuses_to_empty_or_replace():
    write(1)
    if connection.vendor == "postgresql":
        statements = ["TRUNCATE audit_auditevent", "TRUNCATE audit_audithead"]
    else:
        statements = [
            "INSERT OR REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent",
            "INSERT OR REPLACE INTO audit_audithead VALUES (1, 0, 'x')",
        ]

    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"actor": ""}, {"action": ""}, {"summary": ""}, {"sequence": 0}])
def test_database_refuses_an_entry_that_says_nothing(fields):
    (event,) = write(1)
    values = {field.attname: getattr(event, field.attname) for field in AuditEvent._meta.fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.create(**{**values, "sequence": 2, **fields})


@pytest.mark.django_db
def test_there_is_one_head():
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditHead.objects.create(pk=2)


@pytest.mark.django_db
def test_append_only_can_be_put_on_and_lifted_by_a_migration():
    table = "written_once"
    state = MigrationLoader(connection).project_state()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, a integer, b integer, UNIQUE (a, b))")
        cursor.execute(f"CREATE UNIQUE INDEX written_sum ON {table} ((a + b))")
        cursor.execute(f"INSERT INTO {table} VALUES (1, 2, 3)")
        operations = append_only(table)

        _run(operations, "database_forwards", state)
        assert is_append_only(connection, table)
        with pytest.raises(IntegrityError, match="written_once are kept"), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET a = 9")
        if connection.vendor == "sqlite":
            with pytest.raises(IntegrityError, match="exists already"), transaction.atomic():
                cursor.execute(f"INSERT OR REPLACE INTO {table} VALUES (7, 2, 3)")
        cursor.execute(f"INSERT INTO {table} VALUES (2, 2, 4)")

        _run(operations, "database_backwards", state)
        assert not is_append_only(connection, table)
        cursor.execute(f"UPDATE {table} SET a = 9 WHERE id = 1")


def test_trigger_watches_a_known_event():
    with pytest.raises(ValueError, match="SELECT"):
        Trigger("g", "t", "SELECT", "No.")


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_one_gapless_chain(own_database):
    def write_three() -> None:
        try:
            for _ in range(3):
                with transaction.atomic():
                    write(1)
        finally:
            connection.close()

    writers = [threading.Thread(target=write_three) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    verdict, sequences = own_database(_verdict)
    assert verdict.fault == ""
    assert sequences == list(range(1, 19))


def _verdict():
    from audit.verify import verify_chain

    return verify_chain(), list(AuditEvent.objects.values_list("sequence", flat=True))


def _run(operations, direction, state):
    editor = connection.schema_editor(atomic=False)
    for operation in operations:
        getattr(operation, direction)("audit", editor, state, state)
