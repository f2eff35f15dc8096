import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from audit.models import AuditEvent
from parties.models import SignInTries, User
from parties.services import create_user, deactivate_user
from tests.cast import BY, PASSWORD
from tests.pages import sent_by

SIGN_IN = "/sign-in/"
WRONG = "The user name or password is not right."


def credentials(username="client-officer", password=PASSWORD, **more):
    return {"username": username, "password": password, **more}


def test_right_password_leads_back_to_the_page_asked_for(client, with_password):
    answer = client.post(SIGN_IN, credentials(next="/account/?month=2019-03"))

    assert (answer.status_code, answer.url) == (302, "/account/?month=2019-03")
    assert client.get("/account/").status_code == 200
    last = AuditEvent.objects.last()
    assert (last.actor, last.action, last.summary) == (
        "client-officer",
        "session.began",
        "client-officer signed in.",
    )


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_sign_in_never_leads_elsewhere(client, with_password, elsewhere):
    assert client.post(SIGN_IN, credentials(next=elsewhere)).url == "/"


def test_user_name_is_right_in_any_case(client, with_password):
    assert client.post(SIGN_IN, credentials(username="Client-Officer")).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        credentials(password="wrong"),
        credentials(username="nobody"),
        credentials(username="client-officer\0"),
    ],
    ids=["password", "name", "NUL"],
)
def test_wrong_password_and_unknown_name_get_the_same_words(client, with_password, typed):
    answer = client.post(SIGN_IN, {**typed, "password": "wrong"})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert WRONG in html or "Null characters" in html
    assert "<title>Error: Sign in" in html
    assert 'href="#id_username"' in html
    assert "wrong" not in html.replace("is wrong", "")


def test_empty_fields_are_named(client, db):
    html = client.post(SIGN_IN, {}).content.decode()

    assert "Enter your user name" in html and "Enter your password" in html
    assert 'aria-describedby="id_username-error"' in html


def test_deactivated_person_stays_out(client, with_password, administrator):
    deactivate_user(user=with_password, by=administrator)

    assert WRONG in client.post(SIGN_IN, credentials()).content.decode()


def test_sign_in_changes_the_session_key(client, with_password):
    client.session.save()
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key

    client.post(SIGN_IN, credentials())

    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_who_is_signed_in_needs_no_sign_in_page(signed_in, client_officer):
    assert signed_in(client_officer).get(SIGN_IN + "?next=/account/").url == "/account/"


def test_sign_out_ends_the_session_and_says_so(signed_in, client_officer):
    client = signed_in(client_officer)

    answer = client.post("/sign-out/")

    assert answer.url == "/sign-in/?ended=signed-out"
    assert "You are signed out." in client.get(answer.url).content.decode()
    assert client.get("/account/").status_code == 302
    assert not Session.objects.exists()
    assert AuditEvent.objects.last().summary == "client-officer signed out."


def test_sign_out_twice_does_nothing_more(client, db):
    before = AuditEvent.objects.count()

    assert client.post("/sign-out/").status_code == 302
    assert AuditEvent.objects.count() == before


def test_sign_out_takes_a_form(signed_in, client_officer):
    """Its address, opened in a browser, leads to the page with the form, and signs nobody out."""
    client = signed_in(client_officer)

    page = client.get("/sign-out/", follow=True)

    assert page.redirect_chain == [("/account/", 302)]
    assert sent_by(page, "/sign-out/").keys() >= {"csrfmiddlewaretoken"}
    assert client.get("/account/").status_code == 200


def test_forms_need_their_token(with_password):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(SIGN_IN, credentials()).status_code == 403


def test_deactivation_ends_a_session_at_the_next_request(signed_in, client_officer, administrator):
    client = signed_in(client_officer)
    deactivate_user(user=client_officer, by=administrator)

    assert client.get("/account/").status_code == 302


def test_production_knows_no_persona(signed_in, client_officer, settings):
    settings.IS_PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False
    persona = create_user(username="persona", is_persona=True, by=BY)

    assert signed_in(persona).get("/account/").status_code == 302
    assert signed_in(client_officer).get("/account/").status_code == 200


def test_endless_user_name_is_answered_with_words(client, with_password):
    answer = client.post(SIGN_IN, credentials(username="o" * 100_000))

    assert answer.status_code == 200
    assert "The user name is too long" in answer.content.decode()


def test_tries_keep_no_name_and_no_address(client, with_password):
    client.post(SIGN_IN, credentials(password="wrong"))

    keys = list(SignInTries.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(len(key) == 64 and "officer" not in key for key in keys)


@pytest.mark.parametrize("path", ["home", "account", "password-change"])
def test_own_pages_ask_for_sign_in(client, db, path):
    address = reverse(path)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=")


def test_natural_key_is_the_user_name(client_officer):
    assert User.objects.get_by_natural_key("CLIENT-OFFICER") == client_officer
