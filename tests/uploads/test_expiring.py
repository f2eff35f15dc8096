"""What nobody settles is dropped and says so."""

import re

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from kpis.returns.models import Draft
from kpis.returns.upload_handler import FIGURES
from sandwell.celery import app
from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, left, page_of, save
from uploads import expiring
from uploads.models import Upload
from uploads.receiving import HandedIn, receive
from uploads.tasks import drop_old_files

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize(
    "content", [f"{HEAD}PI3,2020-03,196,273,,\n".encode(), HEAD.encode() + b"PI3,2020-03,x,,,\n"]
)
def test_a_file_that_nobody_settles_is_dropped_and_says_so(participant, manager, send, content):
    upload = send(content)
    left(upload, 30)
    drop_old_files()

    upload.refresh_from_db()
    assert upload.state == Upload.State.EXPIRED
    assert (bytes(upload.content), upload.changes, upload.problems) == (b"", [], [])
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.actor, event.contract_code) == (
        "upload.figures.expired",
        "daily sweep",
        "sandwell",
    )
    page = page_of(manager, upload)
    assert text(page.select_one(".lede")) == (
        "This file was dropped, because nobody saved or withdrew it for 30 days. Nothing was saved from it."
    )
    assert page.main.find("form", action=re.compile("uploads")) is None
    returns = BeautifulSoup(manager.get(f"{ADDRESS}returns/").content, "lxml")
    assert "march.csv Dropped, never saved" in text(returns.select_one("ul.uploads"))
    drop_old_files()
    assert AuditEvent.objects.latest("sequence") == event


def test_a_file_that_was_never_read_is_dropped_too(participant):
    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", b"x"))
    left(upload, 31)
    drop_old_files()

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.EXPIRED, b"")


@pytest.mark.parametrize("act", ["save", "withdraw"])
def test_what_was_dropped_is_neither_saved_nor_withdrawn(manager, send, act):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    left(upload, 31)
    drop_old_files()

    answer = manager.post(f"{ADDRESS}uploads/{upload.pk}/{act}/", follow=True)

    assert "This file was dropped meanwhile" in answer.content.decode()
    assert not Draft.objects.filter(indicator__code="PI3").exists()
    assert Upload.objects.get().state == Upload.State.EXPIRED


@pytest.mark.parametrize(
    "what", ["younger", "saved", "withdrawn", "handed in again", "read lately", "kept for longer"]
)
def test_what_is_settled_or_lately_used_is_kept(participant, manager, send, settings, what):
    content = f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    upload = send(content)
    left(upload, 29 if what == "younger" else 31)
    if what == "saved":
        save(manager, upload)
    if what == "withdrawn":
        manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")
    if what == "handed in again":
        assert (
            receive(handler=FIGURES, by=participant, given=HandedIn.file("march.csv", content)).pk
            == upload.pk
        )
    if what == "read lately":
        Upload.objects.update(checked_at=clock.now())
    if what == "kept for longer":
        settings.UPLOADS_KEPT_DAYS = 60
    before = Upload.objects.values().get()

    drop_old_files()

    assert Upload.objects.values().get() == before


def test_who_settles_it_at_the_last_moment_was_first(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    left(upload, 31)
    manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")

    # As if it had been found old a moment ago.
    assert expiring._drop(upload.pk, clock.now()) is False

    assert Upload.objects.get().state == Upload.State.WITHDRAWN


def test_beat_drops_them_each_night():
    entry = app.conf.beat_schedule["drop-files-that-nobody-settled"]

    assert entry["task"] == drop_old_files.name
    assert str(entry["schedule"]).startswith("<crontab: 30 3 ")
