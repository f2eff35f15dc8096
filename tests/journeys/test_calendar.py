"""A person subscribes to their calendar: the address is shown once, renewed and ended, on every screen."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys.browser import NARROW, WIDE
from tests.journeys.conftest import Opener
from tests.journeys.places import CONTRACT
from tests.journeys.soundness import assert_fits, assert_sound

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_address_is_made_renewed_and_ended(tab_of: Opener, width: int) -> None:
    with tab_of("trust-manager", width=width) as tab:
        tab.open(f"{CONTRACT}calendar/")
        made = []
        for _ in range(2):
            tab.page.get_by_role("button", name="address", exact=False).first.click()
            made.append(tab.page.get_by_label("Give this address").input_value())
            assert_sound(tab)
        assert_fits(tab)

        old, new = (tab.page.request.get(address) for address in made)
        assert (old.status, new.status) == (404, 200)
        assert Calendar.from_ical(new.body()).events

        tab.page.get_by_role("button", name="End the address").click()
        expect(tab.page.get_by_text("Your calendar’s address has ended.")).to_be_visible()
        assert tab.path == f"{CONTRACT}calendar/"
        assert tab.page.request.get(made[1]).status == 404
        assert_sound(tab)


def test_the_address_is_not_printed(tab_of: Opener) -> None:
    with tab_of("trust-manager") as tab:
        tab.open(f"{CONTRACT}calendar/")
        tab.page.get_by_role("button", name="address", exact=False).first.click()
        expect(tab.page.get_by_label("Give this address")).to_be_visible()

        tab.page.emulate_media(media="print")

        assert not tab.page.get_by_label("Give this address").is_visible()
        assert tab.page.get_by_role("heading", name="Overdue").is_visible()
