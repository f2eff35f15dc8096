"""The words that the sentences share: states, directions, and whose words a commentary is."""

from __future__ import annotations

from datetime import datetime

from core.clock import moment_words
from kpis.engine.models import IndicatorStatus
from kpis.rules.words import DIRECTIONS, STATUSES, in_sentences

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction
STATUS_WORDS = in_sentences(STATUSES)
# More than this many are counted, not named, in a sentence.
MOST_NAMED = 5
DIRECTION_WORDS = in_sentences(DIRECTIONS)


def computed_words(when: datetime) -> str:
    """When the statuses on a page were computed: "As computed at 12 April 2019, 09:14", in the time of the place."""
    return f"As computed at {moment_words(when)}"


def voice_words(provenance: str, document: str) -> str:
    """Whose words stand beside a figure. Only what was returned is the Trust's own; a ``document`` was summed up."""
    if provenance == "illustrative":
        return "Example of a commentary"
    if provenance in ("published", "derived"):
        return f"After the {document}" if document else "Beside the published figure"
    return "The Trust"


def spoken(commentary: str, provenance: str) -> str:
    """A commentary without the mark of an example, for where `voice_words` stand before it."""
    return commentary.removeprefix("Example: ") if provenance == "illustrative" else commentary
