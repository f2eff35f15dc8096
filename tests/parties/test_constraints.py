"""What the database itself refuses, whoever asks."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from parties.models import Contract, Membership, Organisation, SignInTries, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "charity"},
        {"name": ""},
        {"short_name": ""},
        {"code": ""},
        {"name": "Sandwell Council"},
        {"code": "sandwell-council"},
    ],
    ids=str,
)
def test_organisation(council, fields):
    wanted = {"kind": "council", "name": "New Council", "short_name": "New", "code": "new", **fields}

    _refused(lambda: Organisation.objects.create(**wanted))


def test_organisation_keeps_its_kind(council):
    _refused(
        lambda: Organisation.objects.filter(pk=council.pk).update(kind="trust"), "kind of an organisation"
    )


def test_organisation_with_a_contract_stays(contract):
    with pytest.raises(ProtectedError):
        contract.provider.delete()


@pytest.mark.parametrize(
    "fields",
    [
        {"code": ""},
        {"name": ""},
        {"starts_on": date(2018, 4, 2)},
        {"years": 0, "break_after_years": None},
        {"break_after_years": 0},
        {"break_after_years": 10},
        {"figures_due_working_day": 0},
        {"answer_due_working_day": 9},
        {"answer_due_working_day": 21},
        {"reporting_until": date(2020, 3, 31)},
        {"reporting_until": date(2018, 3, 1)},
        {"code": "sandwell"},
    ],
    ids=str,
)
def test_contract(contract, fields):
    wanted = {**_terms(contract), "code": "new", **fields}

    _refused(lambda: Contract.objects.create(**wanted))


def test_contract_without_a_break_or_an_end_of_reporting(contract):
    wanted = {**_terms(contract), "code": "new", "break_after_years": None, "reporting_until": None}

    assert Contract.objects.create(**wanted).pk


@pytest.mark.parametrize(
    ("commissioner", "provider", "words"),
    [
        ("trust", "trust", "commissioner of a contract is a council|contract_parties_are_two"),
        ("council", "council", "provider of a contract is a trust|contract_parties_are_two"),
        ("trust", "council", "commissioner of a contract is a council|provider of a contract is a trust"),
    ],
)
def test_contract_is_between_a_council_and_a_trust(contract, commissioner, provider, words):
    parties = {"council": contract.commissioner, "trust": contract.provider}
    wanted = {"commissioner_id": parties[commissioner].pk, "provider_id": parties[provider].pk}

    _refused(lambda: Contract.objects.create(**{**_terms(contract), "code": "new", **wanted}), words)
    _refused(lambda: Contract.objects.filter(pk=contract.pk).update(**wanted), words)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("council", "trust_manager"),
        ("trust", "client_officer"),
        ("trust", "scrutiny_member"),
        ("council", "finance_lead"),
        ("trust", "council_finance"),
        ("council", "owner"),
        ("council", ""),
    ],
)
def test_membership_sits_where_its_role_is_held(council, trust, administrator, kind, role):
    organisation = {"council": council, "trust": trust}[kind]

    _refused(lambda: Membership.objects.create(user=administrator, organisation=organisation, role=role))
    _refused(lambda: administrator.memberships.update(organisation=organisation, role=role))


def test_membership_is_held_once(client_officer, council):
    _refused(
        lambda: Membership.objects.create(user=client_officer, organisation=council, role="client_officer")
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"username": ""},
        {"username": "client-officer"},
        {"username": "Client-Officer"},
        {"username": "p", "is_persona": True, "password": "pbkdf2_sha256$1$a$b"},
        {"username": "p", "is_persona": True, "password": ""},
    ],
    ids=str,
)
def test_person(client_officer, fields):
    _refused(lambda: User.objects.create(**{"password": "!", **fields}))


def test_person_keeps_the_user_name(client_officer):
    _refused(
        lambda: User.objects.filter(pk=client_officer.pk).update(username="x"), "user name never changes"
    )


def test_person_is_never_deleted(db):
    loner = User.objects.create(username="loner")

    _refused(loner.delete, "never deleted")


@pytest.mark.parametrize(("number", "username"), [("id", "'other'"), ("id + 100", "'LONER'")])
def test_person_is_not_replaced(db, number, username):
    """By the number, or by the name in another case; PostgreSQL takes its own upsert for a change of name."""
    User.objects.create(username="loner")
    rest = ", ".join(f.column for f in User._meta.fields if f.column not in ("id", "username"))
    into = f"INTO parties_user (id, username, {rest}) SELECT {number}, {username}, {rest} FROM parties_user"
    statement = f"INSERT OR REPLACE {into}"
    if connection.vendor == "postgresql":
        statement = f"INSERT {into} ON CONFLICT (id) DO UPDATE SET username = EXCLUDED.username"

    def replace():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    _refused(replace)
    assert User.objects.get().username == "loner"


@pytest.mark.parametrize("model", [Organisation, Contract, Membership], ids=lambda model: model.__name__)
def test_parties_and_roles_are_not_put_in_anothers_place(contract, client_officer, model):
    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    into = f"INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM {model._meta.db_table}"
    statement = {"sqlite": f"INSERT OR REPLACE {into}", "postgresql": f"INSERT {into}"}[connection.vendor]

    def replace():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    _refused(replace)


def test_person_keeps_the_number(db):
    loner = User.objects.create(username="loner")

    _refused(lambda: User.objects.filter(pk=loner.pk).update(id=loner.pk + 100), "nor does its number")


def test_nobody_is_a_superuser(db):
    with pytest.raises(RuntimeError, match="create_administrator"):
        User.objects.create_superuser("root", password="x")


def test_rows_have_words(client_officer, contract):
    assert str(client_officer) == "Client officer"
    assert str(User(username="olive")) == "olive"
    assert str(client_officer.memberships.get()) == "Client officer, Sandwell Council"
    assert str(contract) == "Children's services contract"
    assert str(contract.provider) == "Sandwell Children's Trust"
    assert str(SignInTries(tries=3, opened_at=datetime(2019, 4, 1, tzinfo=UTC))) == "3 tries since 00:00"


def _terms(contract: Contract) -> dict:
    fields = [field.attname for field in Contract._meta.fields if field.name != "id"]
    return {field: getattr(contract, field) for field in fields}


def _refused(write, words: str = "") -> None:
    with pytest.raises(IntegrityError, match=words or None), transaction.atomic():
        write()
