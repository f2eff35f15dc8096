"""Which pages the header offers: those that a person's roles let them see in this contract, and no others."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from core.declarations import declared, per_installation
from core.pages import GROUPS, Page, waiting

MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Entry(NamedTuple):
    """A word in the header, where it leads, ``aria-current`` ("page" there, "true" below it, else ""), and how much is
    waiting there; None where nothing does, or nobody counts.
    """

    label: str
    url: str
    current: str
    waiting: int | None


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``navigation``, a list of entries, empty outside a contract, ``is_demo`` and its day."""
    return {
        "navigation": _entries(request),
        "is_demo": settings.IS_DEMO,
        "demonstration_day": settings.DEMONSTRATION_DAY,
    }


@per_installation
def pages_in_order() -> tuple[Page, ...]:
    return tuple(sorted(declared(Page), key=lambda page: (_place(page.group), page.order)))


def _place(group: str) -> int:
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def _entries(request: HttpRequest) -> list[Entry]:
    """Month and day in view go with a person from page to page. Only what is counted costs a query."""
    participant = getattr(request, "participant", None)
    if participant is None:
        return []
    counted = waiting(request)
    # What is shared by several apps says itself below which page it stands.
    here = getattr(request, "stands_at", request.resolver_match.view_name if request.resolver_match else "")
    month = request.GET.get("month", "")
    known = request.GET.get("known", "")
    carried = {"month": month} if MONTH.fullmatch(month) else {}
    carried_on = carried | ({"known": known} if DAY.fullmatch(known) else {})
    return [
        Entry(
            page.label,
            _address(page.url_name, participant.contract.code, carried_on if page.with_day else carried),
            "page" if here == page.url_name else "true" if here in page.below else "",
            counted.get(page.url_name) or None,
        )
        for page in pages_in_order()
        if participant.may(page.permission)
    ]


def _address(name: str, contract_code: str, carried: dict[str, str]) -> str:
    return reverse(name, args=[contract_code]) + (f"?{urlencode(carried)}" if carried else "")
