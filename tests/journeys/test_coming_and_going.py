"""What is entered appears, what did not change is not sent again, and who left has left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.installation import Installation, poll
from tests.journeys.browser import ROLES
from tests.journeys.conftest import Opener

pytestmark = pytest.mark.browser

# A month that no other journey reads.
JUNE = "/contracts/sandwell/?month=2018-06"
SECONDS_WITH_A_WORKER = 2


def test_imported_figure_is_on_the_dashboard(tab_of: Opener, site: Installation, tmp_path: Path) -> None:
    file = tmp_path / "return.csv"
    file.write_text(
        "indicator,month,numerator,denominator,value,commentary,provenance\nPI1,2018-06,61,80,,,illustrative\n"
    )
    with tab_of("client-officer") as tab:
        tab.open(JUNE)
        row = tab.page.locator("table.indicators tbody tr").first
        expect(row.locator(".indicators__value")).to_have_text("76.0%")
        site.manage("import_figures", str(file), "--accept-warnings=As counted")

        def shown() -> bool:
            tab.page.reload()
            return row.locator(".indicators__value").inner_text() == "76.3%"

        if os.environ.get("REDIS_URL"):
            poll(shown, seconds=SECONDS_WITH_A_WORKER, every=0.1)
        else:
            assert shown(), "without a worker the import itself computes"


def test_reload_of_an_unchanged_dashboard_is_answered_without_a_body(tab_of: Opener) -> None:
    with tab_of("client-officer") as tab:
        address = "/contracts/sandwell/?month=2019-03"
        etag = tab.open(address).headers["etag"]
        # What came over the wire; the page's own events tell of the kept copy instead.
        answers: list[tuple[int, str]] = []
        wire = tab.page.context.new_cdp_session(tab.page)
        wire.on(
            "Network.responseReceivedExtraInfo",
            lambda event: answers.append((event["statusCode"], event["headers"].get("ETag", ""))),
        )
        wire.send("Network.enable")
        tab.page.reload()
        poll(lambda: (304, etag) in answers, seconds=5)
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("March 2019")


def test_signing_out_leaves_nothing_to_go_back_to(tab_of: Opener) -> None:
    with tab_of() as tab:
        tab.open("/sign-in/")
        tab.page.get_by_role("button", name=ROLES["client-officer"]).click()
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("March 2020")
        tab.page.locator(".masthead__account a").click()
        tab.page.get_by_role("button", name="Sign out").click()
        expect(tab.page.get_by_role("heading", name="Signed out")).to_be_visible()
        for _ in range(2):
            tab.page.go_back()
            tab.page.reload()
            assert tab.path.startswith("/sign-in/?"), f"{tab.path} still answers"
            assert "on target" not in tab.page.content()
        for path in ("/contracts/sandwell/", "/contracts/sandwell/indicators/PI2/", "/account/"):
            tab.open(path)
            assert tab.path.startswith("/sign-in/"), f"{path} still answers"
