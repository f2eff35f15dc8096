"""A month of money as two people see it through: entered, submitted, asked about and answered, revised, accepted and
closed; revised after that with a reason. The next one comes from a file and goes the same way; and both parties change
a budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.installation import Installation, installation, poll
from tests.journeys.browser import NARROW, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import press, reach, sign_in, was_read

pytestmark = pytest.mark.browser
BOOK = f"{CONTRACT}money/books/trust/"
# March is over and waits for its answer in the demonstration; period 13 adjusts the year after it.
PERIOD = f"{BOOK}2019/13/"
MARCH = f"{BOOK}2019/12/"
NEXT = f"{BOOK}2019/14/"
HOMES, FOSTER = "External Residential", "External Foster Care"
# Copied from a spreadsheet.
ROWS = """code\tyear\tperiod\tactual\tforecast\tmoved\twords
external_residential\t2019/20\t14\t11,999,000\t11,999,000\tA last invoice came.\tMore children than the budget assumed.
external_foster_care\t2019/20\t14\t11,760,000\t11,760,000\t\tMore children than the budget assumed.
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as running:
        yield running


def main(tab: Tab) -> str:
    return tab.page.locator("main").inner_text()


def line(tab: Tab, name: str) -> Locator:
    """A line's row of the form."""
    return tab.page.get_by_role("group", name=name, exact=True)


def enter(tab: Tab, name: str, spent: str, forecast: str) -> None:
    row = line(tab, name)
    row.get_by_label(f"Spent to date of {name}").fill(spent)
    row.get_by_label(f"Forecast of the year of {name}").fill(forecast)


def say(tab: Tab, name: str, field: str, words: str) -> None:
    """Unfolds the words of a line where they are folded."""
    row = line(tab, name)
    if not row.get_by_label(field).is_visible():
        row.locator("summary").click()
    row.get_by_label(field).fill(words)


def enter_the_month(trust: Tab) -> None:
    """What is over or moved is asked for its words, which open by themselves."""
    trust.open(PERIOD)
    enter(trust, HOMES, "12,000,000", "12,000,000")
    enter(trust, FOSTER, "11,758,240", "11,758,240")
    press(trust, "Save as draft")
    assert "Draft saved: 2 lines changed." in main(trust)
    trust.open(PERIOD)
    assert line(trust, HOMES).get_by_label("Spent to date").input_value() == "12,000,000"
    assert "£23,758,240" in main(trust)

    press(trust, "Submit what is filled in")
    assert "The forecast is over its budget" in main(trust) and "The forecast moved" in main(trust)
    assert line(trust, HOMES).get_by_label("Why the forecast moved").is_visible()
    say(trust, HOMES, "Why the forecast moved", "Two invoices came after March.")
    for name in (HOMES, FOSTER):
        say(trust, name, "Why it is off track", "More children than the budget assumed.")
    press(trust, "Submit what is filled in")
    assert "2 lines submitted." in main(trust)


def tick_only(officer: Tab, name: str) -> None:
    for box in officer.page.locator("input[name=entry]").all():
        box.uncheck()
    officer.page.get_by_label(f"{name}:").check()


def ask_about_one(officer: Tab) -> None:
    officer.open(PERIOD)
    assert "Two invoices came after March." in main(officer)
    tick_only(officer, HOMES)
    officer.page.get_by_label("What you ask").fill("Which invoices are these?")
    press(officer, "Ask about the lines")
    assert "1 line queried." in main(officer)


def answer_and_revise(trust: Tab) -> None:
    """One query is answered by another entry of the same line."""
    trust.open(PERIOD)
    assert "Which invoices are these?" in main(trust)
    enter(trust, HOMES, "11,995,000.50", "11,995,000.50")
    say(trust, HOMES, "Why the forecast moved", "One invoice came after March.")
    press(trust, "Submit what is filled in")
    assert "1 line submitted." in main(trust)


def accept_all(officer: Tab, page: str, lines: str) -> None:
    """After a look at what they come to."""
    officer.open(page)
    officer.page.get_by_role("link", name=f"Accept {lines} of the month").click()
    press(officer, f"Accept {lines}")
    assert f"{lines} accepted." in main(officer)


def accept_and_close(officer: Tab) -> None:
    """What comes after March is closed after March."""
    accept_all(officer, PERIOD, "2 lines")
    press(officer, "Close period 13 of 2019/20")
    assert "Close March 2020 first." in main(officer)
    accept_all(officer, MARCH, "6 lines")
    press(officer, "Close March 2020")
    assert "March 2020 is closed." in main(officer)
    officer.open(PERIOD)
    press(officer, "Close period 13 of 2019/20")
    assert "Period 13 of 2019/20 is closed." in main(officer)


def revise_what_is_closed(trust: Tab, officer: Tab) -> None:
    trust.open(PERIOD)
    enter(trust, FOSTER, "11,760,000", "11,760,000")
    say(trust, FOSTER, "Why the forecast moved", "A late bill.")
    press(trust, "Submit what is filled in")
    assert "The period is closed. Say why it is revised." in main(trust)
    say(trust, FOSTER, "Why the closed month is revised", "The bill came in May.")
    press(trust, "Submit what is filled in")
    assert "1 line submitted." in main(trust)

    accept_all(officer, PERIOD, "1 line")
    officer.open(f"{BOOK}lines/external_foster_care/?year=2019")
    story = officer.page.content()
    assert "£11,760,000" in story and "£11,758,240" in story and "The bill came in May." in story


