"""Which evidence of an action still stands: a confirmation may rest on that alone."""

from __future__ import annotations

from datetime import date

from improvement.models import Action, Evidence
from improvement.models.event import Kind


def holding(action: Action, day: date) -> list[Evidence]:
    """The evidence on which a confirmation can rest on a day. Two queries where it came without events and evidence.

    Left out is what is to be looked at again by then, a sample by somebody who isn't independent, and what was known
    already when the confirmation was asked for anew. The database asks the same (event_confirms_by_evidence).
    """
    asked_anew = max(
        (event.number for event in action.events.all() if event.kind == Kind.ASKED_ANEW), default=0
    )
    return [
        evidence
        for evidence in action.evidence.all()
        if evidence.again_on > day and evidence.independent is not False and evidence.version >= asked_anew
    ]
