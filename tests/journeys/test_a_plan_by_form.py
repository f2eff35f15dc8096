"""An officer makes a plan by form on a telephone without JavaScript, and the Trust reads it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import NARROW
from tests.journeys.conftest import Opener
from tests.journeys.places import CONTRACT

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_plan_is_made_on_a_telephone_without_javascript(tab_of: Opener) -> None:
    with tab_of("client-officer", java_script_enabled=False, width=NARROW) as tab:
        page = tab.page

        def save(link: str, side: str = "", **typed: str) -> None:
            page.get_by_role("link", name=link, exact=True).first.click()
            for label, words in typed.items():
                page.get_by_label(label.replace("_", " "), exact=True).fill(words)
            if side:
                page.get_by_label("On whose side", exact=True).select_option(label=side)
            page.get_by_role("button", name="Save", exact=True).click()
            expect(page.get_by_role("alert")).to_be_visible()
            assert tab.sideways() <= 0

        tab.open(f"{CONTRACT}plans/childcare-2019-20/")
        page.get_by_role("link", name="Begin a new plan").click()
        page.get_by_label("What it is").select_option(label="Recommendations from elsewhere")
        for label, words in (
            ("Name", "Monitoring visit of March 2020"),
            ("First month", "2020-04"),
            ("Last month", "2021-03"),
        ):
            page.get_by_label(label, exact=True).fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
        assert tab.path == f"{CONTRACT}plans/monitoring-visit-of-march-2020/keep/"
        save("Add an owner", side="Council", Role="Head of Early Help")
        save("Add a priority", Name="What inspectors asked")
        save("Add a recommendation to priority 1", References="MV1", Short_title="Hear every child")
        page.get_by_role("link", name="Add an action to MV1").click()
        page.get_by_label("Short title", exact=True).fill("Write down what children say")
        page.get_by_label("Head of Early Help").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(
            page.get_by_text("Action 1 of MV1 was added. It belongs to Head of Early Help.")
        ).to_be_visible()
    with tab_of("trust-manager") as tab:
        tab.open(f"{CONTRACT}plans/monitoring-visit-of-march-2020/actions/MV1/1/")
        expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Write down what children say")
        expect(tab.page.get_by_role("link", name="Keep this plan")).to_have_count(0)
