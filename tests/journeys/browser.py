"""The machine's Chromium, and tabs in it that note everything a reader would never see but should not happen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests.installation import ROOT, Installation

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
WIDE, NARROW, SMALLEST = 1280, 375, 320
HEIGHT = 900
ROLES = {
    "client-officer": "Continue as client officer",
    "trust-manager": "Continue as trust manager",
    "scrutiny-member": "Continue as scrutiny member",
    "finance-lead": "Continue as finance lead",
    "council-finance": "Continue as council finance officer",
    "board-reader": "Continue as board reader",
    "action-owner": "Continue as action owner",
    "administrator": "Continue as administrator",
}
RULE_SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

NOTE_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.effectiveDirective} refused ${event.blockedURI}`));
"""


def launched(playwright: Playwright, *flags: str) -> Browser:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed on this machine."
    return playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags])


@cache
def axe_source() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text()


@dataclass
class Tab:
    """One page of a browser, and the troubles it had: console errors, failed requests, requests to other hosts."""

    page: Page
    site: Installation
    troubles: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    expected_path: str = ""

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def open(self, path: str, *, status: int = 200) -> Response:
        """Opens the page of that path; AssertionError unless it answers with that status."""
        self.expected_path = urlsplit(path).path if status >= 400 else ""
        response = self.page.goto(self.site.address + path, wait_until="load")
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return response

    @property
    def path(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def axe(self, *, preload: bool = True) -> list[str]:
        """Every violation of the rule sets on the page as it stands: rule and element, one line each.

        Without ``preload`` axe leaves style sheets alone that import others; it would copy them into the page.
        """
        self.page.evaluate(axe_source())
        options = {
            "runOnly": {"type": "tag", "values": RULE_SETS},
            "rules": {"target-size": {"enabled": True}},
            "resultTypes": ["violations"],
            "preload": preload,
        }
        found: dict[str, Any] = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{violation['id']}: {' '.join(map(str, node['target']))}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def sideways(self) -> int:
        """Pixels by which the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        where = str(message.location.get("url", ""))
        if self._refusal_is_expected(where):
            return  # the browser's own note that the page asked for answered with an error, which it should
        self.troubles.append(f"console {message.type}: {message.text} ({where})")

    def _request(self, request: Request) -> None:
        self.requested.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.site.address).netloc:
            self.troubles.append(f"a request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # What the browser itself gives up, because the reader went on or the answer became a file, is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._refusal_is_expected(response.url):
            self.troubles.append(f"{response.url} answered {response.status}")

    def _refusal_is_expected(self, address: str) -> bool:
        """Whether this is the page that was asked for, or what it led to, and was expected to be refused."""
        return bool(self.expected_path) and urlsplit(address).path.startswith(self.expected_path)


@contextmanager
def tab(
    browser: Browser, site: Installation, *, width: int = WIDE, cookies: Path | None = None, **settings: Any
) -> Iterator[Tab]:
    """A tab in a context of its own, with the cookies of someone who signed in earlier; 0 troubles at its end."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, storage_state=cookies, locale="en-GB", **settings
    )
    context.set_default_timeout(15_000)
    context.add_init_script(NOTE_VIOLATIONS)
    try:
        opened = Tab(context.new_page(), site)
        yield opened
    finally:
        context.close()
    assert not opened.troubles, "\n".join(opened.troubles)
