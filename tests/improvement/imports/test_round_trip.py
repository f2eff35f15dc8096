"""A plan that is downloaded comes back without a change; what is changed in it is what changes."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from improvement.models import Plan
from improvement.plans.files import read_plan
from improvement.plans.loading import load_plan
from tests.cast import BY
from tests.improvement.imports.conftest import ADDRESS, csv_of, page
from tests.improvement.sending import send
from tests.pages import words
from uploads.models import Upload

pytestmark = pytest.mark.django_db
PLANS = Path(__file__).resolve().parents[3] / "fixtures" / "plans"


@pytest.fixture
def printed(contract):
    def load(code):
        load_plan(by=BY, contract=contract, folder=read_plan(PLANS / code))
        return Plan.objects.get(code=code)

    return load


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_plan_as_it_is_changes_nothing(printed, hand_in, kind):
    printed("2019-22")
    content = hand_in.client.get(f"{page('2019-22')}plan.{kind}").content

    upload = hand_in("2019-22", content, name=f"plan.{kind}")

    assert (upload.state, upload.problems) == (Upload.State.CHECKED, [])
    assert {change["kind"] for change in upload.changes} == {"same"}
    assert upload.rows_total == len(upload.changes) >= 148
    assert f"Nothing changes: of {upload.rows_total} rows" in hand_in.shown(upload)


@pytest.mark.parametrize("code", ["2018", "2021-24"])
def test_a_plan_without_references_comes_back_too(printed, hand_in, code):
    printed(code)
    content = hand_in.client.get(f"{page(code)}plan.csv").content

    upload = hand_in(code, content)

    assert upload.problems == []
    assert not {change["kind"] for change in upload.changes} & {"new", "changed"}


def test_a_month_that_was_given_in_place_of_words_comes_back(printed, hand_in):
    printed("2019-22")
    client, action = hand_in.client, f"{ADDRESS}plans/2019-22/actions/OR1/2/"
    send(client, "OR1/2/update", page=action, target="2020-06", agreed_by="The board")
    content = client.get(f"{page('2019-22')}plan.csv").content

    upload = hand_in("2019-22", content)

    assert "June 2020" in words(client.get(action))
    assert upload.problems == []
    assert {change["kind"] for change in upload.changes} == {"same"}
    (problem,) = hand_in.problems(
        "2019-22", {"reference": "OR1", "action number": 2, "target": "see impact workbook"}
    )
    assert "the target “2020-06”" in problem[2]


def test_a_plan_of_the_council_comes_back_from_the_council(printed, council_hands_in):
    printed("childcare-2019-20")
    content = council_hands_in.client.get(f"{page('childcare-2019-20')}plan.csv").content

    upload = council_hands_in("childcare-2019-20", content)

    assert upload.problems == []
    assert {change["kind"] for change in upload.changes} == {"same"}


def test_full_wording_is_typed_into_the_template_and_loaded(printed, hand_in):
    plan = printed("2019-22")
    downloaded = hand_in.client.get(f"{page('2019-22')}plan.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(downloaded)))
    for row in rows:
        if row["action number"]:
            row["action wording"] = f"In full: {row['action']}"

    upload = hand_in("2019-22", csv_of(*rows))

    assert "148 wordings change" in hand_in.shown(upload)
    hand_in.save(upload)
    wordings = plan.priorities.values_list(
        "recommendations__actions__wording", "recommendations__actions__title"
    )
    assert sum(wording == f"In full: {title}" for wording, title in wordings if title) == 148


def test_the_workbook_is_one_table_of_text_with_its_header(printed, hand_in):
    printed("2019-22")

    answer = hand_in.client.get(f"{page('2019-22')}plan.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    (sheet,) = book.worksheets
    assert [cell.value for cell in sheet[1]][:4] == ["priority", "lead", "reference", "recommendation"]
    assert list(sheet.tables) == ["Plan"]
    assert not sheet.merged_cells.ranges
    assert book.properties.title == "Strategic Improvement Plan 2019 to 2022"
    shared = next(row for row in sheet.iter_rows(values_only=True) if "IFA1" in str(row[2]))
    assert str(shared[2]).startswith("IFA1, IFA2")


def test_the_template_of_an_empty_plan_has_every_column(empty_plan, council_hands_in):
    text = council_hands_in.client.get(f"{page('childcare')}plan.csv").content.decode("utf-8-sig")

    header = text.strip().split(",")
    assert header[0] == "priority"
    assert {"side", "phase 1", "phase 2", "review day"} <= set(header)
