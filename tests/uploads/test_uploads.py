"""From a spreadsheet into drafts: template and back, preview, all or nothing, two people at once, who sees what."""

import io
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from openpyxl import load_workbook

from audit.models import AuditEvent
from core import clock
from core.values.months import Month
from kpis.figures.models import Figure
from kpis.returns import upload_handler
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftEdit, current_entries, save_drafts
from kpis.returns.models import Draft
from kpis.returns.upload_handler import FIGURES
from parties.participants import participant_for
from sandwell.celery import app
from tests.pages import text
from tests.spreadsheets import workbook
from uploads import expiring
from uploads.models import Upload
from uploads.reading import overdue_uploads, read_upload
from uploads.receiving import receive
from uploads.refusals import UploadRefused
from uploads.tasks import drop_old_files, sweep
from uploads.tasks import read_upload as task

pytestmark = pytest.mark.usefixtures("in_process")

MARCH = Month(2020, 3)
ADDRESS = "/contracts/sandwell/"
SHEET = f"{ADDRESS}returns/2020-03/spreadsheet/"
HEAD = "indicator,month,numerator,denominator,value,commentary\n"


@pytest.fixture
def participant(demonstration, persona):
    return participant_for(persona("trust-manager"), "sandwell")


@pytest.fixture
def trust(participant, signed_in):
    return signed_in(participant.user)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def send(trust, committed):
    """Hands a file or rows in as the Trust manager, has it read, and gives the upload: send(b"...", rows="")."""

    def send(content=None, *, rows="", name="march.csv"):
        form = (
            {"rows": rows} if content is None else {"file": SimpleUploadedFile(name, content), "rows": rows}
        )
        with committed():
            answer = trust.post(SHEET, form)
        assert answer.status_code == 302, problems_of(answer)
        return Upload.objects.get(pk=int(answer["Location"].split("/")[-2]))

    return send


def problems_of(answer):
    return [text(one) for one in BeautifulSoup(answer.content, "lxml").select(".govuk-error-message")]


def kinds(upload):
    return {(one["code"], one["month"]): one["kind"] for one in upload.changes}


