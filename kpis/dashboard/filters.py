"""What an address asks of the dashboard's table: which rows, in which order. Unknown words change nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.months.asking import known_pairs
from kpis.rules.words import BETTER, NOT_APPLICABLE, WORSE
from kpis.sentences import DIRECTION_WORDS, STATUS_WORDS

ALL = ""
STATUS_FILTERS = {
    ALL: "all",
    **{status: word for status, word in STATUS_WORDS.items() if status != NOT_APPLICABLE},
    "off_target": "off target",
    **{direction: DIRECTION_WORDS[direction] for direction in (BETTER, WORSE)},
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


@dataclass(frozen=True)
class Filters:
    """What the table shows and in which order; the empty word stands for all, and for the contract's order."""

    status: str = ALL
    theme: str = ALL
    sort: str = CONTRACT_ORDER
    unknown: bool = False
    known: date | None = None

    @classmethod
    def of(cls, query: QueryDict, known: date | None = None) -> Filters:
        """Reads ``status``, ``theme`` and ``sort``; a word that there is not counts as none and sets ``unknown``.

        ``known`` is the day as of which figures are shown; it goes along in every address.
        """
        asked = {name: query.get(name, "") for name in ("status", "theme", "sort")}
        words = {"status": STATUS_FILTERS, "theme": THEME_FILTERS, "sort": ORDERS}
        found = {name: word if word in words[name] else "" for name, word in asked.items()}
        return cls(**found, unknown=found != asked, known=known)

    @property
    def narrowed(self) -> bool:
        return bool(self.status or self.theme)

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of what is set, in a fixed order, so that one page has one address."""
        chosen = [("status", self.status), ("theme", self.theme), ("sort", self.sort)]
        return [(name, value) for name, value in chosen if value] + known_pairs(self.known)

    def query(self, month: Month, **changed: str) -> str:
        """The query string of a month with these filters, some of them changed: "?month=2019-03&sort=run"."""
        return "?" + urlencode([("month", str(month)), *replace(self, **changed).pairs()])  # type: ignore[arg-type]
