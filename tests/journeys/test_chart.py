"""Zoom and hover on the indicator page: where there is room, from this site alone, and never in the way."""

from __future__ import annotations

import pytest

from tests.installation import poll
from tests.journeys.browser import NARROW, WIDE
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.once]

INDICATOR = "/contracts/sandwell/indicators/{}/?month=2019-03"


@pytest.mark.parametrize("code", ["PI2", "PI9"])
def test_interactive_chart_takes_over_where_there_is_room(code: str, tab_of: Opener) -> None:
    with tab_of("client-officer", width=WIDE) as tab:
        tab.open(INDICATOR.format(code))
        canvas = tab.page.locator(".chart__canvas")
        poll(lambda: canvas.locator(".main-svg").count(), seconds=20)
        poll(lambda: tab.page.locator(".chart__drawing--wide.chart__drawing--replaced").count(), seconds=5)
        left = tab.page.locator(".chart__drawing--wide").bounding_box()
        assert left is not None
        assert left["width"] <= 1, "the drawing is there for listeners only"
        offered = " ".join(
            canvas.locator(".modebar-btn").evaluate_all("all => all.map(e => e.dataset.title || '')")
        )
        offered += canvas.inner_text()
        assert "zoom" in offered.lower()
        for word in ("share", "cloud", "edit", "plotly"):
            assert word not in offered.lower()

        canvas.scroll_into_view_if_needed()
        point = canvas.locator(".scatterlayer .point").nth(5)
        box = point.bounding_box()
        assert box is not None

        def hovered() -> bool:
            tab.page.mouse.move(box["x"] - 5, box["y"] + box["height"] / 2)
            tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            return canvas.locator(".hoverlayer .hovertext").count() > 0

        poll(hovered, seconds=10, every=0.2)
        assert "2018" in canvas.locator(".hoverlayer .hovertext").first.text_content()  # type: ignore[operator]


def test_drawing_stays_on_a_telephone_and_nothing_is_fetched_for_it(tab_of: Opener) -> None:
    with tab_of("client-officer", width=NARROW) as tab:
        tab.open(INDICATOR.format("PI2"))
        tab.page.wait_for_load_state("networkidle")
        assert tab.page.locator(".chart__canvas").count() == 0
        assert tab.page.locator(".chart__drawing--narrow svg").is_visible()
        assert not [address for address in tab.requested if "plotly.min.js" in address]


def test_drawing_stays_when_the_library_does_not_come(tab_of: Opener) -> None:
    with tab_of("client-officer", width=WIDE) as tab:
        tab.page.route("**/plotly.min.js", lambda route: route.abort())
        tab.open(INDICATOR.format("PI2"))
        poll(lambda: tab.troubles, seconds=10)
        assert tab.page.locator(".chart__drawing--wide svg").is_visible()
        assert tab.page.locator(".chart__canvas").count() == 0
        expected = ("plotly.min.js", "could not be fetched")
        assert all(any(words in trouble for words in expected) for trouble in tab.troubles), tab.troubles
        tab.troubles.clear()
