"""What about an action deserves a look, and why: the exceptions of a plan, worst first.

How long an impact may take to show, and how often a target may move, are the plan's own (chosen).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.values.months import Month
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status


class Why(StrEnum):
    OVERDUE = "overdue"
    ON_TRACK_BUT_PAST = "on-track-but-past"
    TO_SHOW_ANEW = "to-show-anew"
    UNMITIGATED = "risk-without-mitigation"
    NO_IMPACT = "done-without-impact"
    MOVED_OFTEN = "moved-often"
    NO_WORD = "no-word"
    NO_OWNER = "no-owner"
    NO_DATE = "no-date"


@dataclass(frozen=True)
class Facts:
    """What is known of an action on a day.

    ``moves`` counts those of its target to a later month. ``done_on`` is the day by which Phase 1 became completed,
    ``last_word`` that of its last event, ``impact_moved_on`` that on which the status of Phase 2 changed; None where
    there was none. ``unmitigated``: a phase isn't on track, and the last word about it names no mitigation.
    ``asked_anew``: it is to be shown anew.
    """

    phase1: Status
    phase2: Status
    outcome: Outcome
    target: Month | None
    moves: int
    done_on: date | None
    last_word: date | None
    impact_moved_on: date | None
    owners: int
    unmitigated: bool
    asked_anew: bool


@dataclass(frozen=True)
class Bounds:
    """From which day on there must have been a word, and a move of Phase 2; how many moves of a target are many."""

    reviewed_since: date | None
    impact_since: date
    many_moves: int


def exceptions_of(facts: Facts, day: date, bounds: Bounds) -> tuple[Why, ...]:
    """Every reason for which an action that isn't settled deserves a look, worst first."""
    if facts.outcome != Outcome.OPEN or facts.phase2 == Status.COMPLETED:
        return ()
    done = facts.phase1 == Status.COMPLETED
    past = not done and past_target(facts.target, day)
    found = {
        Why.OVERDUE: past,
        Why.ON_TRACK_BUT_PAST: past and facts.phase1 == Status.ON_TRACK,
        Why.TO_SHOW_ANEW: facts.asked_anew,
        Why.UNMITIGATED: facts.unmitigated,
        Why.NO_IMPACT: done and _still_since(facts, bounds.impact_since),
        Why.MOVED_OFTEN: not done and facts.moves >= bounds.many_moves,
        Why.NO_WORD: not done and _silent_since(facts.last_word, bounds.reviewed_since),
        Why.NO_OWNER: facts.owners == 0,
        Why.NO_DATE: not done and facts.target is None,
    }
    return tuple(why for why in Why if found[why])


def _still_since(facts: Facts, since: date) -> bool:
    """Done for that long, and its Phase 2 stands where it stood."""
    done_before = facts.done_on is not None and facts.done_on < since
    return done_before and (facts.impact_moved_on is None or facts.impact_moved_on < since)


def _silent_since(last: date | None, since: date | None) -> bool:
    return since is not None and (last is None or last < since)
