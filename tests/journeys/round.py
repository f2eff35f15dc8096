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


def reach(tab: Tab, selector: str, most: int = 120) -> int:
    """Tab by tab to an element, as a keyboard reaches it; how many tabs it took."""
    for pressed in range(1, most + 1):
        tab.page.keyboard.press("Tab")
        if tab.page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return pressed
    raise AssertionError(f"{selector} is not reached by {most} tabs")


def may_accept(tab: Tab) -> bool:
    """Whether PI1 can be accepted; where there is a worker, it is computed in a moment."""
    tab.open(f"{CONTRACT}review/PI1/?month=2020-03")
    return bool(tab.page.locator("#accept ~ form button").count())


def explain_what_is_asked(tab: Tab) -> None:
    """A word for every check that warns, and for every figure off target."""
    for field in tab.page.locator("input[name*='-answer-']").all():
        field.fill("Counted again: it is so.")
    for link in tab.page.locator(".govuk-error-summary__list a").all():
        target = str(link.get_attribute("href"))
        if target.endswith("-commentary"):
            tab.page.locator(target).fill("Posts were vacant; they are filled from May on.")


def submit_all(tab: Tab) -> None:
    tab.open(RETURN)
    press(tab, "Check and submit March 2020")
    for _ in range(2):
        if tab.page.locator(".govuk-error-summary").count():
            explain_what_is_asked(tab)
            press(tab, "Check and submit March 2020")
    assert tab.page.locator(".govuk-error-summary").count() == 0, tab.page.locator("main").inner_text()


def was_read(tab: Tab) -> bool:
    """Whether the file was read; where there is a worker, that takes a moment."""
    if "is being read" not in tab.page.locator("main").inner_text():
        return True
    tab.page.reload()
    return False


def accept_everything(tab: Tab) -> None:
    tab.open(f"{CONTRACT}review/?month=2020-03")
    while (buttons := tab.page.get_by_role("button", name="Accept")).count():
        buttons.first.click()
        tab.page.wait_for_load_state()
