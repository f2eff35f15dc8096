"""Readers' own settings: text twice as large, zoom, forced colours, paper. Nothing is lost in any of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from improvement.progress.parts import ENDED
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from tests.journeys.browser import WIDE, Tab
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.appearance]

MONTH = "?month=2020-03"
DASHBOARD = f"/contracts/sandwell/{MONTH}"
HEAT_MAP = f"/contracts/sandwell/heat-map/{MONTH}"
INDICATOR = f"/contracts/sandwell/indicators/PI9/{MONTH}"
# A4 landscape within its margins of nine millimetres, in CSS pixels.
SHEET = {"width": 1054, "height": 725}
PAGES = [
    ("client-officer", DASHBOARD),
    ("client-officer", HEAT_MAP),
    ("client-officer", INDICATOR),
    ("client-officer", "/contracts/sandwell/published-checks/"),
    ("client-officer", "/contracts/sandwell/how-we-measure/"),
    ("scrutiny-member", "/contracts/sandwell/reports/"),
    ("", "/sign-in/"),
]
# The width of A4 upright within its margins of fourteen millimetres.
UPRIGHT = 687
PLAN = "/contracts/sandwell/plans/2019-22/"
# On the screen each of them folds some of its lists.
FOLDED = ["/contracts/sandwell/actions/", f"{PLAN}exceptions/", f"{PLAN}keep/", f"{PLAN}thread/"]
# Cells whose words stand over their neighbour's.
OVER = """
() => [...document.querySelectorAll(".plan-table :is(td, th)")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.innerText)
"""
# Elements whose words are cut off: what hides its overflow and holds more than it shows.
CUT = """
() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  return hides && box.width > 2 && box.height > 2 && element.innerText
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
}).map((element) => `${element.tagName}.${element.className}: ${element.innerText.slice(0, 40)}`)
"""
STATUS_WORDS = {"on_target": "G On target", "within_tolerance": "A Within tolerance", "failure": "R Failed"}
STATUS_WORDS |= {"not_reported": "N Not reported", "not_applicable": "Not applicable"}
PLAN_WORDS = {status.value: {f"{status.letter} {status.label}"} for status in Status}
PLAN_WORDS["ended"] = {f"{ENDED.letter} {words}" for words in (ENDED.name, *(one.label for one in Outcome))}


def words_on(tab: Tab) -> str:
    return " ".join(tab.page.locator("body").inner_text().split())


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_nothing_is_lost_with_text_or_page_twice_as_large(
    person: str, path: str, tab_of: Opener, browser_with_large_text: Browser
) -> None:
    with tab_of(person, width=WIDE // 2, device_scale_factor=2) as tab:
        tab.open(path)
        zoomed = words_on(tab)
        assert tab.sideways() <= 0
        assert tab.page.evaluate(CUT) == []
    with tab_of(person, of=browser_with_large_text, width=WIDE) as tab:
        tab.open(path)
        assert tab.page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)") >= 26
        assert tab.sideways() <= 0
        assert tab.page.evaluate(CUT) == []
        assert words_on(tab) == zoomed


def assert_statuses_are_told_without_colour(tab: Tab) -> None:
    tags = tab.page.locator(".status:visible").all()
    assert tags
    for tag in tags:
        classes = str(tag.get_attribute("class"))
        kind = classes.split("status--")[1].split()[0]
        known = PLAN_WORDS[kind] if "plan-status" in classes else {STATUS_WORDS[kind]}
        assert " ".join(tag.inner_text().split()) in known
        assert tag.locator("svg").is_visible()


def test_statuses_are_told_in_forced_colours(tab_of: Opener) -> None:
    with tab_of("client-officer", forced_colors="active") as tab:
        tab.open(INDICATOR)
        tab.page.wait_for_load_state("networkidle")
        assert tab.page.locator(".chart__canvas").count() == 0, "the library's colours are not the reader's"
        assert tab.page.locator(".chart__drawing--wide svg").is_visible()
        tab.open(DASHBOARD)
        assert tab.page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert_statuses_are_told_without_colour(tab)
        colours = tab.page.locator(".status:visible").evaluate_all(
            "all => [...new Set(all.map(e => getComputedStyle(e).color))]"
        )
        assert len(colours) == 1, "the system's one colour of text"
        tab.open(HEAT_MAP)
        marks = tab.page.locator(".heat__mark").all()
        assert marks, "what was revised is marked"
        tab.page.evaluate("document.querySelectorAll('.heat__mark').forEach((mark) => mark.remove())")
        letters = tab.page.locator(".heat__cell:visible").all_inner_texts()
        assert len(letters) == 15 * 24
        assert {text.split()[0] for text in letters} <= {"G", "A", "R", "N", "–"}


@pytest.mark.parametrize("path", [DASHBOARD, HEAT_MAP, INDICATOR])
def test_paper_has_the_page_without_its_controls(path: str, tab_of: Opener) -> None:
    with tab_of("client-officer") as tab:
        tab.open(path)
        tab.page.emulate_media(media="print")
        for control in (".sections", ".masthead__account", ".month-picker", ".govuk-skip-link", "button"):
            assert tab.page.locator(f"{control}:visible").count() == 0, control
        assert tab.page.locator("h1").is_visible()
        assert tab.page.locator("table:visible").count() >= 1
        assert_statuses_are_told_without_colour(tab)


@pytest.mark.parametrize("path", FOLDED)
def test_folded_lists_are_read_on_paper_and_forms_are_not(path: str, tab_of: Opener) -> None:
    with tab_of("trust-manager") as tab:
        tab.open(path)
        folded = tab.page.locator(".fold:not([open]) :is(li, tr)")
        assert folded.count() > folded.locator("visible=true").count() == 0

        tab.page.emulate_media(media="print")

        assert folded.locator("visible=true").count() == folded.count()
        assert tab.page.get_by_text("Show them").locator("visible=true").count() == 0
        assert tab.page.locator("form:visible, .step:visible").count() == 0


def test_what_can_be_written_is_not_printed(tab_of: Opener) -> None:
    with tab_of("trust-manager") as tab:
        tab.open(f"{PLAN}actions/OR1/1/")
        headings = tab.page.get_by_role("heading", name="What you can do")
        assert headings.is_visible()

        tab.page.emulate_media(media="print")

        assert not headings.is_visible()
        assert tab.page.locator("form:visible, .step:visible").count() == 0


@pytest.mark.parametrize(
    "path", [*FOLDED, PLAN + "recommendations/OR1/", "/contracts/sandwell/indicators/PI8/"]
)
def test_nothing_runs_over_an_upright_sheet(path: str, tab_of: Opener) -> None:
    with tab_of("trust-manager", width=UPRIGHT) as tab:
        tab.page.emulate_media(media="print")
        tab.open(path)

        assert tab.sideways() <= 0
        assert tab.page.evaluate(OVER) == []


def test_an_overview_fills_both_its_columns(tab_of: Opener) -> None:
    with tab_of("board-reader") as tab:
        tab.open(PLAN)
        rows = tab.page.locator(".plan-grid tr").evaluate_all(
            "all => all.flatMap((row) => [...row.getClientRects()]).map((box) => [box.left, box.top, box.bottom])"
        )

        lefts = sorted({left for left, _, _ in rows})
        assert len(lefts) == 2
        ends = [max(bottom for left, _, bottom in rows if left == column) for column in lefts]
        assert abs(ends[0] - ends[1]) < 60, "as high as a row"


def test_a_plan_lies_on_one_landscape_sheet(tab_of: Opener) -> None:
    with tab_of("client-officer") as tab:
        tab.page.emulate_media(media="print")
        tab.page.set_viewport_size(SHEET)
        tab.open("/contracts/sandwell/plans/2019-22/")
        whole = tab.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        assert whole == [SHEET["width"], SHEET["height"]]
        shapes = tab.page.locator(".plan-table .status__shape").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().width)"
        )
        assert shapes and max(shapes) < 20