def page_of(client, upload):
    answer = client.get(f"{ADDRESS}uploads/{upload.pk}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def kept_of(participant, month, code):
    return current_entries(participant, month, [participant.contract.indicators.get(code=code)])[code]


def draft(participant, code, month=MARCH, **texts):
    now = kept_of(participant, month, code)
    indicator = participant.contract.indicators.get(code=code)
    save_drafts(
        by=participant,
        month=month,
        edits=[DraftEdit(indicator, DraftText(**texts), now.text.content_hash, now.latest_id)],
    )


# The template


@pytest.mark.parametrize("month", ["2020-03", "2019-12"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_comes_back_and_changes_nothing(participant, trust, send, kind, month):
    if month == "2020-03":
        draft(participant, "PI3", numerator="abc", commentary='=1+1 is what\r\nthey said, “quoted” "so"')
        draft(participant, "PI5", numerator="196.0", denominator="273.000", value="71.8")
        draft(participant, "PI9", commentary="-2 posts")
        draft(participant, "PI1", standing="cannot_report", reason="Lost", expected_on="2020-05-12")
        draft(participant, "PI4", value="12345678901.1234", commentary="'=x")

    answer = trust.get(f"{ADDRESS}returns/{month}/template.{kind}")
    upload = send(answer.content, name=f"t.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="sandwell-{month}.{kind}"'
    assert upload.problems == []
    assert upload.state == Upload.State.CHECKED
    assert len(upload.changes) == 20
    assert {one["kind"] for one in upload.changes} <= {"same", "left_out"}
    assert "Nothing changes" in text(page_of(trust, upload).select_one(".lede"))


def test_every_export_that_says_so_comes_back(trust, send):
    for code in ("PI2", "PI9", "PI14", "SM3"):
        exported = trust.get(f"{ADDRESS}indicators/{code}/figures.csv").content
        upload = send(exported, name=f"{code}.csv")

        assert upload.problems == []
        assert len(upload.changes) >= 12
        assert {one["kind"] for one in upload.changes} == {"same"}


def test_the_workbook_keeps_to_the_checklist(trust, participant):
    draft(participant, "PI3", commentary="=HYPERLINK(1)")

    book = load_workbook(io.BytesIO(trust.get(f"{ADDRESS}returns/2020-03/template.xlsx").content))
    (edit,) = book.worksheets
    (table,) = edit.tables.values()

    assert (table.displayName, table.ref) == ("Return_2020_03", "A1:L21")
    assert table.autoFilter is None
    assert edit.auto_filter.ref is None
    assert edit.freeze_panes is None
    assert not edit.merged_cells.ranges
    assert edit.sheet_view.selection[0].activeCell in (None, "A1")
    assert book.properties.title == "Return of March 2020"
    assert book.properties.creator == participant.contract.provider.name
    header = [cell.value for cell in edit[1]]
    assert header[:3] == ["indicator", "name", "month"]
    assert all(cell.value for row in edit.iter_rows(max_col=5) for cell in row)
    commentary = {row[0].value: row[8] for row in edit.iter_rows(min_row=2)}
    assert commentary["PI3"].value == "'=HYPERLINK(1)"
    assert {cell.data_type for row in edit.iter_rows() for cell in row} <= {"s", "n"}


def test_the_template_says_last_month_and_units(trust):
    lines = trust.get(f"{ADDRESS}returns/2020-03/template.csv").content.decode("utf-8-sig").splitlines()
    pi3 = next(line for line in lines if line.startswith("PI3,"))

    assert re.search(r"2020-03,Percent,\"[\d,]+ of [\d,]+, [\d.]+%\"", pi3), pi3


@pytest.mark.parametrize("address", ["template.xlsx", "template.csv", "spreadsheet/"])
def test_a_month_that_is_not_returned_has_no_template(trust, address):
    assert trust.get(f"{ADDRESS}returns/2031-01/{address}").status_code == 404
    assert trust.get(f"{ADDRESS}returns/2017-01/{address}").status_code == 404


# Act one


def test_the_preview_shows_each_change_and_writes_nothing(participant, trust, send):
    kept, other = (kept_of(participant, Month(2020, 2), code).text for code in ("PI3", "PI4"))
    rows = (
        f"{HEAD}PI3,2020-02,100,200,,Two posts were vacant\nPI12,2020-03,196,273,,\nSM1,2020-03,,,,\n"
        f'PI4,2020-02,{other.numerator},{other.denominator}.00,,"{other.commentary}"\n'
    )

    upload = send(rows.encode())

    assert kinds(upload) == {
        ("PI3", "2020-02"): "changed", ("PI12", "2020-03"): "new", ("SM1", "2020-03"): "left_out",
        ("PI4", "2020-02"): "same",
    }  # fmt: skip
    assert not Draft.objects.exists()
    page = page_of(trust, upload)
    words = text(page.main)
    assert "Of 4 rows, 1 new, 1 changed, 1 what is there already, 1 left out, without a figure." in words
    first = page.select("table.upload__changes tbody tr")[0]
    cells = [text(cell) for cell in first.find_all(["th", "td"])]
    assert cells[1:3] == ["February 2020", "2"]
    assert cells[3].startswith(f"{kept.numerator} of {kept.denominator}")
    assert cells[4] == "100 of 200. Two posts were vacant"
    assert "50.0%" in cells[5]
    assert page.find("button", string="Save these 2 as drafts")


def test_problems_are_listed_by_cell_and_nothing_can_be_saved(trust, send):
    book = workbook(
        [
            ["PI3", "2020-03", "12%", 20],
            ["PI99", "2020-03", 1, 2],
            ["PI4", "March", 1, 2],
            ["PI6", "2020-03", 1, 2],
        ]
    )

    upload = send(book, name="march.xlsx")

    assert upload.state == Upload.State.FAULTY
    assert [one[3] for one in upload.problems] == ["C2", "A3", "B4"]
    assert bytes(upload.content) == b""
    page = page_of(trust, upload)
    assert text(page.select_one("#problems")) == "3 problems in 3 rows"
    assert "C2" in text(page.select_one("table.upload__problems"))
    assert page.find("button", string=re.compile("Save")) is None
    assert trust.post(f"{ADDRESS}uploads/{upload.pk}/save/").status_code == 302
    assert not Draft.objects.filter(month=MARCH.first_day, indicator__code="PI4").exists()
    listed = trust.get(f"{ADDRESS}uploads/{upload.pk}/problems.csv").content.decode("utf-8-sig").splitlines()
    assert listed[0] == "row,column,cell,problem"
    assert listed[1].startswith("2,numerator,C2,")
    assert len(listed) == 4


def test_a_long_list_of_problems_is_cut_and_downloaded_whole(trust, send):
    upload = send((HEAD + "PI3,2020-03,x,1,,\n" * 300).encode())

    page = page_of(trust, upload)

    assert len(page.select("table.upload__problems tbody tr")) == 200
    assert "The first 200 are listed here" in text(page.main)
    assert len(trust.get(f"{ADDRESS}uploads/{upload.pk}/problems.csv").content.splitlines()) == 600
    assert text(page.select_one("#problems")) == "599 problems in 300 rows"


def test_a_refused_file_says_why(trust, send):
    upload = send(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name="old.xls")

    assert upload.problems == [
        [0, "", "This is an old Excel file or has a password. Save it as .xlsx or .csv without one.", ""]
    ]
    assert "an old Excel file" in text(page_of(trust, upload).main)


def test_a_changed_figure_of_another_provenance_is_not_taken(send):
    upload = send(b"indicator,month,value,provenance\nPI3,2020-02,1,illustrative\n")

    assert upload.problems == [
        [
            2,
            "provenance",
            "A figure that changes here is returned by the Trust, not illustrative. Empty the cell.",
            "",
        ]
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "PI3\t2020-03\t196\t273\t\tone, two, three, four, five, six, seven",
        "PI3\tname\t2020-03\tPercent\t1 of 2\t196\t273\t\tone, two, three, four, five, six, seven\tx\ty\tz",
        "\r\n\r\nindicator\tmonth\tnumerator\tdenominator\tcommentary\r\n"
        "PI3\t2020-03\t196\t273\tone, two, three, four, five, six, seven\r\n",
        'PI3\t2020-03\t196\t273\t\t"one, two, three, four, five, six, seven"\r\n',
    ],
)
def test_rows_are_pasted_with_and_without_their_header(send, rows):
    upload = send(rows=rows)

    assert upload.problems == []
    assert upload.file_name == "Pasted rows"
    (change,) = upload.changes
    assert (change["typed"]["numerator"], change["typed"]["denominator"]) == ("196", "273")
    assert change["typed"]["commentary"] == "one, two, three, four, five, six, seven"


def test_a_pasted_row_is_counted_from_one_where_there_is_no_header(send):
    assert send(rows="PI3\t2020-03\t12%\t20").problems[0][:2] == [1, "numerator"]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"rows": "  "}, "Error: Choose a file, or paste rows."),
        ({}, "Error: Choose a file, or paste rows."),
        (
            {"rows": "PI3", "file": SimpleUploadedFile("a.csv", b"x")},
            "either a file or pasted rows, not both",
        ),
    ],
)
def test_one_of_both_must_be_given(trust, form, reason):
    answer = trust.post(SHEET, form)

    assert reason in problems_of(answer)[0]
    assert not Upload.objects.exists()


