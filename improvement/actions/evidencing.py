"""What will show that an action made a difference, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from improvement.actions.refusals import StepRefused
from improvement.actions.turns import Turn, begin, require_words
from improvement.models import Action, Evidence
from improvement.models.event import Kind, Provenance
from improvement.rules.status import Status
from improvement.rules.steps import Step


@dataclass(frozen=True)
class Found:
    """A piece of evidence as it is entered; the fields are those of the model."""

    kind: str
    shows: str
    seen_on: date
    again_on: date
    fields: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def agree_criteria(turn: Turn, *, words: str, agreed_by: str) -> Action:
    """Keeps what both parties agreed beforehand to take for its impact; later criteria replace earlier ones."""
    at = begin(turn, Step.AGREE_CRITERIA)
    require_words(words, "Say what will show that it made a difference.")
    require_words(agreed_by, "Say who agreed to it.")
    at.event(Kind.CRITERIA, phase=2, words=words.strip(), agreed_by=agreed_by.strip())
    at.follow()
    at.recorded("criteria_agreed", "has exit criteria", words=words.strip())
    return at.action


@transaction.atomic
def add_evidence(turn: Turn, *, found: Found) -> Evidence:
    """Keeps a piece of evidence. It is dated after Phase 1 was completed, and says when it is looked at again."""
    at = begin(turn, Step.ADD_EVIDENCE)
    done = _done_on(at.action)
    if done is not None and found.seen_on < done:
        raise StepRefused(
            "Evidence shows what came after the action was done: give a day on which Phase 1 was completed, or later."
        )
    after_from = found.fields.get("after_from")
    if done is not None and after_from is not None and after_from < done.replace(day=1):
        raise StepRefused("The months after begin with the one in which the action was done, or later.")
    if found.seen_on > turn.today:
        raise StepRefused("The day of the evidence is still to come.")
    if found.again_on <= turn.today:
        raise StepRefused("Give a day still to come on which the evidence is looked at again.")
    shows = found.shows.strip()
    require_words(shows, "Say what it shows.")
    at.event(Kind.EVIDENCE, phase=2, words=shows)
    evidence = Evidence(
        action=at.action,
        kind=found.kind,
        shows=shows,
        seen_on=found.seen_on,
        again_on=found.again_on,
        version=at.action.version,
        **at.written(),
        **found.fields,
    )
    evidence.full_clean(exclude=["action", "taken_by", "indicator", "before_mean", "after_mean"])
    evidence.save(force_insert=True)
    at.follow()
    at.recorded("evidence_added", "has new evidence", kind=evidence.get_kind_display(), words=evidence.shows)
    return evidence


def _done_on(action: Action) -> date | None:
    """The day on which Phase 1 became completed last; None where nobody knows when. To say it again moves no day."""
    done = action.events.filter(kind=Kind.STATUS, phase=1, now=Status.COMPLETED).exclude(was=Status.COMPLETED)
    return done.exclude(provenance=Provenance.PUBLISHED).values_list("day", flat=True).last()
