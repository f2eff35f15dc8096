"""Which lines of a month a page shows: fifty at a time, of one division or heading, or those that wait for something.

Unknown words in an address change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.http import QueryDict

from budgets.books.names import WITH_DIVISION
from budgets.models import Book, Line, LineDraft, LineMonth
from budgets.rules.periods import Period
from core.forms import row_key
from kpis.rules.words import DISPUTED, QUERIED, SUBMITTED

LINES = 50
# What waits for the other party and isn't asked about.
WAIT = (SUBMITTED, DISPUTED)
EMPTY, DRAFTS, WAITING, ASKED = "empty", "drafts", "waiting", "queried"
# What the reader may narrow to; drafts are shown to the party that types them.
ONLY = {EMPTY: "not yet entered", DRAFTS: "drafts", WAITING: "waiting for an answer", ASKED: "queried"}


@dataclass(frozen=True)
class Asked:
    """``under`` is the code of a division or heading, ``only`` one of ONLY, ``page`` counts from one."""

    under: str = ""
    only: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        only = query.get("only", "")
        page = row_key(query.get("page", ""))
        return cls(query.get("under", "")[:60], only if only in ONLY else "", max(1, min(page, 10**6)))

    @property
    def narrowed(self) -> bool:
        return bool(self.under or self.only)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What goes along in an address; nothing where all stands at its first page."""
        return [
            (name, str(value))
            for name, value in asdict(self).items()
            if value and (name, value) != ("page", 1)
        ]

    @property
    def query(self) -> str:
        """ "?under=DEE&page=2" """
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    def at(self, page: int) -> Asked:
        return replace(self, page=page)


@dataclass(frozen=True)
class Selected:
    """The lines of a page, and its place: ``fitting`` is how many lines fit, ``of`` how many the book has."""

    asked: Asked
    lines: Sequence[Line]
    fitting: int
    of: int
    above: Sequence[Line]  # divisions and headings to choose from; none for a book of one page

    @property
    def first(self) -> int:
        return (self.asked.page - 1) * LINES + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.fitting // LINES))


def lines_asked(book: Book, period: Period, asked: Asked, *, drafts: bool) -> Selected:
    """Two queries, three of a book that is longer than a page; a page beyond the last one is the last, for two more.

    ``drafts`` says whether the reader's party types them.
    """
    every = book.lines.filter(kind=Line.Kind.LINE)
    number = every.count()
    above = list(_above(book)) if number > LINES else []
    asked = _on_offer(asked, number, above, drafts=drafts)
    rows = _narrowed(every, period, asked, drafts=drafts)
    shown = rows.select_related(WITH_DIVISION).order_by("position").annotate(fitting=Window(Count("pk")))
    found = list(shown[(asked.page - 1) * LINES : asked.page * LINES])
    if not found and (fitting := rows.count()):
        asked = asked.at(-(-fitting // LINES))
        found = list(shown[(asked.page - 1) * LINES : asked.page * LINES])
    fitting = found[0].fitting if found else 0
    return Selected(asked if found else asked.at(1), found, fitting, number, above)


def lines_keyed(book: Book, keys: Sequence[int]) -> list[Line]:
    """Those with these keys, in the order of the book. One query."""
    own = book.lines.filter(kind=Line.Kind.LINE, pk__in=keys)
    return list(own.select_related(WITH_DIVISION).order_by("position"))


def _on_offer(asked: Asked, number: int, above: Sequence[Line], *, drafts: bool) -> Asked:
    """A book of one page is always shown whole."""
    if number <= LINES:
        return Asked()
    return replace(
        asked,
        under=asked.under if any(one.code == asked.under for one in above) else "",
        only="" if asked.only == DRAFTS and not drafts else asked.only,
    )


def _above(book: Book) -> QuerySet[Line]:
    kinds = (Line.Kind.DIVISION, Line.Kind.HEADING)
    return book.lines.filter(kind__in=kinds).order_by("position")


def _narrowed(rows: QuerySet[Line], period: Period, asked: Asked, *, drafts: bool) -> QuerySet[Line]:
    if asked.under:
        rows = rows.filter(
            Q(parent__code=asked.under)
            | Q(parent__parent__code=asked.under)
            | Q(parent__parent__parent__code=asked.under)
        )
    if not asked.only:
        return rows
    of_period = {"line": OuterRef("pk"), "year": period.year.start, "period": period.number}
    months = LineMonth.objects.filter(**of_period)
    drafted = Exists(LineDraft.objects.filter(**of_period))
    wanted: Mapping[str, Any] = {
        EMPTY: ~Exists(months) & ~drafted if drafts else ~Exists(months),
        DRAFTS: drafted,
        WAITING: Exists(months.filter(state__in=WAIT)),
        ASKED: Exists(months.filter(state=QUERIED)),
    }
    return rows.filter(wanted[asked.only])