def test_a_file_above_the_limit_is_refused_before_it_is_read(trust, settings):
    settings.IMPORT_MAX_BYTES = 1024 * 1024

    answer = trust.post(SHEET, {"file": SimpleUploadedFile("a.csv", b"x" * (1024 * 1024 + 1))})

    assert "larger than 1 MB" in problems_of(answer)[0]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("times", [2, 8])
def test_a_body_far_above_the_limit_is_refused_while_it_arrives(trust, settings, times):
    settings.IMPORT_MAX_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000

    answer = trust.post(SHEET, {"file": SimpleUploadedFile("a.csv", b"x" * (times * 400_000))})

    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert not Upload.objects.exists()


def test_too_much_pasted_text_is_refused(trust, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000

    assert trust.post(SHEET, {"rows": "x" * 150_000}).status_code == 413


def test_columns_that_the_file_lacks_stay_as_they_are(participant, send):
    draft(
        participant, "PI3", numerator="1", denominator="2", commentary="Words", answers={"same-as-last": "so"}
    )

    upload = send(b"indicator,month,numerator,denominator\nPI3,2020-03,196,273\n")

    (change,) = upload.changes
    assert change["typed"]["commentary"] == "Words"
    assert change["typed"]["answers"] == {}  # they were said about another number


def test_a_value_takes_the_place_of_numerator_and_denominator(participant, send):
    draft(participant, "PI3", numerator="1", denominator="2")

    (change,) = send(b"indicator,month,value\nPI3,2020-03,71.8\n").changes

    assert [change["typed"][name] for name in ("numerator", "denominator", "value")] == ["", "", "71.8"]


def test_a_figure_takes_the_place_of_a_statement_that_there_is_none(participant, send):
    draft(participant, "PI3", standing="cannot_report", reason="Lost", expected_on="2020-05-12")

    (change,) = send(b"indicator,month,value\nPI3,2020-03,71.8\n").changes

    assert (change["typed"]["standing"], change["typed"]["reason"]) == ("final", "")


def test_a_number_with_idle_zeros_fits_a_draft(send):
    upload = send(f"indicator,month,value\nPI3,2020-03,71.8{'0' * 100}\n".encode())

    assert upload.changes[0]["typed"]["value"] == "71.8"


# What nobody settles


def left(upload, days: int) -> None:
    """Nobody has touched the file for so many days."""
    then = clock.now() - timedelta(days=days)
    read = then if upload.checked_at else None
    Upload.objects.filter(pk=upload.pk).update(uploaded_at=then, checked_at=read)


@pytest.mark.parametrize(
    "content", [f"{HEAD}PI3,2020-03,196,273,,\n".encode(), HEAD.encode() + b"PI3,2020-03,x,,,\n"]
)
def test_a_file_that_nobody_settles_is_dropped_and_says_so(participant, trust, send, content):
    upload = send(content)
    left(upload, 30)
    drop_old_files()

    upload.refresh_from_db()
    assert upload.state == Upload.State.EXPIRED
    assert (bytes(upload.content), upload.changes, upload.problems) == (b"", [], [])
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.actor, event.contract_code) == ("upload.expired", "daily sweep", "sandwell")
    page = page_of(trust, upload)
    assert text(page.select_one(".lede")) == (
        "Nobody saved or withdrew this file for 30 days, so what was in it was dropped."
        " Nothing was saved from it. Hand the file in again if you still need it."
    )
    assert page.main.find("form", action=re.compile("uploads")) is None
    returns = BeautifulSoup(trust.get(f"{ADDRESS}returns/").content, "lxml")
    assert "march.csv Dropped, never saved" in text(returns.select_one("ul.uploads"))
    drop_old_files()
    assert AuditEvent.objects.latest("sequence") == event


