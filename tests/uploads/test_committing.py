"""Taking over saves all or nothing, once; withdrawing empties the row."""

import pytest

from audit.models import AuditEvent
from kpis.returns.models import Draft
from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, MARCH, draft, kinds, page_of, save
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")


def test_taking_over_saves_all_and_says_so_once(participant, manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,Two posts\nPI4,2020-02,1,2,,\n".encode())
    events = AuditEvent.objects.count()

    first, second = save(manager, upload), save(manager, upload)

    assert first["Location"] == second["Location"]
    made = Draft.objects.get(indicator__code="PI3", month=MARCH.first_day)
    assert (made.numerator, made.denominator, made.commentary) == ("196", "273", "Two posts")
    assert Draft.objects.get(indicator__code="PI4").month.isoformat() == "2020-02-01"
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.TAKEN, b"")
    assert "typed" not in str(upload.changes)
    (event,) = AuditEvent.objects.order_by("sequence")[events:]
    assert event.summary == "2 drafts saved from a spreadsheet, of February 2020, March 2020."
    assert "196" not in str(event.changes)
    page = page_of(manager, upload)
    assert {str(link["href"]) for link in page.select("ul.uploads a")} == {
        f"{ADDRESS}returns/2020-03/", f"{ADDRESS}returns/2020-02/"
    }  # fmt: skip


def test_a_draft_saved_meanwhile_is_not_overwritten(participant, manager, send, committed):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\nPI4,2020-03,1,2,,\n".encode())
    draft(participant, "PI3", numerator="5", denominator="6")

    with committed():
        answer = manager.post(f"{ADDRESS}uploads/{upload.pk}/save/", follow=True)

    assert "PI3 changed since these rows were read" in answer.content.decode()
    assert Draft.objects.get(indicator__code="PI3").numerator == "5"
    assert not Draft.objects.filter(indicator__code="PI4", month=MARCH.first_day).exists()
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert kinds(upload)["PI3", "2020-03"] == "changed"
    assert save(manager, upload).status_code == 302
    assert Draft.objects.get(indicator__code="PI3").numerator == "196"


def test_withdrawing_empties_the_row_once(participant, manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    events = AuditEvent.objects.count()

    for _ in range(2):
        assert manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/").status_code == 302

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content), upload.changes) == (Upload.State.WITHDRAWN, b"", [])
    assert AuditEvent.objects.count() == events + 1
    assert "was withdrawn" in text(page_of(manager, upload).select_one(".lede"))
    save(manager, upload)
    assert not Draft.objects.filter(indicator__code="PI3").exists()


def test_what_was_saved_is_not_withdrawn(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    save(manager, upload)

    answer = manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/", follow=True)

    assert "This file was saved already" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.state == Upload.State.TAKEN


def test_a_file_without_changes_is_not_saved(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,,,,\n".encode())

    answer = manager.post(f"{ADDRESS}uploads/{upload.pk}/save/", follow=True)

    assert "Nothing changes by this file." in answer.content.decode()


def test_the_same_file_sent_twice_is_one_upload(send):
    first = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    events = AuditEvent.objects.count()

    assert send(f"{HEAD}PI3,2020-03,196,273,,\n".encode()).pk == first.pk
    assert AuditEvent.objects.count() == events
    assert Upload.objects.get().state == Upload.State.CHECKED
