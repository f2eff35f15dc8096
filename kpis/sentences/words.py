"""The words that the sentences share: states, directions, days, lists, and whose words a commentary is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from kpis.models import IndicatorStatus
from sandwell.periods import Month

Status = IndicatorStatus.Status
Direction = IndicatorStatus.Direction
STATUS_WORDS = {
    Status.ON_TARGET: "on target",
    Status.WITHIN_TOLERANCE: "within tolerance",
    Status.FAILURE: "failed",
    Status.NOT_REPORTED: "not reported",
    Status.NOT_APPLICABLE: "not applicable",
}
# More than this many are counted, not named, in a sentence.
MOST_NAMED = 5
DIRECTION_WORDS = {"better": "better", "worse": "worse", "no_real_change": "no real change"}


def day(when: date) -> str:
    """12 April 2019."""
    return f"{when.day} {Month.of(when).label}"


def computed_words(when: datetime) -> str:
    """When the statuses on a page were computed: "As computed at 12 April 2019, 09:14", in the time of the place."""
    local = timezone.localtime(when)
    return f"As computed at {day(local.date())}, {local:%H:%M}"


def listed(words: Sequence[str]) -> str:
    """ "PI2", "PI2 and PI4", "PI2, PI4 and PI14"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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


def first_sentence(text: str, most: int = 180) -> str:
    """The beginning of a commentary: its first sentence, cut at a word where it is long."""
    first = text.split("\n", 1)[0].strip()
    end = first.find(". ", 12 if first.startswith("Example:") else 0)
    first = first[: end + 1] if end != -1 else first
    return first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]} …"
