"""Which pages the header offers: those that the reader's role may use in this contract, and no others."""

import re
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Entry(NamedTuple):
    """A word in the header, where it leads, and ``aria-current``: "page" there, "true" below it, else ""."""

    label: str
    url: str
    current: str


# label, permission word, URL name, and the other pages that belong under it
PAGES: list[tuple[str, str, str, frozenset[str]]] = [
    ("Dashboard", "dashboard.view", "kpis:dashboard", frozenset({"kpis:indicator"})),
    ("Heat map", "dashboard.view", "kpis:heat-map", frozenset()),
    (
        "Returns",
        "figure.enter",
        "kpis:returns",
        frozenset({"kpis:return", "kpis:spreadsheet", "kpis:upload"}),
    ),
    ("Review", "round.view", "kpis:review", frozenset({"kpis:figure-review", "kpis:query", "kpis:answer"})),
    ("Calendar", "calendar.view", "kpis:calendar", frozenset({"kpis:calendar-link"})),
    ("Notices", "notice.view", "kpis:notices", frozenset()),
    ("How we measure", "definition.view", "kpis:how-we-measure", frozenset()),
    ("Checks on the published tables", "published_checks.view", "kpis:published-checks", frozenset()),
    ("Audit trail", "trail.view", "kpis:trail", frozenset()),
    ("Reports", "report.view_issued", "kpis:reports", frozenset()),
]
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Pages that can show what was known on a day.
AS_KNOWN_ON = {"kpis:dashboard", "kpis:heat-map"}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``navigation``, a list of entries, empty outside a contract, and ``is_demo``."""
    return {"navigation": _entries(request), "is_demo": settings.IS_DEMO}


def _entries(request: HttpRequest) -> list[Entry]:
    """Reads nothing but ``request.reader``. Month and day in view go with the reader from page to page."""
    reader = getattr(request, "reader", None)
    if reader is None:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    month = request.GET.get("month", "")
    known = request.GET.get("known", "")
    carried = {"month": month} if MONTH.fullmatch(month) else {}
    carried_on = carried | ({"known": known} if DAY.fullmatch(known) else {})
    return [
        Entry(
            label,
            _address(name, reader.contract.code, carried_on if name in AS_KNOWN_ON else carried),
            "page" if here == name else "true" if here in below else "",
        )
        for label, word, name, below in PAGES
        if reader.may(word)
    ]


def _address(name: str, contract_code: str, carried: dict[str, str]) -> str:
    return reverse(name, args=[contract_code]) + (f"?{urlencode(carried)}" if carried else "")
