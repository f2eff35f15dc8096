"""The day as at which a page is asked for: ``?as-at=2019-09-23``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.values.months import taken


class NoSuchDay(ValueError):
    """What was asked for is no day that can be shown; the message says why."""


@dataclass(frozen=True)
class AskedDay:
    """``day`` is never ahead of ``today``; ``ahead``: a later one was asked for, and today is shown."""

    day: date
    today: date
    ahead: bool = False

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def query(self) -> str:
        """What a link carries on to stay at the day; empty for today."""
        return "" if self.is_today else f"?as-at={self.day}"


def asked_day(text: str, today: date) -> AskedDay:
    """Today where none is asked for, and where it lies ahead. NoSuchDay for what is none."""
    if not text:
        return AskedDay(today, today)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay("This is no day. Write it like 2019-09-23, or choose one.") from None
    if not taken(day):
        raise NoSuchDay("This day is out of reach.")
    return AskedDay(min(day, today), today, ahead=day > today)
