"""What the program itself asks: that a confirmation is shown anew, once nothing of what it rested on holds any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from audit.services import record
from core import clock
from core.values.words import day_words
from improvement.actions.notices import tell
from improvement.actions.turns import named
from improvement.evidence.falling_back import has_fallen_back
from improvement.evidence.holding import holding
from improvement.models import Action, Event
from improvement.models.event import Kind, Provenance
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status

BY = "daily look at the evidence"


def ask_what_no_longer_holds() -> int:
    """Asks anew for each confirmation without evidence that holds today, and says how many it asked for.

    Run as often as one likes: what is asked for anew isn't confirmed any more. A confirmation that somebody changes at
    the same moment is left to the next run.
    """
    today = clock.today()
    return sum(_ask(action, reason) for action, reason in _no_longer_shown(today))


def _no_longer_shown(today: date) -> Iterator[tuple[Action, str]]:
    confirmed = (
        Action.objects.filter(phase2=Status.COMPLETED, outcome=Outcome.OPEN)
        .select_related("recommendation__priority__plan__contract")
        .prefetch_related("events", "evidence__indicator", "ownerships__owner")
        .order_by("pk")
    )
    for action in confirmed:
        if reason := _reason(action, today):
            yield action, reason


def _reason(action: Action, today: date) -> str:
    """Why the confirmation no longer stands; empty where it does."""
    standing = holding(action, today)
    if not standing:
        last = max((evidence.again_on for evidence in action.evidence.all()), default=None)
        when = f"on {day_words(last)}" if last else "by now"
        return f"Its evidence was to be looked at again {when}, and nothing newer is kept."
    for evidence in standing:
        if evidence.indicator and has_fallen_back(evidence, today):
            indicator = evidence.indicator
            return f"{indicator.code} {indicator.short_name} is no better any more than before the action."
    return ""


@transaction.atomic
def _ask(seen: Action, reason: str) -> bool:
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("recommendation__priority__plan__contract")
        .get(pk=seen.pk)
    )
    if action.version != seen.version:
        return False
    action.version += 1
    event = Event.objects.create(
        action=action,
        number=action.version,
        kind=Kind.ASKED_ANEW,
        phase=2,
        was=Status.COMPLETED,
        now=Status.ON_TRACK,
        words=reason,
        day=clock.today(),
        provenance=Provenance.NOTICED,
        taken_as="The program",
    )
    action.phase2 = Status.ON_TRACK
    action.save(update_fields=["phase2", "version"])
    contract = action.recommendation.priority.plan.contract
    record(
        by=BY,
        action="action.asked_anew",
        subject=action,
        contract=contract.code,
        summary=f"{named(action)} is to be confirmed anew.",
        changes={"words": reason},
    )
    tell(event, [ownership.owner for ownership in seen.ownerships.all()])
    return True
