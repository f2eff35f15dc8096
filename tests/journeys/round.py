"""What people do in a round, whichever way they do it."""

from tests.journeys.browser import ROLES, Tab
from tests.journeys.places import CONTRACT

RETURN = f"{CONTRACT}returns/2020-03/"


def sign_in(tab: Tab, role: str) -> None:
    tab.open("/sign-in/")
    tab.page.get_by_role("button", name=ROLES[role]).click()
    tab.page.wait_for_url(lambda address: "sign-in" not in address)


def press(tab: Tab, name: str) -> None:
    tab.page.get_by_role("button", name=name).first.click()
    tab.page.wait_for_load_state()


def may_accept(tab: Tab) -> bool:
    """Whether PI1 can be accepted; where there is a worker, it is computed in a moment."""
    tab.open(f"{CONTRACT}review/PI1/?month=2020-03")
    return bool(tab.page.locator("#accept ~ form button").count())
