"""A page as its app declares it for the navigation, and where the addresses of an app stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One word in the navigation, for those whose roles give its permission.

    Pages stand in the order of their groups, then by ``order``. ``below`` names the other pages that belong under it,
    ``with_day`` says that it can show what was known on a day. ``count`` tells of a person towards a contract how much
    waits for them there; it costs them a query on every page. ``start`` is the place in the order in which a person's
    first page is looked for, None where nobody starts.
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


# The groups of the navigation, in their order; a page of another group stands after them.
GROUPS = ("performance", "round", "plan", "money", "reports", "more")


@dataclass(frozen=True)
class Addresses:
    """A module of addresses: those of a contract stand below it, all others below ``prefix``."""

    module: str
    prefix: str = ""
    of_contract: bool = True
