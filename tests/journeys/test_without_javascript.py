"""The main journey with JavaScript off: nothing is missing."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.installation import Installation
from tests.journeys.browser import ROLES, WIDE
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("width", [WIDE, 375])
def test_main_journey_without_javascript(width: int, tab_of: Opener, site: Installation) -> None:
    month = json.loads(site.manage("statuses", "--month", "2019-03", "--format", "json").stdout)
    with tab_of(java_script_enabled=False, width=width) as tab:
        page = tab.page
        tab.open("/sign-in/")
        page.get_by_role("button", name=ROLES["client-officer"]).click()
        page.get_by_label("Month", exact=True).select_option("2019-03")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("March 2019")
        table = page.locator("table.indicators")
        for row in month:
            if row["indicator"].startswith("PI"):
                line = table.get_by_role("row").filter(has=page.get_by_text(row["indicator"], exact=True))
                expect(line.locator(".indicators__value")).to_have_text(row["display"])

        page.get_by_role("link", name="failed", exact=True).click()
        expect(table.locator("tbody tr")).to_have_count(sum(row["status"] == "failure" for row in month))
        table.get_by_role("link", name="Return interviews within 72 hours").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("PI9 Return interviews within 72 hours")
        drawing = page.locator(".chart__drawing svg:visible")
        expect(drawing).to_have_count(1)
        assert drawing.locator("use").count() >= 23, "a point for each month that was reported"
        assert page.locator(".history tbody tr").count() == 24
        of_march = next(row for row in month if row["indicator"] == "PI9")
        march = page.locator("#m2019-03")
        expect(march.locator(".history__value")).to_have_text(of_march["display"])
        with page.expect_download() as download:
            page.get_by_role("link", name="Download values (CSV)").click()
        assert download.value.suggested_filename.endswith(".csv")
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("March 2019")
