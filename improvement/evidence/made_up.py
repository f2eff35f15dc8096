"""Which evidence rests on figures that are made up: one such month in either of its windows is enough."""

from __future__ import annotations

from collections.abc import Sequence

from improvement.evidence.falling_back import windows_of
from improvement.models import Evidence
from kpis.engine.selectors import illustrative_months


def resting_on_made_up(evidence: Sequence[Evidence]) -> set[int]:
    """The keys of these; they come with their indicators. One query where any is an indicator's, else none."""
    moved = [one for one in evidence if one.indicator_id is not None]
    if not moved:
        return set()
    made_up = illustrative_months({one.indicator_id for one in moved if one.indicator_id is not None})
    return {
        one.pk
        for one in moved
        for first, last in windows_of(one)
        if any(key == one.indicator_id and first <= month <= last for key, month in made_up)
    }
