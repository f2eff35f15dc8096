"""Why a plan isn't written: small errors whose message a page shows as it is. Nothing was changed."""

from __future__ import annotations

from core.refusals import Refused


class PlanRefused(Refused):
    """The plan can't hold this, or isn't this person's to write. ``field`` names the one thing that was given wrong."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class PlanConflict(PlanRefused):
    """Somebody else changed the same thing since it was opened."""
