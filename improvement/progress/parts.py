"""Where an action can stand in Phase 1 as pictures tell it: in a status, or ended undone, which is none of them."""

from __future__ import annotations

from dataclasses import dataclass

from improvement.models import Action
from improvement.overview.presenter import IN_ORDER
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status


@dataclass(frozen=True)
class Part:
    """What a picture shows actions as: a shape and colour by its kind, a letter, a name."""

    kind: str
    letter: str
    name: str


def part_of_status(status: Status) -> Part:
    return Part(status.value, status.letter, status.label)


ENDED = Part("ended", "E", "Ended without being done")
PARTS = (*(part_of_status(status) for status in IN_ORDER), ENDED)


def part_of(action: Action) -> Part:
    return part_of_status(Status(action.phase1)) if action.outcome == Outcome.OPEN else ENDED
