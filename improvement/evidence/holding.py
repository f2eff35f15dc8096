"""Which evidence of an action still stands: a confirmation may rest on that alone.

The database asks the same of what is kept (event_confirms_by_what_holds); figures as they are now are asked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from improvement.evidence.falling_back import turned
from improvement.models import Action, Event, Evidence
from improvement.models.event import Kind
from improvement.plans.became import completes
from improvement.rules.movement import is_better


def holding(action: Action, day: date) -> list[Evidence]:
    """The evidence on which a confirmation can rest on a day. Two queries where it came without events and evidence.

    Left out is what is to be looked at again by then; a sample by somebody who isn't independent; an indicator that
    wasn't better, or had too few months; and what was known before the confirmation was asked for anew, or before the
    action was found not to be done.
    """
    void = [event for event in action.events.all() if _voids(event)]
    return [evidence for evidence in action.evidence.all() if _holds(evidence, void, day)]


def showing(action: Action, day: date) -> list[Evidence]:
    """What holds and, of an indicator, still shows it by its figures as they are now: one query more for all."""
    held = holding(action, day)
    fallen = turned(held, day)
    return [evidence for evidence in held if evidence.pk not in fallen]


def carries(shown: Iterable[Evidence], party: str) -> bool:
    """Whether this party can rest a confirmation on what shows it: what its own people showed carries none of theirs.

    No query.
    """
    return any(evidence.party != party for evidence in shown)


def _holds(evidence: Evidence, void: Iterable[Event], day: date) -> bool:
    shows = evidence.independent is not False
    if evidence.indicator is not None:
        shows = is_better(evidence.before_mean, evidence.after_mean, evidence.indicator.polarity)
    return shows and evidence.again_on > day and not any(_is_later(event, evidence) for event in void)


def _voids(event: Event) -> bool:
    return event.kind == Kind.ASKED_ANEW or completes(event)


def _is_later(event: Event, evidence: Evidence) -> bool:
    """By number; evidence from before that was kept, by the time at which it was written."""
    if evidence.version is None:
        return event.taken_at > evidence.taken_at
    return event.number > evidence.version