def test_a_file_that_was_never_read_is_dropped_too(participant):
    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=b"x")
    left(upload, 31)
    drop_old_files()

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.EXPIRED, b"")


@pytest.mark.parametrize("act", ["save", "withdraw"])
def test_what_was_dropped_is_neither_saved_nor_withdrawn(trust, send, act):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    left(upload, 31)
    drop_old_files()

    answer = trust.post(f"{ADDRESS}uploads/{upload.pk}/{act}/", follow=True)

    assert "What was in this file was dropped meanwhile" in answer.content.decode()
    assert not Draft.objects.filter(indicator__code="PI3").exists()
    assert Upload.objects.get().state == Upload.State.EXPIRED


@pytest.mark.parametrize(
    "what", ["younger", "saved", "withdrawn", "handed in again", "read lately", "kept for longer"]
)
def test_what_is_settled_or_lately_used_is_kept(participant, trust, send, settings, what):
    content = f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    upload = send(content)
    left(upload, 29 if what == "younger" else 31)
    if what == "saved":
        save(trust, upload)
    if what == "withdrawn":
        trust.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")
    if what == "handed in again":
        assert (
            receive(handler=FIGURES, by=participant, file_name="march.csv", content=content).pk == upload.pk
        )
    if what == "read lately":
        Upload.objects.update(checked_at=clock.now())
    if what == "kept for longer":
        settings.UPLOADS_KEPT_DAYS = 60
    before = Upload.objects.values().get()

    drop_old_files()

    assert Upload.objects.values().get() == before


