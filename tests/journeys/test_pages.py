"""Each page of each role at both widths: accessible, within its policy, free of errors, nothing sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.installation import poll
from tests.journeys.browser import NARROW, ROLES, WIDE
from tests.journeys.conftest import DEPUTY, Opener
from tests.journeys.places import ADMINISTRATION, PARTY_PLACES, Place, everywhere
from tests.journeys.soundness import assert_fits, assert_sound

pytestmark = pytest.mark.browser

HOMES = {
    "client-officer": ("/contracts/sandwell/", "Client officer"),
    "trust-manager": ("/contracts/sandwell/", "Trust manager"),
    "scrutiny-member": ("/contracts/sandwell/reports/", "Scrutiny member"),
    "finance-lead": ("/contracts/sandwell/", "Finance lead"),
    "council-finance": ("/contracts/sandwell/", "Council finance officer"),
    "board-reader": ("/contracts/sandwell/", "Board reader"),
    "action-owner": ("/contracts/sandwell/actions/", "Action owner"),
}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_signs_in_by_its_button_and_lands_on_its_first_page(role: str, tab_of: Opener) -> None:
    with tab_of(width=NARROW) as tab:
        tab.open("/sign-in/")
        tab.page.get_by_role("button", name=ROLES[role]).click()
        tab.page.wait_for_url(lambda address: "sign-in" not in address)
        if role == "administrator":
            assert tab.path == "/admin/"
            return
        path, label = HOMES[role]
        assert tab.path == path
        assert tab.page.locator(".masthead__account").inner_text().endswith(label)


@pytest.mark.appearance
@pytest.mark.parametrize(
    ("person", "place"),
    [pytest.param(*row, id=f"{row[0] or 'public'}-{row[1].name}") for row in everywhere()],
)
def test_page_is_sound_at_both_widths(person: str, place: Place, tab_of: Opener) -> None:
    with tab_of(person) as tab:
        for width in (WIDE, NARROW):
            tab.resize(width)
            tab.open(place.path, status=place.status)
            assert_sound(tab)
        assert_fits(tab)


@pytest.mark.parametrize(
    "name", ["dashboard", "dashboard latest", "dashboard first month", "heat map", "indicator PI2"]
)
def test_no_page_scrolls_sideways_between_a_tablet_and_a_desk(name: str, tab_of: Opener) -> None:
    """With whatever fonts the machine has: those of a bare one are the widest."""
    (place,) = [place for place in PARTY_PLACES if place.name == name]
    with tab_of("client-officer") as tab:
        for width in (1024, WIDE, 1440, 1600):
            tab.resize(width)
            tab.open(place.path)
            assert tab.sideways() <= 0, f"{place.path} is {tab.sideways()} pixels too wide at {width}"


@pytest.mark.appearance
@pytest.mark.parametrize("place", [pytest.param(place, id=place.name) for place in ADMINISTRATION])
def test_administration_is_sound_by_day_and_by_night(place: Place, tab_of: Opener) -> None:
    with tab_of("administrator") as tab:
        for width, scheme in ((WIDE, "light"), (NARROW, "dark")):
            tab.resize(width)
            tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.open(place.path, status=place.status)
            assert tab.axe(preload=False) == []
            assert tab.page.locator("h1").count() == 1
        assert_fits(tab)


def test_administrator_gets_from_the_administration_to_the_other_pages_and_out(tab_of: Opener) -> None:
    with tab_of() as tab:
        tab.open("/sign-in/")
        tab.page.get_by_role("button", name=ROLES["administrator"]).click()
        tab.page.get_by_role("link", name="Your account").click()
        tab.page.get_by_role("link", name="How we measure").click()
        assert tab.path == "/contracts/sandwell/how-we-measure/"
        tab.open("/admin/")
        tab.page.get_by_role("button", name="Sign out").click()
        assert tab.path == "/sign-in/?ended=signed-out"


def test_sign_in_says_what_is_wrong_and_keeps_the_name(tab_of: Opener) -> None:
    with tab_of() as tab:
        for width in (WIDE, NARROW):
            tab.resize(width)
            tab.open("/sign-in/?next=/contracts/sandwell/heat-map/")
            tab.page.get_by_label("User name").fill("nobody-of-this-name")
            tab.page.get_by_label("Password").fill("not the password")
            tab.page.get_by_role("button", name="Sign in", exact=True).click()
            expect(tab.page.get_by_role("heading", name="There is a problem")).to_be_visible()
            poll(lambda: tab.page.locator(".govuk-error-summary:focus").count(), seconds=5)
            assert tab.page.get_by_label("User name").input_value() == "nobody-of-this-name"
            assert tab.page.title().startswith("Error: ")
            assert_sound(tab)
        assert_fits(tab)


def test_password_change_lists_every_error_beside_its_field(tab_of: Opener) -> None:
    with tab_of(DEPUTY[0]) as tab:
        for width in (WIDE, NARROW):
            tab.resize(width)
            tab.open("/account/password/")
            first, second, third = tab.page.locator("input[type=password]").all()
            first.fill("not the old one")
            second.fill("short")
            third.fill("different")
            tab.page.get_by_role("button", name="Change your password").click()
            expect(tab.page.get_by_role("heading", name="There is a problem")).to_be_visible()
            listed = tab.page.locator(".govuk-error-summary__list a").all()
            assert len(listed) >= 2
            for link in listed:
                assert tab.page.locator(str(link.get_attribute("href"))).count() == 1
            assert tab.page.title().startswith("Error: ")
            assert_sound(tab)
        assert_fits(tab)
