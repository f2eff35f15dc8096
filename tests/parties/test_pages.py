"""Home, account and one's own password."""

import pytest

from audit.models import AuditEvent
from parties.models import User
from parties.services import create_user
from tests.cast import BY, PASSWORD

NEW = "seven herons at dawn"


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("client_officer", "/contracts/sandwell/"),
        ("trust_manager", "/contracts/sandwell/"),
        ("scrutiny_member", "/contracts/sandwell/reports/"),
        ("administrator", "/admin/"),
    ],
)
def test_home_leads_each_role_to_its_first_page(request, signed_in, who, address):
    person = request.getfixturevalue(who)

    answer = signed_in(person).get("/?month=2019-03")

    assert answer.url == f"{address}?month=2019-03"
    assert signed_in(person).get("/").url == address


def test_home_without_a_contract_says_what_comes_next(signed_in, db):
    loner = create_user(username="loner", by=BY)

    html = signed_in(loner).get("/").content.decode()

    assert "have no contract yet" in html
    assert "Ask your administrator" in html


def test_account_says_who_you_are_and_what_you_may_do(signed_in, client_officer):
    html = signed_in(client_officer).get("/account/").content.decode()

    assert "Client officer, Sandwell Council" in html
    assert "See the month&#x27;s status of every indicator" in html
    assert "before they are submitted" not in html
    assert "Accept or query" not in html  # what has no page yet isn't promised
    assert 'action="/sign-out/"' in html
    assert "/admin/" not in html


def test_account_of_an_administrator_leads_to_administration(signed_in, administrator):
    assert 'href="/admin/"' in signed_in(administrator).get("/account/").content.decode()


def test_account_without_a_role_says_so(signed_in, db):
    loner = create_user(username="loner", email="l@example.org", by=BY)

    html = signed_in(loner).get("/account/").content.decode()

    assert "you hold no role" in html and "l@example.org" in html


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post(
        "/account/password/", {"old_password": old, "new_password1": new, "new_password2": again}
    )


def test_password_change_keeps_this_session_and_ends_the_others(signed_in, with_password):
    here, elsewhere = signed_in(with_password), signed_in(with_password)
    assert "Present password" in here.get("/account/password/").content.decode()

    answer = change(here)

    assert answer.url == "/account/"
    assert "Your password is changed." in here.get("/account/").content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert User.objects.get(pk=with_password.pk).check_password(NEW)
    assert AuditEvent.objects.last().summary == "A new password was set for client-officer."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "wrong"}, "Your present password is not right."),
        ({"again": "something else"}, "The two new passwords differ."),
        ({"new": "short", "again": "short"}, "too short"),
        ({"new": "", "again": ""}, "Enter a new password"),
    ],
    ids=["old", "again", "short", "empty"],
)
def test_password_change_says_what_is_wrong(signed_in, with_password, typed, words):
    answer = change(signed_in(with_password), **typed)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert words in html
    assert "Error: Change your password" in html
    assert User.objects.get(pk=with_password.pk).check_password(PASSWORD)


def test_password_change_is_not_for_who_has_none(signed_in, client_officer):
    assert signed_in(client_officer).get("/account/password/").url == "/account/"


def test_present_password_is_not_found_out_by_trying(signed_in, with_password, settings):
    settings.SIGN_IN_TRIES_PER_PERSON = 3
    client = signed_in(with_password)

    answers = [change(client, old=f"guess {number}") for number in range(4)] + [change(client)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 800
    assert "Too many tries with a password" in answers[-1].content.decode()
    assert "Back to your account" in answers[-1].content.decode()
    assert User.objects.get(pk=with_password.pk).check_password(PASSWORD)
    assert AuditEvent.objects.last().summary == (
        "Changing the password as client-officer was refused after too many tries from one address."
    )


def test_right_present_password_takes_the_tries_back(signed_in, with_password, settings):
    settings.SIGN_IN_TRIES_PER_PERSON = 3
    client = signed_in(with_password)

    answers = [
        change(client, old="wrong"),
        *(change(client, again="something else") for _ in range(5)),
        change(client),
    ]

    assert [answer.status_code for answer in answers] == [200] * 6 + [302]
