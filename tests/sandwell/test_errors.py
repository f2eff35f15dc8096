"""Pages of errors: what happened, what was kept, what to do next; no insides, whatever is broken."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.html_rules import faults
from tests.sandwell.outages import without_database

STATUSES = (400, 403, 404, 409, 413, 429, 500, 503)
INSIDES = re.compile(r"Traceback|File \"|site-packages|Django|sqlite|psycopg|SECRET|settings", re.IGNORECASE)


@pytest.mark.parametrize("status", STATUSES)
def test_each_error_has_a_whole_page_of_its_own(rf, status):
    html = get_template(f"{status}.html").render({}, rf.get("/"))

    assert faults(html) == []
    assert "kept" in html or "still there" in html or "Nothing was" in html or "changed" in html
    assert not INSIDES.search(re.sub(r"<(link|script)[^>]*>", "", html))


def test_the_titles_differ(rf):
    titles = {
        re.search("<title>(.*?)</title>", get_template(f"{s}.html").render({}, rf.get("/")), re.DOTALL)[1]
        for s in STATUSES
    }

    assert len(titles) == len(STATUSES)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/here", 404),
        ("/contracts/sandwell/reports/", 403),
        ("/contracts/sandwell/?month=x", 404),
        ("/contracts/sandwell/indicators/PI99/", 404),
        ("/contracts/sandwell/indicators/%00/", 404),
        ("/%ff", 404),
    ],
)
def test_a_wrong_address_says_so(persona, signed_in, path, status):
    answer = signed_in(persona("client-officer")).get(path)

    assert answer.status_code == status
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert not INSIDES.search(re.sub(r"<(link|script)[^>]*>", "", answer.content.decode()))


def test_a_form_of_too_many_fields_says_what_was_kept_and_what_to_do(db, settings):
    client = Client(enforce_csrf_checks=True)
    fields = {f"line{number}-actual": "1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    answer = client.post("/sign-in/", fields)

    said = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 413
    assert "more fields than the 1000" in said and "Nothing was saved" in said and "Send fewer lines" in said


def test_a_form_without_its_token_has_expired(db):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in/", {"username": "x", "password": "y"})

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_a_wrong_method_is_named(persona, signed_in):
    answer = signed_in(persona("client-officer")).post("/contracts/sandwell/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_without_a_database_there_is_still_a_page(db, caplog):
    with without_database() as run:
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = "x" * 32
        answer = run(lambda: client.get("/contracts/sandwell/"))

    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert faults(html) == []
    assert "Nothing was lost" in html
    assert not INSIDES.search(re.sub(r"<(link|script)[^>]*>", "", html))
    assert "Content-Security-Policy" in answer
    assert "OperationalError" in caplog.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("reading", "Nothing was lost"),
        ("nothing", "What you sent was not saved"),
        ("unknown", "isn’t certain whether what you sent was saved"),
    ],
)
def test_what_became_of_what_was_sent_is_said_as_far_as_it_is_known(sent, kept):
    html = get_template("503.html").render({"sent": sent})

    assert faults(html) == []
    assert kept in html


def test_the_api_answers_errors_as_json(persona, signed_in):
    client = signed_in(persona("client-officer"))

    for path, status in (
        ("/api/v1/contracts/nowhere/statuses/", 404),
        ("/api/v1/contracts/sandwell/statuses/?month=x", 400),
        ("/api/v1/contracts/sandwell/statuses/?limit=x&offset=-5", 400),
    ):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/json"
        assert answer.json()
