"""Rows of a file and pasted rows, judged as the form judges what is typed."""

import csv
import io

import pytest

from core.values.months import Month
from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, kinds, page_of, save
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize(
    "rows",
    [
        "PI3,2020-03,196,273,71.8,Two posts\n",
        "PI3,2020-03,196,273,71.7948717948718,Two posts\n",
        "PI3,2020-03,196,273,71.8%,Two posts\n",
        "PI\u200b3,Mar-20,\u200b196,273\u200e,,\u200bTwo posts\n",
        "PI3,01/03/2020,196,273,,Two posts\n",
        "PI3,2020-03-01 00:00:00,196,273,,Two posts\n",
    ],
)
def test_a_row_comes_to_the_same_however_it_is_written(manager, send, rows):
    upload = send(f"{HEAD}{rows}".encode())

    assert (upload.state, upload.problems) == (Upload.State.CHECKED, [])
    [change] = [one for one in upload.changes if one["code"] == "PI3"]
    assert (change["month"], change["value"]) == ("2020-03", "71.8%")
    assert save(manager, upload).status_code == 302


def test_a_value_that_is_not_the_quotient_is_a_problem_of_its_row(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,72.8,Two posts\nPI4,2020-03,80,100,80,\n".encode())

    assert upload.state == Upload.State.FAULTY
    assert [one[:3] for one in upload.problems] == [[2, "value", "196 of 273 gives 71.8%, not 72.8%."]]
    assert "196 of 273 gives 71.8%, not 72.8%." in text(page_of(manager, upload).main)


def test_a_kept_figure_with_its_own_value_beside_it_changes_nothing(manager, send):
    exported = manager.get(f"{ADDRESS}indicators/PI9/figures.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(exported)))
    counted = next(row for row in rows if row["denominator"] and float(row["denominator"]))
    quotient = 100 * float(counted["numerator"]) / float(counted["denominator"])
    numbers = f"{counted['numerator']},{counted['denominator']}"

    upload = send(
        f"indicator,month,numerator,denominator,value\nPI9,{counted['month']},{numbers},{quotient:.1f}\n".encode()
    )

    assert upload.problems == []
    assert list(kinds(upload).values()) == ["same"]


@pytest.mark.parametrize("month", ["Mar-20", "01/03/2020", "20-Mar", "43891"])
def test_rows_of_the_template_that_nobody_filled_survive_a_spreadsheet(manager, send, month):
    given = manager.get(f"{ADDRESS}returns/2019-12/template.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(given)))
    for row in rows:
        row |= {"month": month, "numerator": "", "denominator": "", "value": "", "commentary": ""}
    filled = next(row for row in rows if row["indicator"] == "PI3")
    filled |= {
        "month": Month(2020, 3).label,
        "numerator": "196",
        "denominator": "273",
        "commentary": "Two posts",
    }
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)

    upload = send(written.getvalue().encode())

    assert upload.problems == []
    assert set(kinds(upload).values()) <= {"new", "changed", "left_out"}
    assert kinds(upload)["PI3", "2020-03"] in ("new", "changed")


def test_a_note_below_the_figures_is_one_problem(manager, send):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,Two posts\nSource: the case system,,,,,\n".encode())

    [problem] = upload.problems
    assert problem[:2] == [3, "indicator"]
    assert "holds only a note" in problem[2]
