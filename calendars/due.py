"""What apps say falls due, for the calendar and the feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from parties.participants import Participant


def _nothing(participant: Participant, today: date) -> str:
    return ""


@dataclass(frozen=True)
class DueItem:
    """One open thing and its day. ``title`` says who does what, ``note`` how much of it is open; no figure in either.

    ``key`` stays the same while the thing is open, among all things of its contract. ``url`` is empty where there is
    nothing to look at yet.
    """

    key: str
    day: date
    title: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class DueItems:
    """What one app knows to fall due: all that is open up to a day, however old, as far as the person may know of it.

    ``remark`` is a sentence about what falls due no more, empty where there is none.
    """

    open_until: Callable[[Participant, date, date], list[DueItem]]
    remark: Callable[[Participant, date], str] = _nothing
