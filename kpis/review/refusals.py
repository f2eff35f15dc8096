"""Why the round refuses: small errors whose message a page shows as it is."""

from __future__ import annotations

from core.refusals import Refused


class RoundRefused(Refused):
    """The round doesn't allow this now; the message says why and what to do."""


class FigureConflict(RoundRefused):
    """Somebody else was quicker with the same figure."""
