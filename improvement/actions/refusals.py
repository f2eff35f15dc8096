"""Why a step with an action is refused: small errors whose message a page shows as it is."""

from __future__ import annotations

from core.refusals import Refused


class StepRefused(Refused):
    """The plan doesn't allow this step now, or not to this person; nothing was changed.

    ``field``: that of the form in which it lies; None where it is in no single one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ActionConflict(StepRefused):
    """Somebody else was quicker with the same action."""
