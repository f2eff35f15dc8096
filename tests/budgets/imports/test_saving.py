"""What becomes drafts, for whom, and what happens where somebody else was quicker."""

import pytest

from audit.models import AuditEvent
from budgets.models import Book, LineDraft
from budgets.months.drafting import Typed, keep_drafts
from budgets.rules.periods import Period
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.budgets.imports.conftest import FOSTER, HAND_IN, HOMES, ROW, csv_of
from tests.pages import words
from uploads.models import Upload

pytestmark = pytest.mark.django_db
MAY = Period(ContractYear(2018), 2)


def drafted(manager, version, **typed):
    book = Book.objects.get(code="trust")
    given = [Typed(book.lines.get(code=FOSTER), typed, version, None)]
    return keep_drafts(by=participant_for(manager, "sandwell"), book=book, period=MAY, lines=given)


def test_who_drafted_meanwhile_is_not_overwritten(hand_in, trust_manager):
    drafted(trust_manager, 0, actual="1")
    upload = hand_in(csv_of(ROW, ROW | {"code": HOMES}))
    drafted(trust_manager, 1, actual="2")

    page = hand_in.save(upload)

    assert "External Foster Care, May 2018: drafted by somebody else since these rows were read." in page
    assert LineDraft.objects.get().typed == {"actual": "2"}
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert "2 drafts saved." in hand_in.save(upload)
    draft = LineDraft.objects.get(line__code=FOSTER)
    assert (draft.version, draft.typed["actual"]) == (3, "1400000.00")


def test_who_entered_meanwhile_is_not_overwritten(entered, hand_in):
    upload = hand_in(csv_of(ROW))
    entered(2, FOSTER, 1, 2)

    page = hand_in.save(upload)

    assert "External Foster Care, May 2018: entered since these rows were read" in page
    assert not LineDraft.objects.exists()
    assert "1 draft saved." in hand_in.save(upload)


def test_what_lacks_before_it_can_be_submitted_is_said_and_kept(hand_in):
    april = ROW | {"period": 1, "actual": "700000"}
    upload = hand_in(csv_of(ROW | {"forecast": "9,900,000"}, april))

    shown = hand_in.shown(upload)

    assert upload.problems == []
    assert "Over its budget: say why, and what is done" in shown
    assert "The forecast moved: say why" in shown
    assert "2 drafts saved." in hand_in.save(upload)


def test_columns_that_a_file_lacks_stay_as_they_are(entered, hand_in):
    entered(2, FOSTER, 140_000_000, 820_000_000, 5_00, words="Kept")

    upload = hand_in(
        csv_of({name: ROW[name] for name in ("code", "year", "period", "actual")} | {"actual": "1.5"})
    )

    (change,) = upload.changes
    assert change["typed"] == {
        "actual": "1.50", "forecast": "8200000.00", "committed": "5.00", "words": "Kept",
    }  # fmt: skip
    (lacking,) = hand_in.problems({"code": HOMES, "year": "2018/19", "period": 2, "actual": "1"})
    assert lacking == (2, "forecast", "Give what the year is to come to.")


def test_only_the_party_that_keeps_the_book_hands_in_and_sees(
    hand_in, signed_in, client_officer, board_reader
):
    officer, upload = signed_in(client_officer), hand_in(csv_of(ROW))

    for client in (officer, signed_in(board_reader)):
        assert client.get(HAND_IN).status_code == 403
        assert client.post(HAND_IN, {"rows": "code"}).status_code == 403
    assert officer.get(hand_in.address(upload)).status_code == 404
    assert hand_in.client.get(HAND_IN.replace("trust", "directorate")).status_code == 404
    hand_in.save(upload)
    told = AuditEvent.objects.filter(action__startswith="upload.months").order_by("sequence")
    assert [event.action for event in told] == ["upload.months.handed_in", "upload.months.taken_over"]
    assert told[1].changes == {"May 2018": "1 line"}
    trail = "/contracts/sandwell/trail/"
    assert "1 draft saved from a spreadsheet, of May 2018" in words(hand_in.client.get(trail))
    assert "from a spreadsheet" not in words(officer.get(trail))


def test_a_book_that_changed_hands_takes_no_file_any_more(hand_in):
    upload = hand_in(csv_of(ROW))
    Book.objects.filter(code="trust").update(kept_by="commissioner")

    assert hand_in.client.post(f"{hand_in.address(upload)}save/").status_code == 404
    assert not LineDraft.objects.exists()


def test_reading_and_saving_ask_the_database_no_oftener_for_more_rows(hand_in, django_assert_max_num_queries):
    codes = list(Book.objects.get(code="trust").lines.filter(kind="line").values_list("code", flat=True))
    few = csv_of(ROW)
    many = csv_of(
        *(ROW | {"code": code, "period": number, "forecast": "0"} for code in codes for number in (1, 2))
    )
    counted = []
    for content in (few, many):
        with django_assert_max_num_queries(60) as asked:
            upload = hand_in(content)
        reading = len(asked)
        with django_assert_max_num_queries(70) as asked:
            hand_in.save(upload)
        counted.append((reading, len(asked)))

    (one_read, one_saved), (read, saved) = counted
    # Progress is written up to twenty times; a month more takes five queries.
    assert read <= one_read + 20
    assert saved <= one_saved + 6
