"""The session ends while somebody types, chooses or is about to press: what they find after signing in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.installation import Installation, installation
from tests.journeys.browser import NARROW, ROLES, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import RETURN, press, sign_in
from tests.journeys.soundness import assert_fits, assert_sound

pytestmark = pytest.mark.browser

FIGURE = f"{CONTRACT}review/PI1/?month=2020-03"
SHEET = f"{RETURN}spreadsheet/"
WORDS = "Which team was it?\nAnd <when>?"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as running:
        yield running


def sign_out_elsewhere(tab: Tab) -> None:
    other = tab.page.context.new_page()
    other.goto(f"{tab.site.address}/account/")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_load_state()
    other.close()


def said(tab: Tab) -> str:
    return tab.page.locator("main").inner_text()


def look(tab: Tab) -> None:
    for width in (WIDE, NARROW):
        tab.resize(width)
        assert_sound(tab)
    assert_fits(tab)
    tab.resize(WIDE)


def test_a_query_is_typed_once_without_javascript(site: Installation, browser: Browser) -> None:
    with tab(browser, site, java_script_enabled=False) as officer:
        sign_in(officer, "client-officer")
        officer.open(FIGURE)
        officer.page.get_by_label("What do you ask about?").fill(WORDS)
        sign_out_elsewhere(officer)

        press(officer, "Ask the Trust")
        assert "What you typed is kept on this page" in said(officer)
        press(officer, ROLES["client-officer"])

        typed = officer.page.get_by_label("What do you ask about?")
        expect(typed).to_have_value(WORDS)
        typed.fill(WORDS.replace("team", "of the teams"))
        press(officer, "Ask the Trust")
        assert "The Trust is asked." in said(officer)
        assert "Which of the teams was it?" in said(officer)


def test_what_was_not_done_is_said_and_leads_back(
    site: Installation, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "march.csv"
    file.write_bytes(b"indicator,month\n" * 500_000)
    with tab(browser, site) as officer, tab(browser, site) as manager:
        sign_in(officer, "client-officer")
        officer.open(FIGURE)
        sign_out_elsewhere(officer)
        press(officer, "Accept PI1")
        look(officer)
        press(officer, ROLES["client-officer"])
        assert "“Accept”, was not done" in said(officer)
        look(officer)
        officer.page.get_by_role("link", name="Go to the page").click()
        expect(officer.page.get_by_role("heading", level=1)).to_have_text("Review of March 2020")

        sign_in(manager, "trust-manager")
        manager.open(SHEET)
        manager.page.get_by_label("A filled template").set_input_files(file)
        sign_out_elsewhere(manager)
        press(manager, "Read it and show what changes")
        assert "The file that you chose was not taken" in said(manager)
        press(manager, ROLES["trust-manager"])
        assert "The file “march.csv” was not taken" in said(manager)
        assert "Choose the file again" in said(manager)
        look(manager)
        manager.page.get_by_role("link", name="Go to the page").click()
        expect(manager.page.get_by_label("A filled template")).to_be_visible()


def test_pasted_rows_come_through_whole(site: Installation, browser: Browser) -> None:
    rows = "".join(f'PI1\t2020-03\t1\t2\t\t"{number} “é”\n' for number in range(14_000))
    with tab(browser, site) as manager:
        sign_in(manager, "trust-manager")
        manager.open(SHEET)
        # As a paste comes: at once. Typing so much takes the browser's driver half a minute.
        manager.page.get_by_label("Or rows pasted").evaluate("(box, rows) => { box.value = rows; }", rows)
        sign_out_elsewhere(manager)
        press(manager, "Read it and show what changes")
        press(manager, ROLES["trust-manager"])

        assert manager.page.get_by_label("Or rows pasted from a spreadsheet").input_value() == rows
        look(manager)
        press(manager, "Read it and show what changes")
        expect(manager.page.get_by_role("heading", level=1)).to_have_text("Pasted rows")
