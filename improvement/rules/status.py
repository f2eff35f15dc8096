"""The statuses of an action and of a recommendation, and how the one follows from the others.

The key is the plan's own: five statuses, asked of both phases alike (001, Progress Overview of Recommendations). The
roll-up is domain.md section 4; it reproduces eight of the nine rows whose colours are all printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    COMPLETED = "completed"
    ON_TRACK = "on_track"
    MITIGATED = "not_on_track_mitigated"
    DELAYED = "not_on_track_delayed"
    NOT_STARTED = "not_started"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def explained(self) -> str:
        """The label for who chooses one, with what it stands for."""
        return EXPLAINED.get(self, LABELS[self])

    @property
    def letter(self) -> str:
        return LETTERS[self]


LABELS = {
    Status.COMPLETED: "Completed",
    Status.ON_TRACK: "On track",
    Status.MITIGATED: "Not on track with mitigations",
    Status.DELAYED: "Not on track",
    Status.NOT_STARTED: "Not started",
    # Of a printed plan the colour may not be captured; of an action of today nothing may have been said yet.
    Status.UNKNOWN: "Not recorded",
}
EXPLAINED = {Status.DELAYED: "Not on track: delayed, or risks without mitigations"}
LETTERS = {
    Status.COMPLETED: "C",
    Status.ON_TRACK: "T",
    Status.MITIGATED: "M",
    Status.DELAYED: "D",
    Status.NOT_STARTED: "N",
    Status.UNKNOWN: "?",
}
# What somebody can say of an action; the document's own gaps are not said anew.
SAID = (Status.NOT_STARTED, Status.ON_TRACK, Status.MITIGATED, Status.DELAYED, Status.COMPLETED)
NOT_ON_TRACK = (Status.MITIGATED, Status.DELAYED)
# From the worst on; the first that any action has decides.
WORST_FIRST = (Status.DELAYED, Status.MITIGATED, Status.ON_TRACK)


@dataclass(frozen=True)
class ComesTo:
    """What the actions of a recommendation come to. ``ended``: each ended undone, so that none speaks for it."""

    status: Status
    ended: bool = False

    @property
    def words(self) -> str:
        """As a sentence goes on."""
        if self.ended:
            return "all its actions ended without being done"
        return f"its actions come to {self.status.label.lower()}"


def speaks_otherwise(stated: Status, comes_to: ComesTo | None, *, printed: bool) -> bool:
    """Whether what is stated of a recommendation is something else than its actions come to, and so needs its reason.

    ``comes_to`` is None where it never had an action. What a document prints is taken as it is where the document
    doesn't show its actions' statuses; who states something here over such actions goes by something else.
    """
    if comes_to is None:
        return False
    if printed and comes_to == ComesTo(Status.UNKNOWN):
        return False
    return stated != comes_to.status


def rolled_up(statuses: Iterable[Status]) -> Status:
    """The status that a recommendation's open or finished actions come to; those closed or superseded are left out.

    The worst of the open ones. Completed when all are, not started when all are; some completed and the rest not
    started is on track. Where an action's status isn't known, the answer is given only if no status that it may have
    would change it.
    """
    found = set(statuses)
    if not found:
        return Status.UNKNOWN
    if Status.UNKNOWN in found:
        return Status.DELAYED if Status.DELAYED in found else Status.UNKNOWN
    for status in WORST_FIRST:
        if status in found:
            return status
    return found.pop() if len(found) == 1 else Status.ON_TRACK
