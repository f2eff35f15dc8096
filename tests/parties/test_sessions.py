"""Idle and absolute limits of a session."""

import pytest
from django.contrib.sessions.models import Session

from audit.models import AuditEvent
from parties.sessions import BEGAN, SEEN, why_ended


@pytest.fixture
def aged(signed_in, client_officer):
    """A client signed in so many seconds ago, and last seen so many seconds ago."""

    def make(*, began: int, seen: int):
        client = signed_in(client_officer)
        session = client.session
        session[BEGAN] -= began
        session[SEEN] -= seen
        session.save()
        return client

    return make


@pytest.mark.parametrize(
    ("began", "seen", "limit"),
    [
        (0, 0, None),
        (3590, 3590, None),
        (3601, 3601, "idle"),
        (12 * 3600 - 10, 0, None),
        (12 * 3600, 0, "absolute"),
        (13 * 3600, 2 * 3600, "absolute"),
    ],
)
def test_limits(aged, began, seen, limit):
    client = aged(began=began, seen=seen)

    answer = client.get("/sign-in/?next=/account/")

    if limit is None:
        assert answer.url == "/account/"
        assert Session.objects.count() == 1
    else:
        assert answer.url == f"/sign-in/?ended={limit}&next=%2Fsign-in%2F%3Fnext%3D%2Faccount%2F"
        assert Session.objects.count() == 0
        assert AuditEvent.objects.last().summary == f"client-officer was signed out by the {limit} limit."


def test_sign_in_page_says_what_happened(aged):
    client = aged(began=3601, seen=3601)

    html = client.get(client.get("/account/").url).content.decode()

    assert "You were signed out after 60 minutes without activity." in html
    assert "go on where you were" in html
    assert 'value="/account/"' in html


def test_lengths_in_words(settings):
    assert why_ended("absolute") == "You were signed out 12 hours after you signed in."
    settings.SESSION_IDLE_SECONDS = 60
    assert why_ended("idle") == "You were signed out after 1 minute without activity."
    assert why_ended("<script>") == ""


def test_reading_on_writes_the_session_once_a_minute(aged, django_assert_num_queries):
    client = aged(began=100, seen=61)
    before = client.session[SEEN]

    client.get("/sign-in/")
    after_first = client.session[SEEN]
    with django_assert_num_queries(2):  # the session and the person; nothing is written
        client.get("/sign-in/")

    assert before + 60 < after_first
    assert client.session[SEEN] == after_first


def test_use_keeps_an_idle_session_alive(aged):
    client = aged(began=7000, seen=3000)

    client.get("/sign-in/")

    assert client.get("/sign-in/").url == "/"


def test_session_without_a_clock_is_ended(aged):
    client = aged(began=0, seen=0)
    session = client.session
    del session[BEGAN]
    session.save()

    assert client.get("/account/").url.startswith("/sign-in/?ended=absolute")


def test_program_gets_its_own_answer_not_a_page(aged):
    client = aged(began=3601, seen=3601)

    answer = client.get("/api/nowhere/")

    assert answer.status_code in (401, 403, 404)
    assert Session.objects.count() == 0


def test_use_keeps_a_session_alive_under_the_shortest_limit(aged, settings):
    settings.SESSION_IDLE_SECONDS = 60
    client = aged(began=100, seen=40)

    client.get("/sign-in/")

    session = client.session
    session[SEEN] -= 40
    session.save()
    assert client.get("/sign-in/").url == "/"


def test_a_form_sent_to_no_page_by_an_ended_session_leads_to_the_sign_in(aged):
    answer = aged(began=3601, seen=3601).post("/nowhere/at/all/", {"a": "b"})

    assert answer.url == "/sign-in/?ended=idle"
