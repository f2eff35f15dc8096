"""What the program itself asks: that a confirmation is shown anew, once nothing of what it rested on holds any more."""

from __future__ import annotations

from datetime import date

import structlog
from django.db import transaction

from audit.services import record
from core import clock
from core.values.words import day_words
from improvement.actions.notices import tell
from improvement.actions.selectors import plan_runs_on
from improvement.actions.standing import settling_party
from improvement.evidence.falling_back import turned
from improvement.evidence.holding import holding
from improvement.models import Action, Event, Evidence
from improvement.models.event import Kind, Provenance
from improvement.plans.names import named
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status

log = structlog.get_logger()
BY = "daily look at the evidence"


def ask_what_no_longer_holds() -> int:
    """Asks anew for each confirmation without evidence that holds today, and says how many it asked for.

    Only of plans that run. Run as often as one likes: what is asked for anew isn't confirmed any more. One that fails
    keeps nobody else's back.
    """
    confirmed = Action.objects.filter(
        plan_runs_on(clock.today()), phase2=Status.COMPLETED, outcome=Outcome.OPEN
    ).order_by("pk")
    asked = 0
    for key in confirmed.values_list("pk", flat=True):
        try:
            asked += _asked_anew(key)
        except Exception:
            log.exception("evidence_not_looked_at", action_id=key)
    return asked


@transaction.atomic
def _asked_anew(key: int) -> bool:
    """One action, looked at under its lock: what somebody adds at the same moment comes before or after."""
    today = clock.today()
    action = (
        Action.objects.select_for_update(of=("self",), no_key=True)
        .select_related("recommendation__priority__plan__contract")
        .prefetch_related("events", "evidence__indicator", "ownerships__owner")
        .get(pk=key)
    )
    reason = _reason(action, today) if action.phase2 == Status.COMPLETED else ""
    if not reason:
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
        day=today,
        provenance=Provenance.NOTICED,
        taken_as="The program",
    )
    action.phase2 = Status.ON_TRACK
    action.save(update_fields=["phase2", "version"])
    tell(event, [ownership.owner for ownership in action.ownerships.all()])
    record(
        by=BY,
        action="action.asked_anew",
        subject=action,
        contract=action.recommendation.priority.plan.contract.code,
        summary=f"{named(action)} is to be confirmed anew.",
        changes={"words": reason},
    )
    return True


def _reason(action: Action, today: date) -> str:
    """Why the confirmation no longer stands; empty where it does."""
    party = settling_party(action, [ownership.owner for ownership in action.ownerships.all()])
    standing = [evidence for evidence in holding(action, today) if evidence.party != party]
    if not standing:
        # Whatever the day on which it was to be looked at again.
        counted = [evidence for evidence in holding(action, date.min) if evidence.party != party]
        last = max((evidence.again_on for evidence in counted), default=None)
        when = f"on {day_words(last)}" if last else "by now"
        return f"Its evidence was to be looked at again {when}, and nothing newer is kept."
    how = turned(standing, today)
    fallen = [evidence for evidence in standing if evidence.pk in how]
    if len(fallen) < len(standing):  # what carries it still is enough, unless it rested on the other as well
        fallen = [evidence for evidence in fallen if _was_there(evidence, action)]
    return next((f"{_indicator(evidence)} {how[evidence.pk]}." for evidence in fallen), "")


def _indicator(evidence: Evidence) -> str:
    return f"{evidence.indicator.code} {evidence.indicator.short_name}" if evidence.indicator else ""


def _was_there(evidence: Evidence, action: Action) -> bool:
    """Whether it was there when the action was confirmed: what came later never carried it."""
    confirmed = max(
        (event.number for event in action.events.all() if event.kind == Kind.CONFIRMED), default=0
    )
    return evidence.version is None or evidence.version < confirmed
