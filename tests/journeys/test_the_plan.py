"""An action of the plan as four people see it through: done and shown by the lead, sent back once and then confirmed by
the officer, read by a board reader who can change nothing; and the one action of the police, updated by its owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.installation import Installation, installation
from tests.journeys.browser import NARROW, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import press, reach, sign_in

pytestmark = pytest.mark.browser
OWN = f"{CONTRACT}actions/"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as running:
        yield running


def main(tab: Tab) -> str:
    return tab.page.locator("main").inner_text()


def unfold(tab: Tab, heading: str) -> None:
    """Opens the box of a step, where it isn't open already."""
    summary = tab.page.locator("details.step > summary", has_text=heading).first
    if summary.locator("xpath=..").get_attribute("open") is None:
        summary.click()


def first_due(tab: Tab) -> tuple[str, str]:
    """The anchor and the page of the first of one's actions that presses."""
    tab.open(OWN)
    row = tab.page.locator(".own__action:has(form)").first
    if not row.is_visible():  # nothing presses: the later ones are folded
        row.locator("xpath=ancestor::details").locator("> summary").click()
    return str(row.get_attribute("id")), str(row.locator(".own__title a").get_attribute("href"))


def complete_from_the_list(tab: Tab) -> str:
    """Says on the list that the first action is done; gives its page."""
    anchor, page = first_due(tab)
    tab.page.locator(f"[id='{anchor}'] details > summary").click()
    tab.page.locator(f"[id='{anchor}-phase1']").select_option("completed")
    tab.page.locator(f"[id='{anchor}-phase2']").select_option("on_track")
    tab.page.locator(f"[id='{anchor}-words']").fill("In place in every team.")
    tab.page.locator(f"[id='{anchor}'] button[type=submit]").click()
    tab.page.wait_for_load_state()
    assert is_saved(tab)
    return page


def is_saved(tab: Tab) -> bool:
    """Said at the action's place, or at the top where it stands among what is folded now."""
    return "Saved" in main(tab) or "the update is saved" in main(tab)


def add_a_sample(tab: Tab, cases: str) -> None:
    unfold(tab, "Add evidence")
    fields = {"shows": f"{cases} cases meet the standard", "seen_on": "2020-04-20", "again_on": "2020-10-01"}
    fields |= {"sample": cases, "looked_by": "Independent reviewing officers"}
    tab.page.locator("#evidence-kind").select_option("audit")
    tab.page.locator("#evidence-independent").select_option("yes")
    for name, value in fields.items():
        tab.page.locator(f"#evidence-{name}").fill(value)
    press(tab, "Add the evidence")
    assert "the evidence is kept" in main(tab)


def say(tab: Tab, heading: str, field: str, words: str, button: str) -> None:
    unfold(tab, heading)
    tab.page.locator(f"#{field}-words").fill(words)
    press(tab, button)


def show_and_ask(lead: Tab, page: str, cases: str) -> None:
    lead.open(page)
    add_a_sample(lead, cases)
    say(
        lead,
        "Ask for its Phase 2 to be confirmed",
        "ask",
        "Children are seen sooner.",
        "Ask for the confirmation",
    )
    assert "It waits for the council to confirm" in main(lead).replace("Sandwell Council", "the council")


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(WIDE, True, id="wide"),
        pytest.param(NARROW, False, id="narrow-without-javascript", marks=pytest.mark.once),
    ],
)
def test_an_action_from_done_to_confirmed(
    site: Installation, browser: Browser, width: int, javascript: bool
) -> None:
    settings = {"width": width, "java_script_enabled": javascript}
    with tab(browser, site, **settings) as lead, tab(browser, site, **settings) as officer:
        sign_in(lead, "trust-manager")
        page = complete_from_the_list(lead)
        show_and_ask(lead, page, "12")

        sign_in(officer, "client-officer")
        officer.open(f"{CONTRACT}notices/")
        assert "asks you to confirm" in main(officer)
        officer.open(OWN)
        officer.page.locator(f"section[aria-labelledby=asked] a[href='{page}']").click()
        officer.page.wait_for_load_state()
        say(officer, "Send it back", "send-back", "Twelve are few. Look at more.", "Send back")
        assert "it was sent back" in main(officer)

        lead.open(f"{CONTRACT}notices/")
        assert "back" in main(lead)
        show_and_ask(lead, page, "30")
        officer.open(page)
        say(officer, "Confirm that it made a difference", "confirm", "Thirty cases show it.", "Confirm")
        assert "Phase 2 is confirmed" in main(officer)

        for one in (lead, officer):
            assert one.sideways() <= 0
            if javascript:
                assert not one.axe()

    with tab(browser, site, **settings) as reader:
        sign_in(reader, "board-reader")
        reader.open(page)
        story = main(reader)
        assert "Twelve are few." in story and "Thirty cases show it." in story
        assert reader.page.locator("main form[method=post]").count() == 0
        assert reader.sideways() <= 0


def test_the_police_update_their_own_action(site: Installation, browser: Browser) -> None:
    with tab(browser, site, width=NARROW) as owner:
        sign_in(owner, "action-owner")
        page = complete_from_the_list(owner)
        owner.open(page)
        assert "In place in every team." in main(owner)
        assert owner.sideways() <= 0


def test_five_updates_by_keyboard_alone(site: Installation, browser: Browser) -> None:
    """From the list and back to it, five times; how long a person takes is theirs, so it is counted in keys."""
    keys = 0
    with tab(browser, site) as lead:
        sign_in(lead, "trust-manager")
        for _ in range(5):
            anchor, _page = first_due(lead)
            keys += reach(lead, f"[id='{anchor}'] details > summary")
            lead.page.keyboard.press("Enter")
            keys += reach(lead, f"[id='{anchor}-phase1']")
            lead.page.keyboard.type("Completed")
            keys += reach(lead, f"[id='{anchor}-phase2']")
            lead.page.keyboard.type("On track")
            keys += reach(lead, f"[id='{anchor}-words']")
            lead.page.keyboard.type("Done and signed off.")
            keys += reach(lead, f"[id='{anchor}'] button[type=submit]")
            with lead.page.expect_navigation():
                lead.page.keyboard.press("Enter")
            assert is_saved(lead)
    assert keys <= 5 * 60
