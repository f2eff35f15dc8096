"""A Trust manager fills the template in a spreadsheet and hands it in; once with JavaScript off, once at 375 pixels."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.browser import NARROW, WIDE, Tab
from tests.journeys.conftest import Opener
from tests.journeys.soundness import assert_fits, assert_sound

pytestmark = pytest.mark.browser

MONTH = "/contracts/sandwell/returns/2020-03/"


def filled(page: Page, path: Path, cells: dict[str, Any]) -> bytes:
    """The template as the page offers it, with these cells of it typed over: {"PI12 numerator": 700}."""
    with page.expect_download() as download:
        page.get_by_role("link", name="workbook (XLSX)").click()
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=2)}
    for name, written in cells.items():
        code, column = name.split()
        sheet.cell(row=rows[code], column=columns[column], value=written)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def hand_in(tab: Tab, content: bytes) -> None:
    tab.page.locator("#id_file").set_input_files(
        files=[{"name": "March.xlsx", "mimeType": "application/octet-stream", "buffer": content}]
    )
    tab.page.get_by_role("button", name="Read it and show what changes").click()
    tab.page.wait_for_url("**/uploads/**")


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, False), (NARROW, True)])
def test_from_the_template_into_drafts(width: int, javascript: bool, tab_of: Opener, tmp_path: Path) -> None:
    with tab_of("trust-manager", width=width, java_script_enabled=javascript) as tab:
        page = tab.page
        tab.open(MONTH)
        page.locator(".from-spreadsheet summary").click()
        number = 700 if javascript else 701
        wrong = {"PI12 numerator": "12%", "PI12 denominator": 880}
        hand_in(tab, filled(page, tmp_path / "t.xlsx", wrong))
        expect(page.get_by_role("heading", name="1 problem in 1 row")).to_be_visible()
        expect(page.locator(".upload__problems")).to_contain_text("has a percent sign")
        if javascript:
            assert_sound(tab)
            assert_fits(tab)

        tab.open(f"{MONTH}spreadsheet/")
        right = {
            "PI12 numerator": number,
            "PI12 denominator": 880,
            "PI12 commentary": "Two posts were vacant",
        }
        hand_in(tab, filled(page, tmp_path / "t.xlsx", right))
        expect(page.locator(".upload__changes tbody tr")).to_have_count(1)
        if javascript:
            assert_sound(tab)
            assert_fits(tab)
        page.get_by_role("button", name="Save this one as a draft").click()
        page.get_by_role("link", name="Check and submit March 2020").click()

        expect(page.get_by_label("Numerator of PI12", exact=False)).to_have_value(str(number))
        assert tab.troubles == []
