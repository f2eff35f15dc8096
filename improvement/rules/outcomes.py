"""How an action can end other than by being done."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return {"open": "Open", "closed": "Closed without being done", "superseded": "Superseded"}[self]


class Waits(StrEnum):
    """What an action waits for: that the other party confirms its Phase 2, or agrees that it ends undone."""

    CONFIRMATION = "confirmation"
    END = "end"
