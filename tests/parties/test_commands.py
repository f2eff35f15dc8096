"""The commands that start a production installation, through the command line's own door."""

import io
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from knox.models import AuthToken

from audit.models import AuditEvent
from core import clock
from parties.models import Contract, Organisation, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NORTH = {
    "commissioner": "north-council:North Council:the council",
    "provider": "north-trust:North Trust:the Trust",
    "starts_on": "2018-04-01",
}


def run(name, *args, **options) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """What stands on standard input."""

    def put(text):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return put


@pytest.fixture
def terminal(monkeypatch):
    """Someone at a terminal, who types these passwords one after the other."""

    def sit(*passwords):
        waiting = list(passwords)
        monkeypatch.setattr(sys, "stdin", type("Terminal", (io.StringIO,), {"isatty": lambda self: True})())
        monkeypatch.setattr("getpass.getpass", lambda prompt: waiting.pop(0))

    return sit


def test_create_contract_then_administrator(client, typed):
    run("create_contract", "north", "North contract", **NORTH)
    typed(PASSWORD + "\n")
    said = run("create_administrator", "ada", organisation="north-council", email="a@example.org")

    assert said == "ada is an administrator in North Council and can sign in.\n"
    assert client.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Contract.objects.get().break_after_years is None
    assert set(AuditEvent.objects.values_list("action", flat=True)[:5]) == {
        "organisation.created",
        "contract.created",
        "person.created",
        "membership.granted",
    }


def test_create_contract_takes_organisations_that_exist(contract):
    run(
        "create_contract",
        "second",
        "Second",
        commissioner="sandwell-council",
        provider="sandwell-trust",
        starts_on="2021-04-01",
        years=3,
    )

    assert Organisation.objects.count() == 2
    assert Contract.objects.get(code="second").years == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_on": "2018-04-02"}, "first day of a month"),
        ({"commissioner": "north-council"}, "There is no organisation 'north-council'"),
        ({"commissioner": "Bad Code:North:north"}, "Nothing was written"),
        ({"years": 0}, "at least one year"),
    ],
)
def test_create_contract_refuses_and_writes_nothing(change, words):
    with pytest.raises(CommandError, match=words):
        run("create_contract", "north", "North", **{**NORTH, **change})

    assert not Organisation.objects.exists()


def test_create_administrator_at_a_terminal(council, terminal):
    terminal(PASSWORD, PASSWORD)
    run("create_administrator", "ada", organisation="sandwell-council")

    assert User.objects.get().check_password(PASSWORD)


def test_create_administrator_refuses_two_passwords(council, terminal):
    terminal(PASSWORD, "another")

    with pytest.raises(CommandError, match="differ"):
        run("create_administrator", "ada", organisation="sandwell-council")


@pytest.mark.parametrize(
    ("username", "password", "organisation", "words"),
    [
        ("ada", "short", "sandwell-council", "too short"),
        ("not a name", PASSWORD, "sandwell-council", "valid username"),
        ("ada", PASSWORD, "nowhere", "create_contract first"),
    ],
)
def test_create_administrator_refuses(council, typed, username, password, organisation, words):
    typed(password)

    with pytest.raises(CommandError, match=words):
        run("create_administrator", username, organisation=organisation)

    assert not User.objects.exists()


def test_api_token_is_printed_once_and_works_until_it_is_revoked(client, client_officer):
    token = run("create_api_token", "client-officer", days=30).strip()
    stored = AuthToken.objects.get()
    assert token not in (stored.digest, stored.token_key)
    assert timedelta(days=29) < stored.expiry - clock.real_now() <= timedelta(days=30)

    said = run("revoke_api_tokens", "client-officer")

    assert said == "1 tokens of client-officer revoked.\n"
    assert not AuthToken.objects.exists()


@pytest.mark.parametrize(
    ("username", "days", "words"),
    [("nobody", 1, "Nobody has the user name"), ("client-officer", 0, "at least one day")],
)
def test_api_token_is_refused(client_officer, username, days, words):
    with pytest.raises(CommandError, match=words):
        run("create_api_token", username, days=days)


def test_api_token_is_refused_to_the_deactivated(client_officer):
    User.objects.update(is_active=False)

    with pytest.raises(CommandError, match="deactivated"):
        run("create_api_token", "client-officer")
