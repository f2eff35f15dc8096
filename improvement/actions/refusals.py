"""Why a step with an action is refused: small errors whose message a page shows as it is."""

from __future__ import annotations

from collections.abc import Sequence

from core.refusals import Refused

# What is wrong, and the field of the form in which it lies; None where it is in no single one.
Fault = tuple[str | None, str]


class StepRefused(Refused):
    """The plan doesn't allow this step now, or not to this person; nothing was changed. ``faults`` are all of them."""

    def __init__(self, message: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = faults or [(None, message)]

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> StepRefused:
        return cls(" ".join(message for _, message in faults), faults=faults)


class ActionConflict(StepRefused):
    """Somebody else was quicker with the same action."""
