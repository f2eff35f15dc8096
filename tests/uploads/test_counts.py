"""Every row of a table is counted once: with a problem, new, changed, the same, or left out."""

from pathlib import Path

import pytest

from kpis.returns.upload_handler import read
from parties.participants import participant_for
from tests.pages import text
from tests.uploads.corpus import BYTES, CORPUS, ROWS, UNPACKED, Refused, Wrong
from tests.uploads.judged import Unheard
from tests.uploads.opened import opened_here
from tests.uploads.sheets import HEAD, page_of
from uploads.limits import upload_limits
from uploads.models import Upload
from uploads.tables.opening import Table
from uploads.tables.refusal import FileAsks, FileRefused
from uploads.tally import tally

CASES = {path.name: path.read_bytes for path in (Path(__file__).parent / "cases").iterdir()}
FILES = {
    **CASES,
    **{name: make for name, (make, wanted) in CORPUS.items() if not isinstance(wanted, Refused)},
}


@pytest.fixture
def reader(defined, trust_manager, settings, years_later):
    settings.IMPORT_MAX_BYTES, settings.IMPORT_MAX_UNPACKED_BYTES = BYTES, UNPACKED
    settings.IMPORT_MAX_ROWS = ROWS
    return participant_for(trust_manager, "sandwell")


def read_whole(content: bytes, *, pasted: bool) -> Table | None:
    try:
        table = opened_here(content, upload_limits(), pasted=pasted)
        return Table(table.head, iter(list(table.rows)))
    except (FileRefused, FileAsks):
        return None


@pytest.mark.parametrize("name", FILES)
def test_the_numbers_of_rows_come_to_their_total(reader, name):
    table = read_whole(FILES[name](), pasted=name.endswith(".txt"))
    if table is None:
        assert name in CASES or not isinstance(CORPUS[name][1], Wrong), name
        return
    rows = list(table.rows)

    verdict = read(reader, Table(table.head, iter(rows)), Unheard())

    in_header = {problem.row for problem in verdict.problems} == {table.head.number}
    numbers = {row.number for row in rows}
    wrong = {problem.row for problem in verdict.problems} & numbers
    counted = tally(len(rows), len(wrong), verdict.changes)
    assert counted.unread == (len(rows) if in_header else 0)
    assert verdict.rows == len(rows)
    assert wrong.isdisjoint(change["row"] for change in verdict.changes)
    assert len({change["row"] for change in verdict.changes}) == len(verdict.changes)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "PI3,2020-03,x,273,,\nPI4,2020-03,,,,\nPI12,2020-03,1,2,,\nPI3,2020-02,1,y,,\n",
            "Of 4 rows, 2 with problems, 1 new, 1 left out, without a figure.",
        ),
        ("PI3,2020-03,x,273,,\nPI3,2020-03,1,2,,\n", "Of 2 rows, 2 with problems."),
    ],
)
def test_the_page_says_what_became_of_each_row(manager, send, rows, said):
    upload = send(f"{HEAD}{rows}".encode())

    assert upload.state == Upload.State.FAULTY
    assert said in text(page_of(manager, upload).select_one(".lede"))


@pytest.mark.usefixtures("in_process")
def test_a_row_of_the_template_that_names_no_month_is_counted_as_left_out(manager, send):
    upload = send(
        b"indicator,name,month,numerator,denominator\nPI3,Places,20-Mar,,\nPI12,Posts,2020-03,1,2\n"
    )

    page = page_of(manager, upload)
    assert "Of 2 rows, 1 new, 1 left out, without a figure." in text(page.select_one(".lede"))
    assert "PI3 in row 2" in text(page.main)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("PI3,2020-03,75\n", "The one row was not looked at yet."),
        ("PI3,2020-03,75\nPI4,2020-03,75\n", "None of 2 rows was looked at yet."),
    ],
)
def test_rows_under_a_wrong_header_are_said_not_to_be_looked_at(manager, send, rows, said):
    upload = send(f"indicator,mnth,value\n{rows}".encode())

    assert said in text(page_of(manager, upload).select_one(".lede"))


@pytest.mark.usefixtures("in_process")
def test_a_list_that_was_cut_counts_all_rows_with_problems(manager, send):
    upload = send((HEAD + "PI3,2020-03,x,1,,\n" * 1500 + "PI12,2020-03,1,2,,\n").encode())

    page = page_of(manager, upload)
    assert text(page.select_one("#problems")) == "More than 1,000 problems in 1,500 rows"
    assert "Of 1,501 rows, 1,500 with problems, 1 new." in text(page.select_one(".lede"))