def import_the_next(trust: Tab) -> None:
    """Rows become drafts, which are submitted at once after a look at what they come to."""
    trust.open(f"{BOOK}spreadsheet/")
    trust.page.locator("#id_rows").fill(ROWS)
    press(trust, "Read it and show what changes")
    trust.page.wait_for_url("**/uploads/**")
    poll(lambda: was_read(trust), seconds=30, every=0.5)
    press(trust, "Save these 2 as drafts")
    trust.page.get_by_role("link", name="Check and submit period 14").click()
    trust.page.get_by_role("link", name="Submit 2 drafts of the month").click()
    assert "2 drafts of 6 lines can be read." in main(trust) and "£23,759,000" in main(trust)
    press(trust, "Submit 2 lines")
    assert "2 lines submitted." in main(trust)


def ask_answer_and_close_the_next(trust: Tab, officer: Tab) -> None:
    """A query is answered in words, then all is accepted; what is closed is revised once more."""
    officer.open(NEXT)
    tick_only(officer, FOSTER)
    officer.page.get_by_label("What you ask").fill("Why did it not move?")
    press(officer, "Ask about the lines")
    trust.open(NEXT)
    tick_only(trust, FOSTER)
    trust.page.get_by_label("What you answer").fill("Every bill came by period 13.")
    press(trust, "Answer")
    assert "1 line answered." in main(trust)
    accept_all(officer, NEXT, "2 lines")
    press(officer, "Close period 14 of 2019/20")
    assert "is closed." in main(officer)
    trust.open(NEXT)
    enter(trust, HOMES, "11,998,000", "11,998,000")
    say(trust, HOMES, "Why the forecast moved", "A credit came.")
    say(trust, HOMES, "Why the closed month is revised", "The credit is of last year.")
    press(trust, "Submit what is filled in")
    assert "1 line submitted." in main(trust)


def change_the_budget(trust: Tab, officer: Tab) -> None:
    """£100,000 moved between two lines, once both agreed; then every page goes by it."""
    trust.open(f"{BOOK}versions/propose/2019/")
    trust.page.get_by_label("Virement").check()
    trust.page.get_by_label("Why the budget changes").fill("Fewer children in secure units.")
    trust.page.get_by_label("New budget of Secure Units").fill("809,000")
    press(trust, "Propose the change")
    assert "A virement comes to nil; this one takes £100,000." in main(trust)
    trust.page.get_by_label(f"New budget of {HOMES}").fill("11,103,000")
    press(trust, "Propose the change")
    assert "The change is proposed" in main(trust)

    officer.open(f"{BOOK}versions/")
    officer.page.get_by_role("link", name="Virement of 2019/20").click()
    officer.page.get_by_label("Your words").fill("As the board agreed.")
    press(officer, "Agree")
    assert "Agreed by the council" in main(officer).replace("Sandwell Council", "the council")
    officer.open(PERIOD)
    assert "Budget £11,103,000" in main(officer)


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(WIDE, True, id="wide"),
        pytest.param(NARROW, False, id="narrow-without-javascript", marks=pytest.mark.once),
    ],
)
def test_a_month_from_its_draft_to_its_revision_after_closing(
    site: Installation, browser: Browser, width: int, javascript: bool
) -> None:
    settings = {"width": width, "java_script_enabled": javascript}
    with tab(browser, site, **settings) as trust, tab(browser, site, **settings) as officer:
        sign_in(trust, "trust-manager")
        sign_in(officer, "client-officer")
        change_the_budget(trust, officer)
        enter_the_month(trust)
        ask_about_one(officer)
        answer_and_revise(trust)
        accept_and_close(officer)
        revise_what_is_closed(trust, officer)
        import_the_next(trust)
        ask_answer_and_close_the_next(trust, officer)

        for one in (trust, officer):
            one.open(PERIOD)
            assert one.sideways() <= 0
            if javascript:
                assert not one.axe()
        officer.open(f"{CONTRACT}trail/")
        for told in ("“Which invoices are these?”", "period 13 of 2019/20 was closed"):
            assert told in main(officer)


def test_a_line_is_entered_by_keyboard_alone(site: Installation, browser: Browser) -> None:
    """Keys go along a row: spent, forecast, known to come, mitigations, then its words."""
    with tab(browser, site) as trust:
        sign_in(trust, "trust-manager")
        trust.open(PERIOD)
        reach(trust, ".entry input[name$=-actual]", most=120)
        for amount in ("11,994,000", "11,995,000", "40,000", "10,000"):
            trust.page.keyboard.type(amount)
            trust.page.keyboard.press("Tab")
        trust.page.keyboard.press("Enter")
        trust.page.keyboard.press("Tab")
        trust.page.keyboard.type("Two invoices came late.")
        trust.page.keyboard.press("Tab")
        trust.page.keyboard.type("Homes cost more than assumed.")
        reach(trust, "button[value=submit]")
        with trust.page.expect_navigation():
            trust.page.keyboard.press("Enter")
        assert "1 line submitted." in main(trust)
