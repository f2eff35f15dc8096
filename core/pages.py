"""A page as its app declares it for the navigation, and where the addresses of an app stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from core.declarations import declared


@dataclass(frozen=True)
class Page:
    """One word in the navigation, for those whose roles give its permission.

    Pages stand in the order of their groups, then by ``order``. ``below`` names the other pages that belong under it,
    ``with_day`` says that it can show what was known on a day. ``count`` tells of a person towards a contract how much
    waits for them there; it costs them a query on every page. ``start`` is the place in the order in which a person's
    first page is looked for, None where nobody starts. ``own`` is what leads to it from the page of one's own account,
    where it belongs to the person.
    """

    label: str
    permission: str
    url_name: str
    group: str
    order: int
    below: frozenset[str] = field(default_factory=frozenset)
    with_day: bool = False
    count: Callable[[Any], int] | None = None
    start: int | None = None
    own: str = ""


# The groups of the navigation, in their order; a page of another group stands after them.
GROUPS = ("performance", "round", "plan", "money", "reports", "more")


@dataclass(frozen=True)
class Addresses:
    """A module of addresses: those of a contract stand below it, all others below ``prefix``."""

    module: str
    prefix: str = ""
    of_contract: bool = True


def waiting(request: HttpRequest) -> Mapping[str, int]:
    """How much waits for the person of the request, by the name of the page's address. Counted once a request, and
    only on pages that count and are theirs; empty outside a contract.
    """
    if not hasattr(request, "waiting"):
        participant = getattr(request, "participant", None)
        counting = [page for page in declared(Page) if page.count] if participant else []
        request.waiting = {  # type: ignore[attr-defined]
            page.url_name: page.count(participant)
            for page in counting
            if page.count and participant.may(page.permission)  # type: ignore[union-attr]
        }
    return request.waiting  # type: ignore[attr-defined]
