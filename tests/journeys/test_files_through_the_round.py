"""What people really hand in, through the whole round: a paste, a CSV saved by Excel, a workbook with links.

March 2020 is open. The Trust's fifteen figures arrive in one of the three ways, are seen before they are saved, and
are submitted; the council's officer accepts them; and what then stands on the pages is what was handed in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import PatternFill
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook, ExternalSheetNames
from openpyxl.worksheet.datavalidation import DataValidation
from playwright.sync_api import Browser, Page, expect

from tests.installation import Installation, installation, poll
from tests.journeys.browser import NARROW, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import RETURN, accept_everything, may_accept, press, sign_in, submit_all, was_read
from tests.journeys.soundness import assert_sound
from tests.spreadsheets import SHEET, with_part

Look = Callable[[Tab], None]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
pytestmark = [pytest.mark.browser, pytest.mark.once]


class Row(NamedTuple):
    """An indicator's month as it is handed in, and what the pages show for it."""

    numerator: str
    denominator: str
    value: str
    shown: str


MARCH = {
    "PI1": Row("490", "605", "", "81.0%"),
    "PI2": Row("520", "81000", "", "64.20"),
    "PI3": Row("30", "35", "", "85.7%"),
    "PI4": Row("174", "200", "", "87.0%"),
    "PI5": Row("", "", "6", "6"),
    "PI6": Row("410", "500", "", "82.0%"),
    "PI7": Row("485", "500", "", "97.0%"),
    "PI8": Row("350", "500", "", "70.0%"),
    "PI9": Row("45", "60", "", "75.0%"),
    "PI10": Row("920", "1150", "", "80.0%"),
    "PI11": Row("826", "905", "", "91.3%"),
    "PI12": Row("730", "880", "", "83.0%"),
    "PI13": Row("63", "220", "", "28.6%"),
    "PI14": Row("3330", "185", "", "18.00"),
    "PI15": Row("40", "54", "", "74.1%"),
}
# A cell that begins with a quotation mark, one of two lines, and one with signs that each code page has elsewhere.
WORDS = {
    "PI1": '"Front door" counted each team',
    "PI4": "Two posts were vacant.\nBoth are filled.",
    "PI9": "The team’s count – as agreed",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """The demonstration in which March 2020 is not returned yet."""
    with installation(tmp_path, until="2020-02") as running:
        yield running


def words_of(code: str) -> str:
    return WORDS.get(code, f"As counted for {code}.")


def paste(page: Page) -> None:
    """Copied in a spreadsheet: numbers and months as its cells show them, quoted only where a cell has two lines."""
    rows = ["indicator\tmonth\tnumerator\tdenominator\tvalue\tcommentary"]
    for code, (numerator, denominator, value, _) in MARCH.items():
        counts = [f"{int(count):,}" if count else "" for count in (numerator, denominator)]
        words = words_of(code)
        rows.append("\t".join([code, "Mar-20", *counts, value, f'"{words}"' if "\n" in words else words]))
    page.evaluate("rows => navigator.clipboard.writeText(rows)", "\r\n".join(rows) + "\r\n")
    page.locator("#id_rows").focus()
    page.keyboard.press("Control+V")


def downloaded(page: Page, label: str) -> bytes:
    """The month's template as the page offers it."""
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    return Path(download.value.path()).read_bytes()


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("#id_file").set_input_files(
        files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )


def choose_csv(page: Page) -> None:
    """The template filled and saved as CSV by Excel: Windows text, months rewritten in every row, the untouched too."""
    rows = list(csv.reader(io.StringIO(downloaded(page, "text (CSV)").decode("utf-8-sig"))))
    at = {name: number for number, name in enumerate(rows[0])}
    for row in rows[1:]:
        assert row[at["month"]] == "2020-03"
        row[at["month"]] = "Mar-20"
        if written := MARCH.get(row[at["indicator"]]):
            row[at["numerator"]], row[at["denominator"]], row[at["value"]], _ = written
            row[at["commentary"]] = words_of(row[at["indicator"]])
    saved = io.StringIO()
    csv.writer(saved).writerows(rows)
    choose(page, "March.csv", saved.getvalue().encode("cp1252"))


def choose_workbook(page: Page) -> None:
    """The template filled by formulas on another workbook, with links, a drop-down and a coloured empty row below."""
    book = load_workbook(io.BytesIO(downloaded(page, "workbook (XLSX)")))
    sheet = book.worksheets[0]
    column = {str(cell.value): cell.column for cell in sheet[1]}
    results = {}
    for row in range(2, sheet.max_row + 1):
        code = str(sheet.cell(row, column["indicator"]).value)
        if code not in MARCH:
            continue
        for name in ("numerator", "denominator", "value"):
            if count := getattr(MARCH[code], name):
                cell = sheet.cell(row, column[name], f"=[1]Counts!{name[0].upper()}{row}")
                results[cell.coordinate] = count
        words = sheet.cell(row, column["commentary"], words_of(code))
        words.hyperlink = f"https://trust.example/counts/{code}"
    choices = DataValidation(
        "list", formula1='"PI1,PI2,PI3"', error="Choose one of the codes", showErrorMessage=True
    )
    choices.add("A2:A40")
    sheet.add_data_validation(choices)
    for cell in sheet[sheet.max_row + 1]:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    link_to_counts(book)
    kept = io.BytesIO()
    book.save(kept)
    choose(page, "March.xlsx", with_part(kept.getvalue(), SHEET, lambda part: with_results(part, results)))


def link_to_counts(book: Workbook) -> None:
    """What the formulas call [1]: a workbook on somebody's own drive."""
    link = ExternalLink(ExternalBook(ExternalSheetNames(["Counts"])))
    link.file_link = Relationship(
        type="externalLinkPath", Target="file:///T:/Counts.xlsx", TargetMode="External"
    )
    book._external_links.append(link)


def with_results(sheet: bytes, results: dict[str, str]) -> bytes:
    """The sheet in which each formula stands beside what it came to, as a spreadsheet program saves it."""
    for place, result in results.items():
        cell = rf'(<c r="{place}"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?'.encode()
        sheet, found = re.subn(cell, rb"\g<1><v>" + result.encode() + b"</v>", sheet)
        assert found == 1, f"{place} holds no formula"
    return sheet


def not_too_wide(tab: Tab) -> None:
    assert tab.sideways() <= 0


def hand_in(manager: Tab, give: Callable[[Page], None], look: Look) -> None:
    """The Trust manager looks at what would change, and saves it as drafts."""
    page = manager.page
    sign_in(manager, "trust-manager")
    manager.open(f"{RETURN}spreadsheet/")
    look(manager)
    give(page)
    press(manager, "Read it and show what changes")
    page.wait_for_url("**/uploads/**")
    poll(lambda: was_read(manager), seconds=30, every=0.5)

    expect(page.locator(".upload__problems")).to_have_count(0)
    seen = page.locator(".upload__changes tbody tr")
    expect(seen).to_have_count(len(MARCH))
    for line, (code, row) in zip(seen.all(), MARCH.items(), strict=True):
        expect(line.get_by_role("rowheader")).to_contain_text(f"{code} ")
        expect(line).to_contain_text(row.shown)
    look(manager)
    press(manager, "Save these 15 as drafts")


def accept(officer: Tab, look: Look) -> None:
    sign_in(officer, "client-officer")
    poll(lambda: may_accept(officer), seconds=30, every=0.5)
    accept_everything(officer)
    officer.open(f"{CONTRACT}review/?month=2020-03")
    assert "15 accepted" in officer.page.locator("main").inner_text()
    look(officer)


def assert_shown(officer: Tab, look: Look) -> None:
    """The dashboard shows each value; an indicator's page the very counts and words that were handed in."""
    officer.open(f"{CONTRACT}?month=2020-03")
    lines = officer.page.locator("table.indicators tbody tr")
    shown = {line.locator(".indicators__code").inner_text(): line for line in lines.all()}
    for code, row in MARCH.items():
        expect(shown[code].locator(".indicators__value")).to_have_text(row.shown)
    look(officer)
    for code, words in WORDS.items():
        officer.open(f"{CONTRACT}indicators/{code}/?month=2020-03")
        march = officer.page.locator("#m2020-03")
        for label, count in (("Numerator", MARCH[code].numerator), ("Denominator", MARCH[code].denominator)):
            expect(march.locator(f"[data-label={label}]")).to_have_text(count)
        for line in words.split("\n"):
            expect(march).to_contain_text(line)
    look(officer)


@pytest.mark.parametrize(
    ("give", "width", "javascript"),
    [
        pytest.param(paste, NARROW, True, id="pasted-narrow"),
        pytest.param(choose_csv, WIDE, False, id="csv-without-javascript"),
        pytest.param(choose_workbook, WIDE, True, id="workbook-with-links"),
    ],
)
def test_what_is_handed_in_is_what_the_council_accepts(
    site: Installation, browser: Browser, give: Callable[[Page], None], width: int, javascript: bool
) -> None:
    settings = {"width": width, "java_script_enabled": javascript, "permissions": CLIPBOARD}
    look = assert_sound if javascript else not_too_wide  # what looks for faults is a script itself
    with tab(browser, site, **settings) as manager, tab(browser, site, **settings) as officer:
        hand_in(manager, give, look)
        submit_all(manager)
        assert "15 of 15 indicators have a figure" in manager.page.locator("main").inner_text()
        look(manager)

        accept(officer, look)
        assert_shown(officer, look)
        for one in (manager, officer):
            not_too_wide(one)
