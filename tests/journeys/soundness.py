"""What holds of every page, whoever looks at it."""

from tests.journeys.browser import NARROW, SMALLEST, Tab


def assert_sound(tab: Tab) -> None:
    """0 axe violations and one h1 on the page as it stands."""
    found = tab.axe()
    assert found == [], found
    assert tab.page.locator("h1").count() == 1


def assert_fits(tab: Tab) -> None:
    """Nothing reaches beyond the window, down to 320 pixels."""
    for width in (NARROW, SMALLEST):
        tab.resize(width)
        assert tab.sideways() <= 0, f"{tab.path} is {tab.sideways()} pixels too wide at {width}"
