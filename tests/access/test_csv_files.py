"""Every CSV file of the program opens right in a spreadsheet, whoever wrote its page."""

import csv
import io
import re
from datetime import date

import pytest

from core.values.cells import NUMBER, STARTS
from core.values.months import Month
from kpis.figures.models import Figure
from kpis.returns.upload_handler import FIGURES
from kpis.review.services import query_figure
from parties.participants import participant_for
from tests.access import routes
from tests.returning import returned
from tests.uploads.sheets import draft
from uploads.receiving import HandedIn, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

MARK = b"\xef\xbb\xbf"
FORMULA = '=HYPERLINK("https://evil.example";"see “here”")'
FAULTY = b"indicator,month,numerator,denominator,value,=1+1\nPI1,2020-03,1,2,,3\n"
QUOTED = re.compile(r'"(?:[^"]|"")*"')


@pytest.fixture
def formulas(person, demonstration, django_capture_on_commit_callbacks):
    """Formulas wherever somebody can type one: a figure's commentary, a draft, a query, a faulty file."""
    officer, manager = (participant_for(person(role), "sandwell") for role in ("officer", "trust"))
    with django_capture_on_commit_callbacks(execute=True):
        returned(demonstration, f'PI2,2020-02,7,8,,"{FORMULA.replace(chr(34), chr(34) * 2)}",returned\n')
        draft(manager, "PI3", month=Month(2019, 3), commentary=FORMULA, numerator="-5")
        seen = Figure.objects.get(indicator__code="PI2", month="2020-02-01").latest
        query_figure(
            by=officer, seen=seen, reason=FORMULA, answer_by=date(2020, 5, 1), today=date(2020, 4, 20)
        )
        receive(by=manager, handler=FIGURES, given=HandedIn.file("formulas.csv", FAULTY))


@pytest.fixture
def files(formulas, client_of):
    """What each address of the program gives as CSV, by its route, in the role that sees most of it."""
    found = {}
    for role in ("officer", "trust"):
        client = client_of(role)
        for name in routes.names():
            if name.startswith(routes.ADMIN) or name == "sign-out":
                continue
            answer = client.get(routes.address(name))
            if answer.get("Content-Type", "").startswith("text/csv"):
                found[name] = b"".join(answer) if answer.streaming else answer.content
    return found


def test_every_file_is_found(files):
    named = {name for name in routes.names() if addressed_as_csv(name)}

    assert set(files) == named
    assert len(named) >= 6


def test_every_file_opens_right(files):
    assert {name: found for name, content in files.items() if (found := faults(content))} == {}


def test_the_formulas_that_were_typed_stand_in_the_files_as_text(files):
    cells = [cell for content in files.values() for row in table(content) for cell in row]

    assert cells.count(f"'{FORMULA}") == 2
    assert "'=1+1" in cells


def addressed_as_csv(name: str) -> bool:
    return not name.startswith(routes.ADMIN) and routes.address(name).endswith(".csv")


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def faults(content: bytes) -> list[str]:
    """What a spreadsheet program would take for something else than it is."""
    found = []
    if not content.startswith(MARK) or content.count(MARK) != 1:
        found.append("no mark, or another one, by which its letters are known")
    lines = QUOTED.sub("", content.decode())
    if not lines.endswith("\r\n") or not lines.count("\n") == lines.count("\r\n") == lines.count("\r"):
        found.append("lines that end in something else")
    header, *rows = table(content)
    if len(set(header)) != len(header) or not rows or {len(row) for row in rows} != {len(header)}:
        found.append("rows and columns that do not fit together")
    return found + [
        f"a formula: {cell}"
        for row in rows
        for cell in row
        if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)
    ]
