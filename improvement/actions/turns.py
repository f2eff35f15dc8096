"""One step with an action: who takes it, whether it may be taken now, and the event that it is kept as.

Every step is an event, and the action follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.services import record
from core.values.words import says_something
from improvement.actions.notices import tell
from improvement.actions.refusals import ActionConflict, StepRefused
from improvement.actions.standing import answering, speaks_for, steps_of, writes_for
from improvement.evidence.holding import carries, showing
from improvement.models import Action, Event, Owner
from improvement.models.event import OWN_WORDS, Kind, Provenance
from improvement.plans.names import named
from improvement.rules.steps import Step
from parties.participants import Participant

STALE = (
    "was changed since you opened it. Nothing was saved: look at what came, and send yours again if it fits."
)


@dataclass(frozen=True)
class Turn:
    """Who takes a step with an action, and on which day. ``version`` is the one they saw; None: it is no matter."""

    by: Participant
    action: Action
    version: int | None
    today: date
    provenance: str = Provenance.RETURNED


@dataclass(frozen=True)
class At:
    """One step that may be taken: the action is locked, as it stands."""

    turn: Turn
    action: Action
    owners: Sequence[Owner]

    def event(self, kind: Kind, **fields: Any) -> Event:
        """The next event, written; the action's version is its number. What else follows is the caller's to save."""
        self.action.version += 1
        event = Event.objects.create(
            action=self.action,
            number=self.action.version,
            kind=kind,
            on_behalf_of=self.on_behalf_of(kind),
            **self.written(kind),
            **fields,
        )
        if self.turn.provenance == Provenance.RETURNED:
            tell(event, self.owners)
        return event

    def on_behalf_of(self, kind: Kind) -> str:
        """In whose place somebody writes who isn't of the owners' own."""
        return writes_for(self.turn.by, self.owners) if kind in OWN_WORDS else ""

    def written(self, kind: Kind) -> dict[str, Any]:
        by = self.turn.by
        return {
            "day": self.turn.today,
            "provenance": self.turn.provenance,
            "party": speaks_for(by, self.owners) if kind in OWN_WORDS else by.party,
            "taken_by": by.user,
            "taken_as": by.user.display_name,
        }

    def follow(self, **fields: Any) -> None:
        """The action as its last event leaves it."""
        for name, value in fields.items():
            setattr(self.action, name, value)
        self.action.save(update_fields=[*fields, "version"])

    def recorded(self, step: str, summary: str, **changes: Any) -> None:
        record(
            by=self.turn.by.user,
            action=f"action.{step}",
            subject=self.action,
            contract=self.turn.by.contract.code,
            summary=f"{named(self.action)} ({self.action.recommendation.priority.plan.name}) {summary}.",
            changes=changes,
        )


def begin(turn: Turn, step: Step) -> At:
    """Locks the action; refused where the step isn't this person's, or not possible from where the action stands."""
    locked = (
        Action.objects.visible_to(turn.by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("recommendation__priority__plan__contract")
        .prefetch_related("evidence__indicator")
        .get(pk=turn.action.pk)
    )
    owners = [ownership.owner for ownership in locked.ownerships.select_related("owner")]
    if turn.version is not None and locked.version != turn.version:
        raise ActionConflict(f"{named(locked)} {STALE}")
    has_evidence = carries(showing(locked, turn.today), answering(turn.by, locked, owners))
    if step not in steps_of(turn.by, locked, owners, has_evidence=has_evidence):
        raise StepRefused(f"{named(locked)} doesn’t allow this from you now. Nothing was changed.")
    return At(turn, locked, owners)


def refuse_own_work(at: At) -> None:
    if at.action.events.filter(taken_by=at.turn.by.user, kind__in=OWN_WORDS).exists():
        raise StepRefused(
            f"You wrote about {named(at.action)} yourself, so somebody else settles it. Nothing was changed."
        )


def require_words(words: str, ask: str) -> None:
    if not says_something(words):
        raise StepRefused(ask)
