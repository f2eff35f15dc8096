"""The client officer's main journey without a mouse: every stop is seen, in the page's order, under nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import ROLES, Tab
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.once]

# How an element looks, as far as focus changes it; kept in the page for the next step.
LOOKS = """
() => {
  window.focusLooks = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
            style.borderColor].join(" ");
  };
}
"""
STOP = """
(first) => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const before = first ? null : window.lastStop;
  const box = element.getBoundingClientRect();
  const middle = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
  const top = document.elementFromPoint(...middle);
  const answer = {
    words: (element.innerText || element.value || element.getAttribute("aria-label") || "").trim()
      .replace(/\\s+/g, " "),
    tag: element.tagName,
    href: element.getAttribute("href"),
    later: !before || Boolean(before.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    beforeLooksFocused: before ? before.looks : null,
    beforeLooksPlain: before ? window.focusLooks(before.element) : null,
    inView: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight + 1
            && box.left >= 0 && box.right <= window.innerWidth + 1,
    uncovered: Boolean(top) && (element.contains(top) || top.contains(element)),
  };
  window.lastStop = { element, looks: window.focusLooks(element) };
  return answer;
}
"""
MOST_STOPS = 150


class Keyboard:
    """Presses Tab and holds every stop to the rules."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.words = ""
        self.begin()

    def begin(self) -> None:
        """On a page that was just opened."""
        self.tab.page.evaluate(LOOKS)
        self.first = True
        self.words = ""

    def step(self) -> dict[str, Any]:
        """One Tab. The stop is visible, comes later in the page, and the one that was left had looked different."""
        self.tab.page.keyboard.press("Tab")
        stop: dict[str, Any] | None = self.tab.page.evaluate(STOP, self.first)
        assert stop, f"the focus left the page after {self.words!r}"
        assert stop["later"], f"{stop['words']!r} comes before {self.words!r} in the page"
        assert stop["inView"], f"{stop['words']!r} has the focus outside the window"
        assert stop["uncovered"], f"{stop['words']!r} has the focus under something else"
        if not self.first:
            assert stop["beforeLooksFocused"] != stop["beforeLooksPlain"], (
                f"focus on {self.words!r} can't be seen"
            )
        self.first, self.words = False, stop["words"]
        return stop

    def go_to(self, words: str) -> dict[str, Any]:
        """Tabs on until the stop whose words begin so."""
        for _ in range(MOST_STOPS):
            stop = self.step()
            if stop["words"].startswith(words):
                return stop
        raise AssertionError(f"{words!r} was not reached in {MOST_STOPS} stops")

    def press(self, key: str) -> None:
        self.tab.page.keyboard.press(key)


def test_main_journey_by_keyboard_alone(tab_of: Opener) -> None:
    with tab_of() as tab:
        tab.open("/sign-in/")
        keyboard = Keyboard(tab)
        keyboard.go_to(ROLES["client-officer"])
        keyboard.press("Enter")
        expect(tab.page.get_by_role("heading", level=1, name="March 2020")).to_be_visible()

        keyboard.begin()
        skip = keyboard.step()
        assert skip["words"] == "Skip to main content"
        keyboard.press("Enter")
        assert tab.page.evaluate("document.activeElement.id") == "main"
        assert keyboard.step()["words"] == "◀ Previous month: February", (
            "the skip link leads past the navigation"
        )

        while keyboard.step()["tag"] != "SELECT":
            pass
        tab.page.keyboard.type("March 2019")
        assert keyboard.step()["words"] == "Show"
        keyboard.press("Enter")
        expect(tab.page.get_by_role("heading", level=1, name="March 2019")).to_be_visible()

        keyboard.begin()
        keyboard.go_to("off target")
        keyboard.press("Enter")
        tab.page.wait_for_url("**status=off_target*")
        expect(tab.page.get_by_text("8 of 15 indicators")).to_be_visible()

        keyboard.begin()
        keyboard.go_to("Return interviews within 72 hours")
        keyboard.press("Enter")
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("PI9 Return interviews within 72 hours")

        keyboard.begin()
        keyboard.go_to("Download values (CSV)")
        with tab.page.expect_download() as download:
            keyboard.press("Enter")
        assert download.value.suggested_filename.endswith(".csv")
        assert "2019-03" in download.value.path().read_text()

        tab.page.keyboard.press("Control+Home")
        tab.page.go_back()
        tab.page.wait_for_url("**status=off_target*")
        expect(tab.page.get_by_text("8 of 15 indicators")).to_be_visible()


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("client-officer", "/contracts/sandwell/?month=2019-03"),
        ("client-officer", "/contracts/sandwell/indicators/PI9/?month=2019-03"),
        ("client-officer", "/contracts/sandwell/heat-map/?month=2019-03"),
        ("scrutiny-member", "/contracts/sandwell/reports/"),
        ("client-officer", "/account/"),
    ],
)
def test_every_stop_of_a_page_is_seen_in_order(person: str, path: str, tab_of: Opener) -> None:
    with tab_of(person) as tab:
        tab.open(path)
        reachable = tab.page.locator(
            "a[href]:visible, button:visible, select:visible, summary:visible, input:visible, [tabindex='0']:visible"
        ).count()
        keyboard = Keyboard(tab)
        in_canvas = tab.page.locator(
            ".chart__canvas [tabindex='-1']:visible, .chart__canvas a:visible"
        ).count()
        for _ in range(reachable - in_canvas):
            keyboard.step()
