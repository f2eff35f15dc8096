"""A file is read by the worker: progress, lost messages, and whatever ends a reading."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from core import clock
from kpis.returns import upload_handler
from kpis.returns.upload_handler import FIGURES
from parties.participants import participant_for
from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, page_of
from uploads.models import Upload
from uploads.reading import overdue_uploads, read_upload
from uploads.receiving import HandedIn, receive
from uploads.refusals import UploadRefused
from uploads.tasks import read_upload as task
from uploads.tasks import sweep

pytestmark = pytest.mark.usefixtures("in_process")


def test_a_file_waits_with_its_progress_until_it_is_read(participant, manager):
    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("march.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )

    page = page_of(manager, upload)
    assert page.progress is not None
    assert not page.progress.has_attr("value")
    assert page.select_one("noscript meta")["content"] == "3"

    Upload.objects.update(rows_total=20_000, rows_done=5_000)
    page = page_of(manager, upload)
    assert (page.progress["value"], page.progress["max"]) == ("5000", "20000")
    assert "Reading: 5,000 of 20,000 rows" in text(page.main)
    Upload.objects.update(rows_done=20_000)
    assert "All 20,000 rows read" in text(page_of(manager, upload).main)
    returns = BeautifulSoup(manager.get(f"{ADDRESS}returns/").content, "lxml")
    assert "march.csv Being read" in text(returns.select_one("ul.uploads"))

    task(upload.pk)

    assert page_of(manager, upload).progress is None


def test_the_sweep_finds_what_a_lost_message_left(participant):
    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("march.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    assert overdue_uploads(clock.now()) == []

    Upload.objects.update(uploaded_at=clock.now() - timedelta(minutes=2))
    assert overdue_uploads(clock.now()) == [upload.pk]
    sweep()

    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert overdue_uploads(clock.now()) == []


@pytest.mark.parametrize("field", ["uploaded_at", "alive_at"])
def test_a_file_of_the_future_is_found_too_when_the_day_begins_anew(participant, field):
    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("march.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    hours_on = clock.now() + timedelta(hours=23)
    Upload.objects.update(**({"uploaded_at": hours_on} | {field: hours_on}))

    assert overdue_uploads(clock.now()) == [upload.pk]


def test_without_a_worker_whoever_looks_at_a_forgotten_file_has_it_read(participant, manager, settings):
    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("march.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    Upload.objects.update(uploaded_at=clock.now() - timedelta(minutes=2))
    settings.CELERY_ON = True
    assert page_of(manager, upload).progress is not None

    settings.CELERY_ON = False

    assert page_of(manager, upload).progress is None


@pytest.mark.parametrize("fault", ["larger", "stranger"])
def test_what_may_not_be_handed_in_is_not_kept(participant, persona, settings, fault):
    settings.IMPORT_MAX_BYTES = 1 if fault == "larger" else 100
    by = participant if fault == "larger" else participant_for(persona("client-officer"), "sandwell")

    with pytest.raises(UploadRefused):
        receive(handler=FIGURES, by=by, given=HandedIn.file("a.csv", b"xx"))

    assert not Upload.objects.exists()


def test_progress_is_written_a_bounded_number_of_times(
    participant, monkeypatch, django_assert_max_num_queries
):
    content = (HEAD + "PI3,2020-03,1,2,,\n" * 20_000).encode()
    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("long.csv", content))

    with django_assert_max_num_queries(60):
        read_upload(upload.pk)

    upload.refresh_from_db()
    assert (upload.rows_total, upload.rows_done, len(upload.problems)) == (20_000, 20_000, 1_001)


def test_reading_a_second_time_changes_nothing(participant):
    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("a.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    read_upload(upload.pk)
    Upload.objects.filter(pk=upload.pk).update(rows_done=77)

    read_upload(upload.pk)

    assert Upload.objects.get().rows_done == 77


def test_a_file_withdrawn_while_it_is_read_stays_withdrawn(participant, monkeypatch):

    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("a.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    compare = upload_handler.compare

    def meanwhile(*args):
        Upload.objects.update(state=Upload.State.WITHDRAWN, content=b"")
        return compare(*args)

    monkeypatch.setattr(upload_handler, "compare", meanwhile)
    read_upload(upload.pk)

    assert Upload.objects.get().state == Upload.State.WITHDRAWN


def test_a_file_handed_in_again_while_it_is_read_is_read_anew(participant, monkeypatch):
    """The first reading compared with what was kept before; its verdict is nobody's any more."""
    content = f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", content))
    compare = upload_handler.compare

    def meanwhile(*args):
        found = compare(*args)
        receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", content))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(upload_handler, "compare", meanwhile)
        read_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.changes, upload.tries) == (Upload.State.WAITING, [], 0)

    read_upload(upload.pk)

    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED


