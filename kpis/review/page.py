"""What the page of a month's review holds."""

from __future__ import annotations

from dataclasses import dataclass

from core.values.months import Month
from kpis.months.picker import MonthPicker


@dataclass(frozen=True)
class Warned:
    """A check that warned when the figure was submitted, and what the Trust said to it."""

    message: str
    words: str


@dataclass(frozen=True)
class LastWords:
    """The end of what both parties said: "The council asked", "Which team?"."""

    who: str
    words: str


@dataclass(frozen=True)
class ReviewRow:
    """One figure of the month. ``revision`` is the key of what is shown, which an answer must still meet.

    ``newer`` says what came after what is shown and is not computed yet; nothing is answered then. ``question`` is
    why somebody should look at it even where it is on target, and ``answered`` whether that was a query.
    """

    code: str
    name: str
    url: str
    status: str
    sentence: str
    said: str
    voice: str
    provenance: str
    judged: bool
    revised: str
    provisional: str
    state: str
    asked: str
    last_words: list[LastWords]
    answered: bool
    question: str
    stated: str
    warned: list[Warned]
    revision: int
    newer: str
    may_accept: bool


@dataclass(frozen=True)
class ReviewPage:
    month: Month
    picker: MonthPicker
    computed: str
    behind: bool
    summary: str
    council: list[ReviewRow]
    trust: list[ReviewRow]
    accepted: list[ReviewRow]
    missing: list[ReviewRow]
    on_target: list[int]
    left_out: str
    elsewhere: list[tuple[str, str]]
    accept_url: str
