import pytest
from celery.signals import beat_init, worker_init
from django.core.checks import Tags, run_checks
from django.db import connection
from django.urls import NoReverseMatch, reverse

from audit.models import AuditEvent
from parties.checks import no_personas_in_production
from parties.demonstration import PERSONAS, load_personas
from parties.models import Membership, Organisation, User
from parties.services import deactivate_user
from sandwell.celery import refuse_faulty_database
from tests.cast import BY


@pytest.fixture
def demo(settings, contract):
    """The demonstration's people, and its door."""
    settings.IS_DEMO = True
    settings.ROOT_URLCONF = "tests.parties.demonstration_urls"
    load_personas(by=BY, contract=contract)


def test_personas_are_loaded_once(contract):
    load_personas(by=BY, contract=contract)
    entries = AuditEvent.objects.count()
    load_personas(by=BY, contract=contract)

    assert AuditEvent.objects.count() == entries
    assert sorted(Membership.objects.values_list("user__username", "organisation__kind", "role")) == [
        ("action-owner", "partner", "action_owner"),
        ("administrator", "council", "administrator"),
        ("board-reader", "council", "board_reader"),
        ("client-officer", "council", "client_officer"),
        ("council-finance", "council", "council_finance"),
        ("finance-lead", "trust", "finance_lead"),
        ("scrutiny-member", "council", "scrutiny_member"),
        ("trust-manager", "trust", "trust_manager"),
    ]
    assert sorted(Organisation.objects.values_list("name", flat=True)) == [
        "Sandwell Children's Trust",
        "Sandwell Council",
        "West Midlands Police",
    ]


def test_personas_have_no_password_and_no_personal_name(contract):
    load_personas(by=BY, contract=contract)

    for user in User.objects.all():
        assert not user.has_usable_password()
        assert user.display_name in {persona.label for persona in PERSONAS}
        assert user.email == f"{user.username}@demonstration.example"


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.username)
def test_sign_in_page_continues_as(client, demo, persona):
    html = client.get("/sign-in/?next=/account/").content.decode()
    assert f"Continue as {persona.label.lower()}" in html

    answer = client.post("/continue-as/", {"persona": persona.username, "next": "/account/"})

    assert answer.url == "/account/"
    assert AuditEvent.objects.last().summary == (
        f"Someone continued as the demonstration's {persona.username}."
    )


def test_one_persona_after_another(client, demo):
    for username in ("client-officer", "trust-manager"):
        client.post("/continue-as/", {"persona": username})

    assert client.session["_auth_user_id"] == str(User.objects.get(username="trust-manager").pk)


def test_only_active_personas_are_continued_as(client, demo, django_user_model):
    django_user_model.objects.create(username="real", password="!")
    deactivate_user(user=User.objects.get(username="trust-manager"), by=BY)

    for username in ("real", "trust-manager", "", "nobody"):
        assert client.post("/continue-as/", {"persona": username}).status_code == 404
    assert client.post("/continue-as/", {"persona": "\0"}).status_code == 404
    assert client.get("/continue-as/?next=/account/").url == "/sign-in/?next=/account/"


def test_door_is_not_there_outside_the_demonstration(client, contract):
    load_personas(by=BY, contract=contract)

    with pytest.raises(NoReverseMatch):
        reverse("continue-as")
    assert client.post("/continue-as/", {"persona": "client-officer"}).status_code == 404
    assert "Continue as" not in client.get("/sign-in/").content.decode()


def test_door_stays_shut_even_if_it_were_routed(client, demo, settings):
    settings.IS_DEMO = False

    assert client.post("/continue-as/", {"persona": "client-officer"}).status_code == 404


def test_production_refuses_personas(settings, contract):
    settings.IS_PRODUCTION = True
    assert run_checks(tags=[Tags.database], databases=["default"]) == []

    load_personas(by=BY, contract=contract)

    (error,) = run_checks(tags=[Tags.database], databases=["default"])
    assert error.id == "parties.E001"
    assert error.is_serious()
    assert no_personas_in_production() == []  # no database was named


def test_no_worker_works_on_a_production_database_with_personas(settings, contract):
    settings.IS_PRODUCTION = True
    refuse_faulty_database()

    load_personas(by=BY, contract=contract)

    for starting in (worker_init, beat_init):
        with pytest.raises(SystemExit, match="holds demonstration personas"):
            starting.send(sender=None)


def test_other_environments_allow_personas(contract):
    load_personas(by=BY, contract=contract)

    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_new_database_without_tables_has_no_personas(settings, db, monkeypatch):
    settings.IS_PRODUCTION = True
    monkeypatch.setattr(User._meta, "db_table", "parties_not_there_yet")

    assert no_personas_in_production(databases=[connection.alias]) == []
