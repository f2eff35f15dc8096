"""What the pages of one figure, or of a statement that there is none, hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.values.months import Month
from kpis.presentation.figure_rows import RevisionRow
from kpis.review.page import Warned


@dataclass(frozen=True)
class Said:
    """One thing that a party did or said, with who and when; ``party`` decides the side on which it stands."""

    party: str
    what: str
    words: str
    warned: list[Warned]
    who: str
    when: str
    at: datetime


@dataclass(frozen=True)
class Past:
    """One month beside the figure's own."""

    month: Month
    value: str
    status: str
    provenance: str
    revised: str
    provisional: str
    current: bool


@dataclass(frozen=True)
class Conflict:
    """Why an answer was not taken: what it spoke of and what there is now, the same where only its state changed.

    ``typed`` is what was written where no form can hold it any more.
    """

    refused: str
    seen: RevisionRow
    now: RevisionRow
    typed: str

    @property
    def revised(self) -> bool:
        return self.seen.number != self.now.number


@dataclass(frozen=True)
class FigurePage:
    """``accepts``, ``asks`` and ``explains`` are the acts that the person may take now, empty where none."""

    month: Month
    code: str
    name: str
    computed: str
    behind: bool
    status: str
    judged: bool
    provenance: str
    sentence: str
    newer: str
    turn: str
    own: bool
    asked_yourself: bool
    revision: int
    accepts: str
    asks: str
    explains: bool
    said: list[Said]
    past: list[Past]
    conflict: Conflict | None
    review_url: str
    indicator_url: str
    accept_url: str
    query_url: str
    answer_url: str


@dataclass(frozen=True)
class StatementPage:
    """What the Trust stated about a figure that it can't report yet; ``over`` where the day that it gave is over."""

    month: Month
    code: str
    name: str
    computed: str
    behind: bool
    sentence: str
    reason: str
    expected: str
    over: bool
    who: str
    when: str
    may_return: bool
    review_url: str
    indicator_url: str
