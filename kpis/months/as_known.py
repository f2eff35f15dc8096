"""The day as of which a page shows what was known, and the form that asks for another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from core.values.words import day_words
from kpis.engine.selectors import Freshness
from kpis.months.asking import earliest_day


@dataclass(frozen=True)
class AsKnownOn:
    """``words`` is the day in view, empty for now; ``keep`` are the address's other pairs, which go along."""

    words: str
    value: str
    earliest: str
    latest: str
    range_words: str
    now_url: str
    keep: list[tuple[str, str]]


def as_known_on(fresh: Freshness, today: date, keep: Sequence[tuple[str, str]]) -> AsKnownOn:
    """What components/as_known_on.html and as_known_form.html print."""
    kept = [(name, value) for name, value in keep if name != "known"]
    return AsKnownOn(
        words=day_words(fresh.known) if fresh.known else "",
        value=fresh.known.isoformat() if fresh.known else "",
        earliest=earliest_day(fresh).isoformat(),
        latest=today.isoformat(),
        range_words=f"from {day_words(earliest_day(fresh))} to today",
        now_url=f"?{urlencode(kept)}" if kept else "?",
        keep=kept,
    )
