"""A file or pasted rows are handed in: preview, problems by cell, limits, and nothing written."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.values.months import Month
from kpis.returns.models import Draft
from tests.pages import text, words
from tests.spreadsheets import workbook
from tests.uploads.sheets import ADDRESS, HEAD, MARCH, SHEET, draft, kept_of, kinds, page_of, problems_of
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")


def test_the_preview_shows_each_change_and_writes_nothing(participant, manager, send):
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
    page = page_of(manager, upload)
    said = text(page.main)
    assert "Of 4 rows, 1 new, 1 changed, 1 what is there already, 1 left out, without a figure." in said
    first = page.select("table.upload__changes tbody tr")[0]
    cells = [text(cell) for cell in first.find_all(["th", "td"])]
    assert cells[1:3] == ["February 2020", "2"]
    assert cells[3].startswith(f"{kept.numerator} of {kept.denominator}")
    assert cells[4] == "100 of 200. Two posts were vacant"
    assert "50.0%" in cells[5]
    assert page.find("button", string="Save these 2 as drafts")


def test_problems_are_listed_by_cell_and_nothing_can_be_saved(manager, send):
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
    page = page_of(manager, upload)
    assert text(page.select_one("#problems")) == "3 problems in 3 rows"
    assert "C2" in text(page.select_one("table.upload__problems"))
    assert page.find("button", string=re.compile("Save")) is None
    assert manager.post(f"{ADDRESS}uploads/{upload.pk}/save/").status_code == 302
    assert not Draft.objects.filter(month=MARCH.first_day, indicator__code="PI4").exists()
    listed = (
        manager.get(f"{ADDRESS}uploads/{upload.pk}/problems.csv").getvalue().decode("utf-8-sig").splitlines()
    )
    assert listed[0] == "row,column,cell,problem"
    assert listed[1].startswith("2,numerator,C2,")
    assert len(listed) == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_beside_the_table_is_named_where_it_stands(manager, send, kind):
    rows = [["PI3", "2020-03", 196, 273, None, "Fine", None, "checked"], ["PI4", "2020-03", "x", 2]]
    line = f"{HEAD.strip()},provenance\nPI3,2020-03,196,273,,Fine,,checked\nPI4,2020-03,x,2\n".encode()

    upload = send(workbook(rows) if kind == "xlsx" else line, name=f"march.{kind}")

    places = [text(row.th) for row in page_of(manager, upload).select("table.upload__problems tbody tr")]
    assert places == ["H2", "C3" if kind == "xlsx" else "Row 3"]
    listed = manager.get(f"{ADDRESS}uploads/{upload.pk}/problems.csv").getvalue().decode("utf-8-sig")
    assert listed.splitlines()[1].startswith("2,header,H2,")


@pytest.mark.parametrize(
    ("above", "row"), [("", 2), ("Figures\n\n", 4), ("\n", 3)], ids=["first", "a title", "a blank line"]
)
def test_a_table_without_rows_lacks_them_under_its_header(send, above, row):
    upload = send(f"{above}{HEAD},,,,,\n".encode())

    assert [problem[:2] for problem in upload.problems] == [[row, "indicator"]]


def test_a_long_list_of_problems_is_cut_and_downloaded_whole(manager, send):
    upload = send((HEAD + "PI3,2020-03,x,1,,\n" * 300).encode())

    page = page_of(manager, upload)

    assert len(page.select("table.upload__problems tbody tr")) == 200
    assert "The first 200 are listed here" in text(page.main)
    assert len(manager.get(f"{ADDRESS}uploads/{upload.pk}/problems.csv").getvalue().splitlines()) == 600
    assert text(page.select_one("#problems")) == "599 problems in 300 rows"


def test_a_refused_file_says_why(manager, send):
    upload = send(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name="old.xls")

    assert upload.problems == [
        [0, "", "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx or CSV UTF-8.", ""]
    ]
    assert "an old Excel file" in text(page_of(manager, upload).main)


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
    ("rows", "wrong"),
    [
        ("PI3\tMarch\t196\t273\nPI4\t2020-03\t1\t2", [1]),
        ("PI3\t20-Mar\t196\t273\nPI4\tMarch\t1\t2", [1, 2]),
        ("PI3\tplaces of 7 days\t43921\tPercent\t75.4%\t196\t273\t\tfine", [1]),
        ("PI3\tplaces\t20-Mar\tPercent\t75.4%\t\t\t\t\nPI4\tplaces\t20-Mar\tPercent\t1 of 2\t1\t2", [2]),
        ("PI3\t\t196\t273", [1]),
        ("PI3,March,196,273", [1]),
    ],
)
def test_a_month_that_can_not_be_read_is_named_by_its_row_also_without_a_header(send, rows, wrong):
    upload = send(rows=rows)

    assert [problem[:2] for problem in upload.problems] == [[row, "month"] for row in wrong]
    assert all("2019-03" in problem[2] for problem in upload.problems)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "KPI,Team,Target,Apr-19,May-19\nPI3,North,90,71,72",
            "Months stand as columns here (apr-19, may-19).",
        ),
        ("KPI,Team,Apr-19,May-19\nPI3,North,71,72", "Months stand as columns here (apr-19, may-19)."),
        ("KPI,Period,Result 1,Result 2\nPI3,2020-03,71,90", "No row names the columns."),
        ("Return of 2020\nKPI,Period,Result,Target\nPI3,2020-03,71,90", "No row names the columns."),
        (
            "Return of 2020,Sandwell 3\nKPI,Period,Result,Target\nPI3,2020-03,71,90",
            "No row names the columns.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "rows", "xlsx"])
def test_a_header_of_other_words_is_no_row_that_lacks_one(send, kind, rows, words):
    lines = [line.split(",") for line in rows.split("\n")]
    if kind == "rows":
        upload = send(rows=rows.replace(",", "\t"))
    else:
        upload = send(
            workbook(lines[1:], header=lines[0]) if kind == "xlsx" else rows.encode(), name=f"march.{kind}"
        )

    [(row, column, said, _)] = upload.problems
    assert (row, column) == (1, "header")
    assert said.startswith(words)


@pytest.mark.parametrize(
    "rows", ["Kennzahl\tMonat\tWert\nPI3\t2020-03\t75", "What we did in March", "2020-03\tPI3\t1\t2"]
)
def test_what_is_no_row_lacks_its_header(send, rows):
    assert [problem[:2] for problem in send(rows=rows).problems] == [[1, "header"]]


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
def test_one_of_both_must_be_given(manager, form, reason):
    answer = manager.post(SHEET, form)

    assert reason in problems_of(answer)[0]
    assert not Upload.objects.exists()


def test_a_file_above_the_limit_is_refused_before_it_is_read(manager, settings):
    settings.IMPORT_MAX_BYTES = 1024 * 1024

    answer = manager.post(SHEET, {"file": SimpleUploadedFile("a.csv", b"x" * (1024 * 1024 + 1))})

    assert "larger than 1 MB" in problems_of(answer)[0]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("times", [2, 8])
def test_a_body_far_above_the_limit_is_refused_while_it_arrives(manager, settings, times):
    settings.IMPORT_MAX_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000

    answer = manager.post(SHEET, {"file": SimpleUploadedFile("a.csv", b"x" * (times * 400_000))})

    assert answer.status_code == 413
    assert "a file may have 195.3" in words(answer)
    assert not Upload.objects.exists()


def test_too_much_pasted_text_is_refused(manager, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000

    answer = manager.post(SHEET, {"rows": "x" * 150_000})

    assert answer.status_code == 413
    assert "pasted or typed text 97.7" in words(answer)
    assert "Paste fewer rows at once" in words(answer)


def test_rows_that_are_more_than_is_read_are_called_rows(manager, settings):
    settings.IMPORT_MAX_BYTES = 1024 * 1024

    answer = manager.post(SHEET, {"rows": "x" * (1024 * 1024 + 1)})

    assert problems_of(answer) == ["Error: The rows are larger than 1 MB. Paste fewer at once."]


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
