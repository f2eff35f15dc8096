"""An app that is installed and declares itself is found by every room that collects, without a line changed there."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from celery import Celery
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.urls import clear_url_caches

import sandwell.urls
from audit.services import record
from core import clock
from core.release import release
from notices.creating import create_notices
from notices.falling_due import tell_what_falls_due
from notices.models import Notice
from parties.participants import participant_for
from parties.roles import Permission, giving_roles
from sandwell.celery import schedule_jobs
from tests.tiny import declaration as tiny
from uploads.committing import commit
from uploads.receiving import HandedIn, receive

pytestmark = pytest.mark.django_db

ADDRESS = "/contracts/sandwell/"


def _addresses_anew() -> None:
    importlib.reload(sandwell.urls)
    clear_url_caches()


@pytest.fixture
def garden() -> Iterator[None]:
    with override_settings(INSTALLED_APPS=[*project.INSTALLED_APPS, "tests.tiny"]):
        _addresses_anew()
        yield
    _addresses_anew()


@pytest.fixture
def officer(garden: None, client_officer: Any, signed_in: Any) -> Any:
    return signed_in(client_officer)


def soup(client: Any, path: str) -> BeautifulSoup:
    answer = client.get(ADDRESS + path)
    assert answer.status_code == 200, answer.content
    return BeautifulSoup(answer.content, "lxml")


def text(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def test_its_page_stands_in_the_navigation_with_what_waits_there(officer, trust_manager, signed_in):
    navigation = soup(officer, "notices/").find("nav", attrs={"aria-label": "Sections"})

    [link] = [found for found in navigation.find_all("a") if found["href"] == f"{ADDRESS}garden/"]
    assert text(link) == "Garden 3 waiting"
    assert officer.get(f"{ADDRESS}garden/").status_code == 200
    assert signed_in(trust_manager).get(f"{ADDRESS}garden/").status_code == 403
    assert "Garden" not in text(soup(signed_in(trust_manager), "notices/"))
    assert "Walk in the garden" in officer.get("/account/").content.decode()


def test_a_kept_page_tells_what_waits_now(demonstration, garden, persona, signed_in, monkeypatch):
    officer = signed_in(persona("client-officer"))
    before = officer.get(ADDRESS)
    monkeypatch.setattr(tiny, "buds", ["rose"])
    after = officer.get(ADDRESS, headers={"If-None-Match": before["ETag"]})

    assert "Garden 3 waiting" in text(BeautifulSoup(before.content, "lxml").find("nav"))
    assert "Garden 1 waiting" in text(BeautifulSoup(after.content, "lxml").find("nav"))


def test_a_name_that_two_apps_declare_is_refused(monkeypatch):
    monkeypatch.setattr(tiny, "DECLARES", [Permission("notice.view", "Told twice", roles=())])
    installed = override_settings(INSTALLED_APPS=[*project.INSTALLED_APPS, "tests.tiny"])
    with installed, pytest.raises(ImproperlyConfigured, match=r"'notice.view' is declared twice"):
        giving_roles("notice.view")


def test_what_falls_due_in_it_stands_in_the_calendar(officer):
    words = text(soup(officer, "calendar/"))

    assert "The gardener waters the roses" in words
    assert "The lawn needs nothing." in words


def test_its_notices_are_told_shown_and_chosen(officer, contract, client_officer, trust_manager):
    create_notices(
        people=[client_officer], contract=contract, kind="planted", key="1", words="A rose.", path="/"
    )
    tell_what_falls_due(today=clock.today())

    page = soup(officer, "notices/")
    assert "Planted" in text(page)
    assert {choice["value"] for choice in page.find_all("input", attrs={"name": "wanted"})} >= {"planted"}
    assert "something is planted" in text(page)
    told = Notice.objects.filter(words="Water the roses.")
    assert [notice.user for notice in told] == [client_officer]


def test_its_entries_stand_in_the_trail_in_its_words(officer, contract, client_officer):
    with transaction.atomic():
        record(
            by=client_officer,
            action="garden.planted",
            subject=contract,
            contract=contract.code,
            summary="A rose.",
            changes={"roses": 4},
        )

    found = text(soup(officer, "trail/?what=gardened").find("table", class_="trail"))
    assert "In the garden: A rose." in found
    assert "now 4 roses" in found
    assert soup(officer, "trail/?what=answered").find("table", class_="trail") is None


def test_its_files_are_read_previewed_and_committed(officer, client_officer, settings):
    settings.CELERY_ON = False
    tiny.saved.clear()
    gardener = participant_for(client_officer, "sandwell")

    with transaction.atomic():
        upload = receive(
            by=gardener, handler=tiny.PLANTS, given=HandedIn.file("plants.txt", b"plant\nrose\nlily\n")
        )
    from uploads.reading import read_upload

    read_upload(upload.pk)

    assert "Save these 2 as plants" in text(soup(officer, f"uploads/{upload.pk}/"))
    assert commit(by=gardener, upload_id=upload.pk) == 2
    assert tiny.saved == ["rose", "lily"]
    assert "Look at the garden" in text(soup(officer, f"uploads/{upload.pk}/"))


def test_its_job_its_health_and_its_part_of_the_demonstration_are_found(officer, client):
    tiny.loaded.clear()
    worker = Celery("a worker of its own", set_as_current=False)

    schedule_jobs(worker)
    call_command("load_demonstration", verbosity=0)

    assert worker.conf.beat_schedule["water-the-roses"]["task"] == "tiny.water"
    assert client.get("/health/ready").json()["checks"]["garden"] == "ok"
    assert tiny.loaded == ["sandwell"]


def test_its_code_is_part_of_the_release(garden):
    with_it = release()

    with override_settings(INSTALLED_APPS=[app for app in project.INSTALLED_APPS if app != "tests.tiny"]):
        assert release() != with_it


def test_without_it_nothing_of_it_is_left(client_officer, signed_in):
    assert signed_in(client_officer).get(f"{ADDRESS}garden/").status_code == 404
    assert "Garden" not in text(soup(signed_in(client_officer), "notices/"))
