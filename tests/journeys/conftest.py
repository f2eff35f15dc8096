"""One installation and one browser for the whole folder; each test has a tab of its own.

Both end with the folder: the browser's driver keeps an event loop in the thread of the tests, which would give every
later test there a second connection to the database.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.installation import ROOT, Installation, installation
from tests.journeys.browser import ROLES, Tab, launched, tab

DEPUTY = ("deputy-administrator", "a long walk by the canal")

Opener = Callable[..., AbstractContextManager[Tab]]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("installation")) as running:
        username, password = DEPUTY
        subprocess.run(
            [sys.executable, "manage.py", "create_administrator", username, "--organisation", "sandwell-council"],
            cwd=ROOT, env=running.environment, input=password + "\n", text=True, check=True, capture_output=True,
        )  # fmt: skip
        yield running


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = launched(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def browser_with_large_text(playwright: Playwright) -> Iterator[Browser]:
    """As if the reader had set the text twice as large as usual (16 pixels) in the browser's own settings."""
    chromium = launched(playwright, "--blink-settings=defaultFontSize=32")
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def cookies_of(
    site: Installation, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path | None]:
    """The cookies of someone who signed in: a persona by its button, the deputy by password, "" for nobody."""
    folder = tmp_path_factory.mktemp("cookies")

    @cache
    def signed_in(person: str) -> Path | None:
        if not person:
            return None
        with tab(browser, site) as opened:
            opened.open("/sign-in/")
            if person in ROLES:
                opened.page.get_by_role("button", name=ROLES[person]).click()
            else:
                opened.page.get_by_label("User name").fill(DEPUTY[0])
                opened.page.get_by_label("Password").fill(DEPUTY[1])
                opened.page.get_by_role("button", name="Sign in", exact=True).click()
            opened.page.wait_for_url(lambda address: "sign-in" not in address)
            path = folder / f"{person}.json"
            opened.page.context.storage_state(path=path)
            return path

    return signed_in


@pytest.fixture
def tab_of(site: Installation, browser: Browser, cookies_of: Callable[[str], Path | None]) -> Opener:
    """A tab in which that person is signed in: ``with tab_of("client-officer", width=375) as tab``."""

    def opened(person: str = "", *, of: Browser = browser, **settings: Any) -> AbstractContextManager[Tab]:
        return tab(of, site, cookies=cookies_of(person), **settings)

    return opened
