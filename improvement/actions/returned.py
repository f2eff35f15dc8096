"""What came back to those who answer for an action: sent back by the other party, or to be shown anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.values.words import day_words
from improvement.models import Action, Event
from improvement.models.event import Kind
from improvement.rules.outcomes import Outcome

# The events of which this is told.
TELLING = (Kind.ASKED, Kind.SENT_BACK, Kind.CONFIRMED, Kind.ASKED_ANEW)


def sent_back(action: Action, events: Sequence[Event]) -> str:
    """When and why it was sent back, until it is asked again; empty where that isn't so."""
    last = _last(action, events, (Kind.ASKED, Kind.SENT_BACK, Kind.CONFIRMED))
    if last is None or last.kind != Kind.SENT_BACK:
        return ""
    return f"It was sent back on {day_words(last.day)}: {last.words}"


def asked_anew(action: Action, events: Sequence[Event]) -> str:
    """Why the confirmation was taken back, until it is given again; empty where that isn't so."""
    last = _last(action, events, (Kind.CONFIRMED, Kind.ASKED_ANEW))
    if last is None or last.kind != Kind.ASKED_ANEW:
        return ""
    return f"Its impact is to be shown anew since {day_words(last.day)}: {last.words}"


def _last(action: Action, events: Sequence[Event], kinds: Collection[Kind]) -> Event | None:
    """The last event of these kinds; None where the action has ended."""
    if action.outcome != Outcome.OPEN:
        return None
    return next((event for event in reversed(events) if event.kind in kinds), None)