def test_a_fault_of_the_program_is_said_and_not_tried_for_ever(participant, monkeypatch):
    from uploads import reading

    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", b"x"))
    monkeypatch.setattr(upload_handler, "check_header", lambda *args: 1 // 0)

    read_upload(upload.pk)

    assert Upload.objects.get().problems == [[0, "", reading.BROKEN, ""]]


class Death(BaseException):
    """The end of a process, which no "except Exception" sees."""


def test_a_file_that_ends_the_worker_is_refused_after_three_times(participant, manager, monkeypatch):

    begun = []

    def die(*args):
        begun.append(args)
        raise Death

    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", b"deadly"))
    monkeypatch.setattr(upload_handler, "check_header", die)

    for tries in (1, 2, 3):
        Upload.objects.update(uploaded_at=clock.now() - timedelta(hours=1))
        with pytest.raises(Death):
            sweep()
        upload.refresh_from_db()
        assert (upload.state, upload.tries) == (Upload.State.WAITING, tries)
        # Until it has been silent for five minutes it counts as being read.
        sweep()
        task(upload.pk)
        assert len(begun) == tries
        Upload.objects.update(alive_at=clock.now() - timedelta(minutes=5, seconds=1))
    sweep()

    assert len(begun) == 3
    page = page_of(manager, upload)
    assert page.progress is None
    assert "The program did not come to the end of this in 3 tries" in text(page.main)
    assert "Hand the same rows in as CSV or paste them, some at a time." in text(page.main)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.FAULTY, b"")


@pytest.mark.parametrize(
    "fault",
    [OperationalError("The server closed the connection."), SoftTimeLimitExceeded()],
    ids=["database", "time"],
)
def test_a_file_waits_on_where_something_else_ended_its_reading(participant, monkeypatch, fault):
    def fail(*args):
        raise fault

    content = f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", content))
    with monkeypatch.context() as patch:
        patch.setattr(upload_handler, "check_header", fail)
        with pytest.raises(type(fault)):
            task(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.WAITING, content)

    long_ago = clock.now() - timedelta(minutes=6)
    Upload.objects.update(alive_at=long_ago, uploaded_at=long_ago)
    sweep()

    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED


def test_a_long_reading_that_lives_is_left_alone(participant, monkeypatch):
    """Each bit of progress is a sign of life: no sweep begins the file a second time."""

    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("long.csv", (HEAD + "PI3,2020-03,1,2,,\n" * 60).encode()),
    )
    Upload.objects.update(uploaded_at="2020-01-01T00:00Z")
    compare = upload_handler.compare

    def slowly(*args):
        Upload.objects.update(alive_at=clock.now() - timedelta(minutes=30))
        found = compare(*args)
        assert overdue_uploads(clock.now()) == []
        return found

    monkeypatch.setattr(upload_handler, "compare", slowly)
    read_upload(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, upload.tries) == (Upload.State.FAULTY, 1)


def test_the_tries_of_a_file_that_is_handed_in_again_count_anew(participant, monkeypatch):
    upload = receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", b"deadly"))
    Upload.objects.update(tries=3, alive_at=clock.now())

    assert receive(handler=FIGURES, by=participant, given=HandedIn.file("a.csv", b"deadly")).pk == upload.pk

    upload.refresh_from_db()
    assert (upload.tries, upload.alive_at) == (0, None)


@pytest.mark.parametrize("lost", ["role", "contract"])
def test_a_file_of_somebody_who_left_is_not_read(participant, lost):
    from parties.models import Membership

    upload = receive(
        handler=FIGURES,
        by=participant,
        given=HandedIn.file("a.csv", f"{HEAD}PI3,2020-03,196,273,,\n".encode()),
    )
    held = Membership.objects.filter(user=participant.user)
    held.delete() if lost == "contract" else held.update(role="administrator")

    read_upload(upload.pk)

    assert "no longer enters figures" in Upload.objects.get().problems[0][2]


def test_an_odd_name_and_odd_signs_are_shown_plainly(manager, send):
    upload = send(b"indicator,month,value\nPI\x013\xe2\x80\xae,2020-03,1\n", name="a\u202e<b>.csv")

    assert upload.file_name == "a<b>.csv"
    assert "\x01" not in upload.problems[0][2]
    assert "\N{REPLACEMENT CHARACTER}" in upload.problems[0][2]
    page_of(manager, upload)
