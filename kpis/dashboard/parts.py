"""What other apps say on a contract's first page, which is the latest month's dashboard: a line below its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.declarations import declared
from parties.participants import Participant


@dataclass(frozen=True)
class HomeLine:
    """``subject`` names what it is about and leads to ``url``; ``sentence`` says where it stands, with its full stop.

    ``waits`` is what of it waits for the reader, and leads to ``waits_url``; empty where nothing does. The page is kept
    under all of this.
    """

    subject: str
    url: str
    sentence: str
    illustrative: bool = False
    waits: str = ""
    waits_url: str = ""


@dataclass(frozen=True)
class HomePart:
    """What an app says there to those whose roles give its permission.

    ``says`` is asked on each visit, also where the page is kept, with the person and today.
    """

    permission: str
    says: Callable[[Participant, date], Sequence[HomeLine]]


def home_lines(participant: Participant, today: date) -> tuple[HomeLine, ...]:
    """What all apps say to this person. As many queries as they ask."""
    return tuple(
        line
        for part in declared(HomePart)
        if participant.may(part.permission)
        for line in part.says(participant, today)
    )
