"""A file that can be read in several ways asks; pasted rows that are refused come back in their box."""

import io

import pytest
from bs4 import BeautifulSoup
from openpyxl import Workbook

from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, SHEET, page_of
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")
POUND = f"{HEAD}PI3,2020-03,196,273,,It cost £5\n".encode("cp850")


def sheets(*names: str, rows: bool = True) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name in names:
        sheet = book.create_sheet(name)
        sheet.append(HEAD.strip().split(","))
        if rows:
            sheet.append(["PI3", "2020-03", 100 + len(name), 273])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.fixture
def answer(manager, committed):
    """Answers what a file asks, has it read, and gives the page: answer(upload, answer="cp850")."""

    def answer(upload, **fields):
        with committed():
            manager.post(f"{ADDRESS}uploads/{upload.pk}/answer/", fields)
        return page_of(manager, upload)

    return answer


def choices(page: BeautifulSoup) -> dict[str, str]:
    """Each answer, with what the file looks like by it."""
    return {
        field["value"]: text(page.find(id=field["aria-describedby"]))
        for field in page.select("input[name=answer]")
    }


def test_unknown_letters_are_asked_about_with_a_sample_and_read_by_the_answer(manager, send, answer):
    upload = send(POUND, name="old.csv")

    page = page_of(manager, upload)
    assert upload.state == Upload.State.ASKED
    assert "can be read in more than one way. Nothing was saved from it yet." in text(page.main)
    assert choices(page)["cp850"].endswith("It cost £5")
    assert choices(page)["cp1252"].endswith("It cost œ5")

    answer(upload, answer="cp850")

    upload.refresh_from_db()
    (change,) = upload.changes
    assert (upload.state, change["typed"]["commentary"]) == (Upload.State.CHECKED, "It cost £5")


def test_several_sheets_are_asked_about_and_the_chosen_one_is_read(manager, send, answer):
    upload = send(sheets("March", "Spare"), name="book.xlsx")
    assert list(choices(page_of(manager, upload))) == ["March", "Spare"]

    page = answer(upload, answer="Spare")

    upload.refresh_from_db()
    assert [change["typed"]["numerator"] for change in upload.changes] == ["105"]
    assert "PI3" in text(page.main)


def test_the_one_sheet_with_a_header_is_read_and_the_others_are_named(manager, send):
    book = Workbook()
    book.active.title = "Notes"
    book["Notes"]["A1"] = "What we did"
    for name, state in (("Return", "visible"), ("Lists", "hidden"), ("More lists", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(HEAD.strip().split(","))
        sheet.append(["PI3", "2020-03", 196, 273])
    kept = io.BytesIO()
    book.save(kept)

    upload = send(kept.getvalue(), name="book.xlsx")

    words = text(page_of(manager, upload).main)
    assert upload.state == Upload.State.CHECKED
    assert "Read from the sheet “Return”. Not read: “Notes”." in words
    assert "Hidden and not read: “Lists”, “More lists”." in words


@pytest.mark.parametrize("fields", [{}, {"answer": ""}, {"answer": "utf-7"}])
def test_an_answer_that_is_none_asks_again(manager, send, fields):
    upload = send(POUND)

    refused = manager.post(f"{ADDRESS}uploads/{upload.pk}/answer/", fields)
    page = BeautifulSoup(refused.content, "lxml")

    upload.refresh_from_db()
    assert upload.state == Upload.State.ASKED
    error = page.select_one(".govuk-error-summary a")
    assert page.find(id=error["href"].removeprefix("#"))["type"] == "radio"


def test_an_answer_to_a_file_that_asks_nothing_any_more_changes_nothing(manager, send, answer):
    upload = send(POUND)
    answer(upload, answer="cp850")

    page = answer(upload, answer="cp1252")

    upload.refresh_from_db()
    assert upload.answers == {"encoding": "cp850"}
    assert page.select_one("input[name=answer]") is None


def test_a_file_that_asks_can_be_withdrawn(manager, send):
    upload = send(POUND)

    manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content), upload.question) == (Upload.State.WITHDRAWN, b"", {})


def test_refused_rows_come_back_to_be_put_right(manager, send, committed):
    upload = send(rows="PI3\t2020-03\tabc\t273\t\t“fine”")
    box = page_of(manager, upload).find("textarea", {"name": "rows"})
    assert box.string.strip() == "PI3\t2020-03\tabc\t273\t\t“fine”"

    with committed():
        manager.post(f"{ADDRESS}uploads/{upload.pk}/rows/", {"rows": box.string.replace("abc", "196")})

    before, after = Upload.objects.order_by("pk")
    assert (before.state, bytes(before.content)) == (Upload.State.WITHDRAWN, b"")
    assert (after.state, after.pasted) == (Upload.State.CHECKED, True)
    assert "Save this one as a draft" in text(page_of(manager, after).main)


def test_no_rows_at_all_are_asked_for(manager, send):
    upload = send(rows="PI3\t2020-03\tabc\t273")

    page = BeautifulSoup(manager.post(f"{ADDRESS}uploads/{upload.pk}/rows/", {"rows": " "}).content, "lxml")

    assert "There are no rows." in text(page.select_one(".govuk-error-summary"))
    assert Upload.objects.get().state == Upload.State.FAULTY


def test_a_file_is_put_right_where_it_is(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,abc,273,,\n".encode())
    assert page_of(manager, upload).find("textarea") is None

    manager.post(f"{ADDRESS}uploads/{upload.pk}/rows/", {"rows": "PI3\t2020-03\t1\t2"})

    assert Upload.objects.get().state == Upload.State.FAULTY


def test_as_many_rows_come_out_as_were_pasted(manager, send):
    said = ['"Signs of Safety" training', '"', '"', "fine"]
    rows = "".join(
        f"PI{at}\t2020-03\t80\t100\t\t{words}\n" for at, words in zip((1, 3, 4, 6), said, strict=True)
    )

    upload = send(rows=rows)

    assert [change["typed"]["commentary"] for change in upload.changes] == said


def test_a_pasted_cell_with_a_line_break_is_one_cell(send):
    upload = send(
        rows='PI3\t2020-03\t196\t273\t\t"Two ""new"" posts,\none filled"\nPI4\t2020-03\t1\t2\t\tfine\n'
    )

    assert [change["typed"]["commentary"] for change in upload.changes] == [
        'Two "new" posts,\none filled',
        "fine",
    ]


def test_a_pasted_cell_that_may_hold_a_row_is_named(manager, send):
    upload = send(rows='PI3\t2020-03\t196\t273\t\t"sick\nPI4\t2020-03\t1\t2\t\tfine"\n')

    assert [problem[:2] for problem in upload.problems] == [[1, "commentary"]]
    assert "may hold what looks like another row" in upload.problems[0][2]
    assert manager.get(SHEET).status_code == 200