def test_who_settles_it_at_the_last_moment_was_first(trust, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    left(upload, 31)
    trust.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")

    # As if it had been found old a moment ago.
    assert expiring._drop(upload.pk, clock.now()) is False

    assert Upload.objects.get().state == Upload.State.WITHDRAWN


def test_beat_drops_them_each_night():
    entry = app.conf.beat_schedule["drop-files-that-nobody-settled"]

    assert entry["task"] == drop_old_files.name
    assert str(entry["schedule"]).startswith("<crontab: 30 3 ")


# Act two


def save(client, upload):
    return client.post(f"{ADDRESS}uploads/{upload.pk}/save/")


def test_taking_over_saves_all_and_says_so_once(participant, trust, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,Two posts\nPI4,2020-02,1,2,,\n".encode())
    events = AuditEvent.objects.count()

    first, second = save(trust, upload), save(trust, upload)

    assert first["Location"] == second["Location"]
    made = Draft.objects.get(indicator__code="PI3", month=MARCH.first_day)
    assert (made.numerator, made.denominator, made.commentary) == ("196", "273", "Two posts")
    assert Draft.objects.get(indicator__code="PI4").month.isoformat() == "2020-02-01"
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (Upload.State.TAKEN, b"")
    assert "typed" not in str(upload.changes)
    (event,) = AuditEvent.objects.order_by("sequence")[events:]
    assert event.summary == "2 drafts saved from a file, of February 2020, March 2020."
    assert "196" not in str(event.changes)
    page = page_of(trust, upload)
    assert {str(link["href"]) for link in page.select("ul.uploads a")} == {
        f"{ADDRESS}returns/2020-03/", f"{ADDRESS}returns/2020-02/"
    }  # fmt: skip


def test_a_draft_saved_meanwhile_is_not_overwritten(participant, trust, send, committed):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\nPI4,2020-03,1,2,,\n".encode())
    draft(participant, "PI3", numerator="5", denominator="6")

    with committed():
        answer = trust.post(f"{ADDRESS}uploads/{upload.pk}/save/", follow=True)

    assert "PI3 changed since this file was read" in answer.content.decode()
    assert Draft.objects.get(indicator__code="PI3").numerator == "5"
    assert not Draft.objects.filter(indicator__code="PI4", month=MARCH.first_day).exists()
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert kinds(upload)["PI3", "2020-03"] == "changed"
    assert save(trust, upload).status_code == 302
    assert Draft.objects.get(indicator__code="PI3").numerator == "196"


def test_withdrawing_empties_the_row_once(participant, trust, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    events = AuditEvent.objects.count()

    for _ in range(2):
        assert trust.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/").status_code == 302

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content), upload.changes) == (Upload.State.WITHDRAWN, b"", [])
    assert AuditEvent.objects.count() == events + 1
    assert "was withdrawn" in text(page_of(trust, upload).select_one(".lede"))
    save(trust, upload)
    assert not Draft.objects.filter(indicator__code="PI3").exists()


def test_what_was_saved_is_not_withdrawn(trust, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    save(trust, upload)

    answer = trust.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/", follow=True)

    assert "This file was saved already" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.state == Upload.State.TAKEN


def test_a_file_without_changes_is_not_saved(trust, send):
    upload = send(f"{HEAD}PI3,2020-03,,,,\n".encode())

    answer = trust.post(f"{ADDRESS}uploads/{upload.pk}/save/", follow=True)

    assert "This file changes nothing." in answer.content.decode()


def test_the_same_file_sent_twice_is_one_upload(send):
    first = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    events = AuditEvent.objects.count()

    assert send(f"{HEAD}PI3,2020-03,196,273,,\n".encode()).pk == first.pk
    assert AuditEvent.objects.count() == events
    assert Upload.objects.get().state == Upload.State.CHECKED


# The worker


def test_a_file_waits_with_its_progress_until_it_is_read(participant, trust):
    upload = receive(
        handler=FIGURES,
        by=participant,
        file_name="march.csv",
        content=f"{HEAD}PI3,2020-03,196,273,,\n".encode(),
    )

    page = page_of(trust, upload)
    assert page.progress is not None
    assert not page.progress.has_attr("value")
    assert page.select_one("noscript meta")["content"] == "3"

    Upload.objects.update(rows_total=20_000, rows_done=5_000)
    page = page_of(trust, upload)
    assert (page.progress["value"], page.progress["max"]) == ("5000", "20000")
    assert "Reading: 5,000 of 20,000 rows" in text(page.main)
    Upload.objects.update(rows_done=20_000)
    assert "All 20,000 rows read" in text(page_of(trust, upload).main)
    returns = BeautifulSoup(trust.get(f"{ADDRESS}returns/").content, "lxml")
    assert "march.csv Being read" in text(returns.select_one("ul.uploads"))

    task(upload.pk)

    assert page_of(trust, upload).progress is None


def test_the_sweep_finds_what_a_lost_message_left(participant):
    upload = receive(
        handler=FIGURES,
        by=participant,
        file_name="march.csv",
        content=f"{HEAD}PI3,2020-03,196,273,,\n".encode(),
    )
    assert overdue_uploads(clock.now()) == []

    Upload.objects.update(uploaded_at=clock.now() - timedelta(minutes=2))
    assert overdue_uploads(clock.now()) == [upload.pk]
    sweep()

    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert overdue_uploads(clock.now()) == []


def test_without_a_worker_whoever_looks_at_a_forgotten_file_has_it_read(participant, trust, settings):
    upload = receive(
        handler=FIGURES,
        by=participant,
        file_name="march.csv",
        content=f"{HEAD}PI3,2020-03,196,273,,\n".encode(),
    )
    Upload.objects.update(uploaded_at=clock.now() - timedelta(minutes=2))
    settings.CELERY_ON = True
    assert page_of(trust, upload).progress is not None

    settings.CELERY_ON = False

    assert page_of(trust, upload).progress is None


@pytest.mark.parametrize("fault", ["larger", "stranger"])
def test_what_may_not_be_handed_in_is_not_kept(participant, persona, settings, fault):
    settings.IMPORT_MAX_BYTES = 1 if fault == "larger" else 100
    by = participant if fault == "larger" else participant_for(persona("client-officer"), "sandwell")

    with pytest.raises(UploadRefused):
        receive(handler=FIGURES, by=by, file_name="a.csv", content=b"xx")

    assert not Upload.objects.exists()


def test_progress_is_written_a_bounded_number_of_times(
    participant, monkeypatch, django_assert_max_num_queries
):
    content = (HEAD + "PI3,2020-03,1,2,,\n" * 20_000).encode()
    upload = receive(handler=FIGURES, by=participant, file_name="long.csv", content=content)

    with django_assert_max_num_queries(60):
        read_upload(upload.pk)

    upload.refresh_from_db()
    assert (upload.rows_total, upload.rows_done, len(upload.problems)) == (20_000, 20_000, 19_999)


def test_reading_a_second_time_changes_nothing(participant):
    upload = receive(
        handler=FIGURES, by=participant, file_name="a.csv", content=f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    )
    read_upload(upload.pk)
    Upload.objects.filter(pk=upload.pk).update(rows_done=77)

    read_upload(upload.pk)

    assert Upload.objects.get().rows_done == 77


def test_a_file_withdrawn_while_it_is_read_stays_withdrawn(participant, monkeypatch):

    upload = receive(
        handler=FIGURES, by=participant, file_name="a.csv", content=f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    )
    read = upload_handler.read_rows

    def meanwhile(*args):
        Upload.objects.update(state=Upload.State.WITHDRAWN, content=b"")
        return read(*args)

    monkeypatch.setattr(upload_handler, "read_rows", meanwhile)
    read_upload(upload.pk)

    assert Upload.objects.get().state == Upload.State.WITHDRAWN


def test_a_file_handed_in_again_while_it_is_read_is_read_anew(participant, monkeypatch):
    """The first reading compared with what was kept before; its verdict is nobody's any more."""
    content = f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=content)
    compare = upload_handler.compare

    def meanwhile(*args):
        found = compare(*args)
        receive(handler=FIGURES, by=participant, file_name="a.csv", content=content)
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

    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=b"x")
    monkeypatch.setattr(upload_handler, "read_rows", lambda *args: 1 // 0)

    read_upload(upload.pk)

    assert Upload.objects.get().problems == [[0, "", reading.BROKEN, ""]]


class Death(BaseException):
    """The end of a process, which no "except Exception" sees."""


def test_a_file_that_ends_the_worker_is_refused_after_three_times(participant, trust, monkeypatch):

    begun = []

    def die(*args):
        begun.append(args)
        raise Death

    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=b"deadly")
    monkeypatch.setattr(upload_handler, "read_rows", die)

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
    page = page_of(trust, upload)
    assert page.progress is None
    assert "The program did not come to the end of this file in 3 tries" in text(page.main)
    assert "Hand the same rows in as CSV, a month at a time, or paste them." in text(page.main)
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
    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=content)
    with monkeypatch.context() as patch:
        patch.setattr(upload_handler, "read_rows", fail)
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
        file_name="long.csv",
        content=(HEAD + "PI3,2020-03,1,2,,\n" * 60).encode(),
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
    upload = receive(handler=FIGURES, by=participant, file_name="a.csv", content=b"deadly")
    Upload.objects.update(tries=3, alive_at=clock.now())

    assert receive(handler=FIGURES, by=participant, file_name="a.csv", content=b"deadly").pk == upload.pk

    upload.refresh_from_db()
    assert (upload.tries, upload.alive_at) == (0, None)


