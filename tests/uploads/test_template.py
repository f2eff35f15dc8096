"""The month's template and the program's own files go out, and come back without a change."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.pages import text
from tests.returning import returned
from tests.uploads.sheets import ADDRESS, draft, page_of
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize("month", ["2020-03", "2019-12"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_comes_back_and_changes_nothing(participant, manager, send, kind, month):
    if month == "2020-03":
        draft(participant, "PI3", numerator="abc", commentary='=1+1 is what\r\nthey said, “quoted” "so"')
        draft(participant, "PI5", numerator="196.0", denominator="273.000", value="71.8")
        draft(participant, "PI9", commentary="-2 posts")
        draft(participant, "PI1", standing="cannot_report", reason="Lost", expected_on="2020-05-12")
        draft(participant, "PI4", value="12345678901.1234", commentary="'=x")

    answer = manager.get(f"{ADDRESS}returns/{month}/template.{kind}")
    upload = send(answer.content, name=f"t.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="sandwell-{month}.{kind}"'
    assert upload.problems == []
    assert upload.state == Upload.State.CHECKED
    assert len(upload.changes) == 20
    assert {one["kind"] for one in upload.changes} <= {"same", "left_out"}
    assert "Nothing changes" in text(page_of(manager, upload).select_one(".lede"))


def test_every_export_that_says_so_comes_back(participant, manager, send, committed):
    with committed():
        returned(participant.contract, 'PI2,2020-02,7,8,,"=1+1, “é”\n-2",returned\n')
    for code in participant.contract.indicators.values_list("code", flat=True):
        exported = manager.get(f"{ADDRESS}indicators/{code}/figures.csv").content
        upload = send(exported, name=f"{code}.csv")

        assert exported.startswith(b"\xef\xbb\xbfindicator,month,")
        assert upload.problems == []
        assert len(upload.changes) >= 12
        assert {one["kind"] for one in upload.changes} == {"same"}


def test_the_workbook_keeps_to_the_checklist(manager, participant):
    draft(participant, "PI3", commentary="=HYPERLINK(1)")

    book = load_workbook(io.BytesIO(manager.get(f"{ADDRESS}returns/2020-03/template.xlsx").content))
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


def test_the_template_says_last_month_and_units(manager):
    lines = manager.get(f"{ADDRESS}returns/2020-03/template.csv").content.decode("utf-8-sig").splitlines()
    pi3 = next(line for line in lines if line.startswith("PI3,"))

    assert re.search(r"2020-03,Percent,\"[\d,]+ of [\d,]+, [\d.]+%\"", pi3), pi3


@pytest.mark.parametrize("address", ["template.xlsx", "template.csv", "spreadsheet/"])
def test_a_month_that_is_not_returned_has_no_template(manager, address):
    assert manager.get(f"{ADDRESS}returns/2031-01/{address}").status_code == 404
    assert manager.get(f"{ADDRESS}returns/2017-01/{address}").status_code == 404
