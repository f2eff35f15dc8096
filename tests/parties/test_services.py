"""Each write leaves one entry that a person can read, and says what it refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from knox.models import AuthToken

from audit.models import AuditEvent
from parties.models import Contract, User
from parties.services import (
    OwnRoles,
    change_contract,
    change_details,
    create_contract,
    create_organisation,
    create_token,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    reactivate_user,
    revoke_tokens,
    set_password,
)
from tests.cast import BY


@pytest.fixture
def entries():
    """The entries written since the fixture was asked for."""
    begun_after = AuditEvent.objects.count()

    def since():
        return list(AuditEvent.objects.filter(sequence__gt=begun_after))

    return since


def test_create_user(administrator, council, entries):
    user = create_user(
        username="olive", home=council, email="o@example.org", password="x" * 12, by=administrator
    )

    (entry,) = entries()
    assert user.check_password("x" * 12)
    assert (entry.actor, entry.summary) == ("administrator", "olive was added.")
    assert "x" * 12 not in str(entry.changes)


def test_create_user_without_a_password_cannot_sign_in(db):
    assert not create_user(username="olive", by=BY).has_usable_password()


@pytest.mark.parametrize("username", ["client-officer", "CLIENT-OFFICER", "", "two words", "zoë"])
def test_create_user_refuses_names(client_officer, entries, username):
    with pytest.raises(ValidationError):
        create_user(username=username, by=BY)

    assert entries() == []


def test_change_details(client_officer, administrator, entries):
    for _ in range(2):
        change_details(
            user=client_officer,
            by=administrator,
            email="o@example.org",
            first_name="Client officer",
            last_name="North",
        )

    (entry,) = entries()
    assert entry.summary == "client-officer's details were changed: email, last name."
    assert "example.org" not in str(entry.changes)


def test_set_password(client_officer, entries):
    set_password(user=client_officer, password="another long one", by=client_officer)

    assert User.objects.get(pk=client_officer.pk).check_password("another long one")
    assert [entry.summary for entry in entries()] == ["A new password was set for client-officer."]


def test_deactivate_and_reactivate(client_officer, administrator, entries):
    create_token(user=client_officer, by=BY)
    for act in (deactivate_user, deactivate_user, reactivate_user, reactivate_user):
        act(user=client_officer, by=administrator)

    assert [entry.summary for entry in entries()[1:]] == [
        "client-officer can no longer sign in.",
        "client-officer can sign in again.",
    ]
    assert not AuthToken.objects.exists()


def test_grant_and_end_membership(client_officer, administrator, council, entries):
    membership = grant_membership(
        user=client_officer, organisation=council, role="scrutiny_member", by=administrator
    )
    end_membership(membership=membership, by=administrator)

    assert [entry.summary for entry in entries()] == [
        "client-officer became scrutiny member in Sandwell Council.",
        "client-officer is no longer scrutiny member in Sandwell Council.",
    ]
    assert [membership.role for membership in client_officer.memberships.all()] == ["client_officer"]


@pytest.mark.parametrize("role", ["trust_manager", "client_officer", "owner"])
def test_grant_membership_refuses(client_officer, council, entries, role):
    with pytest.raises(ValidationError):
        grant_membership(user=client_officer, organisation=council, role=role, by=BY)

    assert entries() == []


def test_nobody_changes_their_own_access(administrator, council, entries):
    with pytest.raises(OwnRoles):
        grant_membership(user=administrator, organisation=council, role="client_officer", by=administrator)
    with pytest.raises(OwnRoles):
        end_membership(membership=administrator.memberships.get(), by=administrator)
    with pytest.raises(OwnRoles):
        deactivate_user(user=administrator, by=administrator)

    assert entries() == []


def test_create_contract(council, trust, entries):
    contract = create_contract(
        code="new",
        name="New",
        commissioner=council,
        provider=trust,
        starts_on=date(2019, 1, 1),
        years=7,
        by=BY,
    )

    (entry,) = entries()
    assert (contract.years, contract.grace_months) == (7, 6)
    assert entry.contract_code == "new"
    assert entry.changes["starts_on"] == "2019-01-01"


@pytest.mark.parametrize(
    "fields",
    [
        {"commissioner": "trust"},
        {"provider": "council"},
        {"starts_on": date(2019, 1, 2)},
        {"years": 0},
        {"reporting_until": date(2018, 1, 1)},
        {"code": "not a slug"},
    ],
    ids=str,
)
def test_create_contract_refuses(council, trust, entries, fields):
    parties = {"council": council, "trust": trust}
    wanted = {
        "code": "new",
        "name": "New",
        "commissioner": council,
        "provider": trust,
        "starts_on": date(2019, 1, 1),
    }
    wanted |= {name: parties.get(value, value) for name, value in fields.items()}

    with pytest.raises(ValidationError):
        create_contract(**wanted, by=BY)

    assert entries() == []


def test_change_contract(contract, administrator, entries):
    for _ in range(2):
        change_contract(contract=contract, by=administrator, grace_months=3, years=10)

    (entry,) = entries()
    assert Contract.objects.get().grace_months == 3
    assert (
        entry.summary == "Settings of the contract Children's services contract were changed: grace months."
    )
    assert entry.changes == {"grace_months": [6, 3]}
    assert entry.contract_code == "sandwell"


def test_change_contract_keeps_the_parties(contract):
    with pytest.raises(TypeError, match="provider"):
        change_contract(contract=contract, by=BY, provider=contract.provider)


def test_create_organisation(db, entries):
    create_organisation(kind="trust", code="new", name="New Trust", short_name="the Trust", by=BY)

    assert [entry.summary for entry in entries()] == ["New Trust, a trust, was added."]


def test_tokens(client_officer, entries):
    token = create_token(user=client_officer, by=BY, days=30)
    assert revoke_tokens(user=client_officer, by=BY) == 1
    assert revoke_tokens(user=client_officer, by=BY) == 0

    made, revoked = entries()
    assert made.summary == "A token for the API was made for client-officer; it runs out in 30 days."
    assert token not in str(made.changes)
    assert revoked.summary == "client-officer's tokens for the API were revoked: 1."


def test_token_is_refused_to_who_cannot_sign_in(client_officer, administrator):
    deactivate_user(user=client_officer, by=administrator)
    persona = create_user(username="persona", is_persona=True, by=BY)

    for user in (client_officer, persona):
        with pytest.raises(ValidationError):
            create_token(user=user, by=BY)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"years": 182}, "would end out of reach"),
        ({"reporting_until": date(9999, 12, 1)}, "last month is out of"),
    ],
)
def test_a_contract_lies_within_reach(contract, setting, words):
    with pytest.raises(ValidationError, match=words):
        change_contract(contract=contract, by=BY, **setting)
