"""The log of an installation: one event of JSON a line, tied to its request, and no secret in it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import django
django.setup()
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path
from sandwell import urls

def broken(request):
    secret = "the quarry lantern"
    raise RuntimeError("A part is broken")

def refused(request):
    raise PermissionDenied

urls.urlpatterns += [path("broken", broken), path("refused", refused)]
client = Client(raise_request_exception=False)
client.get("/health/live")
client.post("/broken", {"password": "walrus"})
client.get("/refused")
client.get("/calendar/quarry-lantern_1.ics", headers={"Referer": "/calendar/quarry-lantern_1.ics"})
"""


@pytest.fixture(scope="module")
def events() -> list[dict[str, object]]:
    environment = os.environ | {
        "SANDWELL_ENV": "test", "LOG_JSON": "1", "DJANGO_SETTINGS_MODULE": "sandwell.settings", "DATABASE_URL": "",
        "REDIS_URL": "",
    }  # fmt: skip
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == ""
    return [json.loads(line) for line in asked.stderr.splitlines()]


def test_each_line_is_an_event_with_its_request(events):
    assert len({event["request_id"] for event in events}) == 4
    for event in events:
        assert {"event", "level", "timestamp", "logger"} <= set(event)
    finished = [event for event in events if event["event"] == "request_finished"]
    assert finished[0]["code"] == 200


def test_an_error_is_logged_with_its_place_and_without_its_variables(events):
    failed = [event for event in events if event["level"] == "error"]

    assert failed
    text = json.dumps(failed)
    assert "A part is broken" in text
    assert "RuntimeError" in text
    assert '"secret":' not in json.dumps(events)
    assert "walrus" not in json.dumps(events)


def test_the_secret_of_a_calendars_address_is_not_logged(events):
    text = json.dumps(events, ensure_ascii=False)

    assert "GET /calendar/….ics" in text
    assert "quarry-lantern" not in text


def test_a_page_that_is_refused_is_one_line_without_a_traceback(events):
    asked = [event for event in events if "/refused" in str(event) and event["event"] != "request_started"]

    assert [(event["event"], event["code"]) for event in asked] == [("request_finished", 403)]
    assert "exception" not in asked[0]
