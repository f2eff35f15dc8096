"""The pages of a round that no address alone leads to: each is reached as its users reach it, and looked at there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.installation import Installation, installation, poll
from tests.journeys.browser import NARROW, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import RETURN, may_accept, press, sign_in
from tests.journeys.soundness import assert_fits, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.appearance]

FIGURE, STATEMENT = f"{CONTRACT}review/PI1/?month=2020-03", f"{CONTRACT}review/PI10/?month=2020-03"
NEXT_MONTH = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
Look = Callable[[Tab, str], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration in which March 2020 is not returned yet."""
    with installation(tmp_path_factory.mktemp("states"), until="2020-02") as running:
        yield running


@pytest.fixture
def look() -> Look:
    """Looks at the page as it stands, at both widths; it says which words must be there."""

    def looked(tab: Tab, words: str) -> None:
        assert words in tab.page.locator("main").inner_text()
        for width in (WIDE, NARROW):
            tab.resize(width)
            assert_sound(tab)
        assert_fits(tab)
        tab.resize(WIDE)

    return looked


def fill(tab: Tab, code: str, **texts: str) -> None:
    for name, text in texts.items():
        tab.page.locator(f"#id_{code}-{name}").fill(text)


def open_corrections(tab: Tab, code: str) -> None:
    tab.open(RETURN)
    tab.page.locator(f"#{code} .sheet__settled > summary").click()


def test_every_state_of_a_round_is_sound(site: Installation, browser: Browser, look: Look) -> None:
    with tab(browser, site) as manager, tab(browser, site) as officer:
        sign_in(manager, "trust-manager")
        sign_in(officer, "client-officer")
        manager.open(RETURN)
        look(manager, "15 are missing")

        fill(manager, "PI1", numerator="490", denominator="605", commentary="As before.")
        fill(manager, "PI4", numerator="abc", denominator="12")
        fill(manager, "PI9", value="0.75", commentary="As before.")
        manager.page.locator("#PI10 .sheet__more > summary").click()
        manager.page.locator("#id_PI10-standing").select_option("cannot_report")
        fill(manager, "PI10", reason="The records are being moved.", expected_on=NEXT_MONTH)
        press(manager, "Save as draft")
        look(manager, "4 are drafted and not submitted yet")
        press(manager, "Check and submit March 2020")
        look(manager, "Nothing was submitted yet")

        press(manager, "Submit only PI10")
        press(manager, "Submit only PI1")
        look(manager, "1 figure submitted; the council sees it now.")
        for one in (manager, officer):
            one.open(STATEMENT)
            look(one, "The records are being moved.")

        poll(lambda: may_accept(officer), seconds=30, every=0.5)
        officer.page.get_by_label("What do you ask about?").fill("Is that every team?")
        press(officer, "Ask the Trust")
        look(officer, "Is that every team?")
        manager.open(FIGURE)
        manager.page.locator("input[name=kind]").last.check()
        manager.page.locator("textarea[name=words]").fill("It is.")
        manager.page.locator("form:has(textarea[name=words]) button").click()
        manager.page.wait_for_load_state()
        look(manager, "It is.")

        officer.open(FIGURE)
        look(officer, "Disputed")
        open_corrections(manager, "PI1")
        fill(manager, "PI1", numerator="488", change_reason="Two were counted twice.")
        press(manager, "Submit only PI1")
        officer.expected_path = f"{CONTRACT}review/PI1/"
        officer.page.get_by_label("What do you ask about?").fill("Which two?")
        press(officer, "Ask the Trust")
        look(officer, "PI1 of March 2020 was revised meanwhile.")

        other = manager.page.context.new_page()
        other.goto(site.address + RETURN)
        manager.open(RETURN)
        manager.expected_path = RETURN
        other.locator("#id_PI3-value").fill("81")
        other.get_by_role("button", name="Save as draft").first.click()
        other.wait_for_load_state()
        fill(manager, "PI3", value="82")
        press(manager, "Save as draft")
        look(manager, "This changed meanwhile")


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("trust manager", "What you typed is still here"),
        ("client officer", "What was sent is not shown here"),
    ],
)
def test_what_was_typed_when_the_session_ended_is_sound_to_the_end(
    site: Installation, browser: Browser, look: Look, role: str, said: str
) -> None:
    with tab(browser, site) as manager:
        sign_in(manager, "trust-manager")
        manager.open(RETURN)
        fill(manager, "PI5", value="7")
        manager.page.context.clear_cookies()
        manager.expected_path = "/"
        press(manager, "Save as draft")
        look(manager, "Your session had ended.")
        press(manager, f"Continue as {role}")
        look(manager, said)
