"""What an address asks of the dashboard and the heat map: month, filters, order. Unknown words change nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from kpis.models import Indicator
from kpis.selectors.statuses import Freshness
from sandwell.periods import Month

ALL = ""
STATUS_FILTERS = {
    ALL: "all",
    "on_target": "on target",
    "within_tolerance": "within tolerance",
    "failure": "failed",
    "not_reported": "not reported",
    "off_target": "off target",
    "better": "better",
    "worse": "worse",
}
THEME_FILTERS = {ALL: "all themes", **{value: label.lower() for value, label in Indicator.Theme.choices}}
CONTRACT_ORDER = ""
ORDERS = {
    CONTRACT_ORDER: "contract order",
    "worst": "worst first",
    "change": "largest worsening first",
    "run": "longest off target first",
    "name": "name",
}
# Longer than any month, so that an address never fills a page.
LONGEST_MONTH_TEXT = 20


class NoSuchMonth(Exception):
    """The address names no month, or one that isn't on offer; ``words`` say which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Filters:
    """What the table shows and in which order; the empty word stands for all, and for the contract's order."""

    status: str = ALL
    theme: str = ALL
    sort: str = CONTRACT_ORDER
    unknown: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        """Reads ``status``, ``theme`` and ``sort``; a word that there is not counts as none and sets ``unknown``."""
        asked = {name: query.get(name, "") for name in ("status", "theme", "sort")}
        known = {"status": STATUS_FILTERS, "theme": THEME_FILTERS, "sort": ORDERS}
        found = {name: word if word in known[name] else "" for name, word in asked.items()}
        return cls(**found, unknown=found != asked)

    @property
    def narrowed(self) -> bool:
        return bool(self.status or self.theme)

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of what is set, in a fixed order, so that one page has one address."""
        chosen = [("status", self.status), ("theme", self.theme), ("sort", self.sort)]
        return [(name, value) for name, value in chosen if value]

    def query(self, month: Month, **changed: str) -> str:
        """The query string of a month with these filters, some of them changed: "?month=2019-03&sort=run"."""
        return "?" + urlencode([("month", str(month)), *replace(self, **changed).pairs()])  # type: ignore[arg-type]


def asked_month(query: QueryDict, fresh: Freshness) -> Month:
    """The month that the address asks for, else the latest with a figure. NoSuchMonth where it isn't on offer."""
    assert fresh.first is not None
    assert fresh.last is not None
    text = query.get("month", "")
    if not text:
        return fresh.latest_reported or fresh.last
    try:
        month = Month.parse(text[:LONGEST_MONTH_TEXT])
    except ValueError as error:
        raise NoSuchMonth(str(error)) from error
    if not fresh.first <= month <= fresh.last:
        raise NoSuchMonth(f"{month.label} is not among the months of this contract.")
    return month