@pytest.mark.parametrize("lost", ["role", "contract"])
def test_a_file_of_somebody_who_left_is_not_read(participant, lost):
    from parties.models import Membership

    upload = receive(
        handler=FIGURES, by=participant, file_name="a.csv", content=f"{HEAD}PI3,2020-03,196,273,,\n".encode()
    )
    held = Membership.objects.filter(user=participant.user)
    held.delete() if lost == "contract" else held.update(role="administrator")

    read_upload(upload.pk)

    assert "no longer enters figures" in Upload.objects.get().problems[0][2]


def test_an_odd_name_and_odd_signs_are_shown_plainly(trust, send):
    upload = send(b"indicator,month,value\nPI\x013\xe2\x80\xae,2020-03,1\n", name="a\u202e<b>.csv")

    assert upload.file_name == "a<b>.csv"
    assert "\x01" not in upload.problems[0][2]
    assert "\N{REPLACEMENT CHARACTER}" in upload.problems[0][2]
    page_of(trust, upload)


# Who sees it


def test_only_the_trust_of_the_contract_sees_it(participant, send, signed_in, persona, other_trust_manager):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    pages = {"": "get", "problems.csv": "get", "save/": "post", "withdraw/": "post"}

    for page, method in pages.items():
        address = f"{ADDRESS}uploads/{upload.pk}/{page}"
        assert getattr(signed_in(persona("client-officer")), method)(address).status_code == 403
        stranger = signed_in(other_trust_manager)
        assert getattr(stranger, method)(address).status_code == 404
        elsewhere = address.replace("sandwell", "elsewhere")
        assert getattr(stranger, method)(elsewhere).status_code == 404
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_files_that_there_are_not(trust, number):
    assert trust.get(f"{ADDRESS}uploads/{number}/").status_code == 404
    assert trust.post(f"{ADDRESS}uploads/{number}/save/").status_code == 404


def test_the_page_of_a_file_asks_few_queries(trust, send, django_assert_max_num_queries):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\nPI4,2020-02,1,2,,\n".encode())

    with django_assert_max_num_queries(8):
        trust.get(f"{ADDRESS}uploads/{upload.pk}/")
    with django_assert_max_num_queries(15):
        trust.get(f"{ADDRESS}returns/2020-03/template.xlsx")


def test_what_is_saved_from_a_file_is_seen_by_no_council_officer(trust, send, signed_in, persona):
    upload = send(f"{HEAD}PI3,2020-03,4242,8888,,Zanzibar\n".encode())
    save(trust, upload)

    officer = signed_in(persona("client-officer"))
    for page in ("", "review/", "indicators/PI3/", "indicators/PI3/figures.csv"):
        answer = officer.get(ADDRESS + page)
        assert b"Zanzibar" not in answer.content
        assert b"4,242" not in answer.content
    assert not Figure.objects.filter(latest__numerator=4242).exists()
