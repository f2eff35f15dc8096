"""A whole round as two people do it: by pointer and keyboard, by keyboard alone, without JavaScript, on a telephone.

March 2020 is open. Five figures are typed, ten come from the month's template, a faulty file is refused with its list,
drafts survive a sign-out, all is submitted, one figure is queried and answered with a revision, all are accepted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.installation import Installation, installation, poll
from tests.journeys.browser import NARROW, WIDE, Tab, tab
from tests.journeys.places import CONTRACT
from tests.journeys.round import (
    RETURN,
    accept_everything,
    explain_what_is_asked,
    may_accept,
    press,
    reach,
    sign_in,
    submit_all,
    was_read,
)

pytestmark = pytest.mark.browser

# Numerator and denominator, or the count alone; on target where the months before are, so that little is asked.
TYPED = {
    "PI1": ("490", "605"), "PI3": ("30", "35"), "PI5": ("", "6"), "PI9": ("47", "62"), "PI11": ("640", "720"),
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """The demonstration in which March 2020 is not returned yet."""
    with installation(tmp_path, until="2020-02") as running:
        yield running


def sign_out(tab: Tab) -> None:
    tab.open("/account/")
    tab.page.get_by_role("button", name="Sign out").click()


def type_figures(tab: Tab) -> None:
    for code, (numerator, other) in TYPED.items():
        if numerator:
            tab.page.locator(f"#id_{code}-numerator").fill(numerator)
            tab.page.locator(f"#id_{code}-denominator").fill(other)
        else:
            tab.page.locator(f"#id_{code}-value").fill(other)
        tab.page.locator(f"#id_{code}-commentary").fill(f"What became of {code}.")


def rows_from_template(tab: Tab, folder: Path) -> tuple[Path, Path]:
    """The month's template filled for the other ten, and the same with faults."""
    tab.open(RETURN)
    tab.page.locator(".from-spreadsheet > summary").click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("link", name="text (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    wanted = [row for row in rows if row["indicator"].startswith("PI") and row["indicator"] not in TYPED]
    assert len(wanted) == 10
    for number, row in enumerate(wanted):
        if row["indicator"] == "PI14":
            row |= {"numerator": "1900", "denominator": "100"}
        elif row["indicator"] == "PI2":
            row |= {"numerator": "520", "denominator": "81000"}
        elif row["indicator"] == "PI13":
            row |= {"numerator": "63", "denominator": "219"}
        else:
            row |= {"numerator": str(170 + number), "denominator": "200"}
        row["commentary"] = "From the spreadsheet."
    good, bad = folder / "march.csv", folder / "faulty.csv"
    for path, faulty in ((good, False), (bad, True)):
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            for row in wanted:
                writer.writerow(row | ({"numerator": "12%", "month": "2031-01"} if faulty else {}))
    return good, bad


def hand_in(tab: Tab, path: Path) -> None:
    tab.open(RETURN)
    field = tab.page.locator("input[type=file]")
    if not field.is_visible():
        tab.page.locator("details:has(input[type=file]) > summary").click()
    field.set_input_files(path)
    tab.page.locator("form:has(input[type=file]) button[type=submit]").first.click()
    tab.page.wait_for_load_state()
    poll(lambda: was_read(tab), seconds=30, every=0.5)


def answer_queries(tab: Tab, code: str) -> None:
    """The Trust answers with another figure."""
    tab.open(f"{RETURN}#{code}")
    tab.page.locator(f"#id_{code}-numerator").fill("488")
    tab.page.locator(f"#id_{code}-change_reason").fill("Two contacts were counted twice.")
    press(tab, f"Submit only {code}")
    if tab.page.locator(".govuk-error-summary").count():
        explain_what_is_asked(tab)
        press(tab, f"Submit only {code}")
    assert "submitted" in tab.page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(WIDE, True, id="wide"),
        pytest.param(WIDE, False, id="no-javascript", marks=pytest.mark.once),
        pytest.param(NARROW, True, id="narrow", marks=pytest.mark.once),
    ],
)
def test_the_whole_round_as_two_people(
    site: Installation, browser: Browser, tmp_path: Path, width: int, javascript: bool
) -> None:
    settings = {"width": width, "java_script_enabled": javascript, "accept_downloads": True}
    with tab(browser, site, **settings) as manager, tab(browser, site, **settings) as officer:
        sign_in(manager, "trust-manager")
        manager.open(f"{CONTRACT}returns/")
        assert "March 2020" in manager.page.locator("main").inner_text()

        manager.open(RETURN)
        type_figures(manager)
        press(manager, "Save as draft")
        sign_out(manager)
        sign_in(manager, "trust-manager")
        manager.open(RETURN)
        assert manager.page.locator("#id_PI1-numerator").input_value() == "490"
        assert manager.sideways() <= 0

        good, bad = rows_from_template(manager, tmp_path)
        hand_in(manager, bad)
        problems = manager.page.locator("main").inner_text()
        assert "12%" in problems and "January 2031" in problems
        hand_in(manager, good)
        press(manager, "Save")
        submit_all(manager)
        assert "15 of 15 indicators have a figure" in manager.page.locator("main").inner_text()

        sign_in(officer, "client-officer")
        officer.open(f"{CONTRACT}review/PI1/?month=2020-03")
        officer.page.get_by_label("What do you ask about?").fill("Is that every team?")
        officer.page.get_by_label("Answer by").fill("2031-01-15")
        press(officer, "Ask the Trust")

        manager.open(f"{CONTRACT}notices/")
        assert "PI1" in manager.page.locator("main").inner_text()
        answer_queries(manager, "PI1")
        officer.open(f"{CONTRACT}notices/")
        assert "PI1" in officer.page.locator("main").inner_text()

        accept_everything(officer)
        officer.open(f"{CONTRACT}review/?month=2020-03")
        assert "15 accepted" in officer.page.locator("main").inner_text()
        officer.open(f"{CONTRACT}?month=2020-03")
        dashboard = officer.page.locator("main").inner_text()
        assert "0 not reported" in dashboard and "80.7%" in dashboard
        officer.open(f"{CONTRACT}indicators/PI1/?month=2020-03")
        assert "Two contacts were counted twice." in officer.page.content()
        officer.open(f"{CONTRACT}trail/")
        trail = officer.page.locator("main").inner_text()
        assert "Return of March 2020" in trail and "accepted" in trail
        for one in (manager, officer):
            assert one.sideways() <= 0


def test_a_figure_is_typed_submitted_and_accepted_by_keyboard_alone(
    site: Installation, browser: Browser
) -> None:
    with tab(browser, site) as manager, tab(browser, site) as officer:
        sign_in(manager, "trust-manager")
        manager.open(RETURN)
        reach(manager, "#id_PI1-numerator")
        manager.page.keyboard.type("490")
        manager.page.keyboard.press("Tab")
        manager.page.keyboard.type("605")
        poll(lambda: "81.0%" in manager.page.locator("#PI1").inner_text(), seconds=10)
        reach(manager, "#PI1 button[value='submit:PI1']")
        manager.page.keyboard.press("Enter")
        manager.page.wait_for_load_state()
        poll(lambda: "1 figure submitted" in manager.page.locator("main").inner_text(), seconds=10)

        sign_in(officer, "client-officer")
        poll(lambda: may_accept(officer), seconds=30, every=0.5)
        reach(officer, "#accept ~ form button")
        officer.page.keyboard.press("Enter")
        poll(lambda: "1 figure accepted" in officer.page.locator("main").inner_text(), seconds=10)
