"""What will show that an action made a difference, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from core.values.words import day_words, says_something
from improvement.actions.refusals import Fault, StepRefused
from improvement.actions.turns import Turn, begin, require_words
from improvement.models import Action, Evidence
from improvement.models.event import Kind, Provenance
from improvement.plans.became import became_completed, completed_here
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
    faults = [*_of_before(found, _done_on(at.action) or _done_by(at.action)), *_of_days(found, turn.today)]
    if faults:
        raise StepRefused.of(faults)
    shows = found.shows.strip()
    at.event(Kind.EVIDENCE, phase=2, words=shows)
    evidence = Evidence(
        action=at.action,
        kind=found.kind,
        shows=shows,
        seen_on=found.seen_on,
        again_on=found.again_on,
        version=at.action.version,
        **at.written(Kind.EVIDENCE),
        **found.fields,
    )
    evidence.full_clean(exclude=["action", "taken_by", "indicator", "before_mean", "after_mean"])
    evidence.save(force_insert=True)
    at.follow()
    at.recorded("evidence_added", "has new evidence", kind=evidence.get_kind_display(), words=evidence.shows)
    return evidence


def _of_before(found: Found, done: date) -> Iterator[Fault]:
    """Evidence is of what came after the action was done, beside months that were over before it."""
    if found.seen_on < done:
        yield (
            "seen_on",
            "Evidence shows what came after the action was done: give a day on which Phase 1 was completed, or later."
            f" That is {day_words(done)}, or the first day by which it is known to be done.",
        )
    before_to, after_from = found.fields.get("before_to"), found.fields.get("after_from")
    if after_from is not None and after_from < done.replace(day=1):
        yield "after_from", "The months after begin with the one in which the action was done, or later."
    if before_to is not None and before_to >= done.replace(day=1):
        yield "before_to", "The months before end before the one in which the action was done."


def _of_days(found: Found, today: date) -> Iterator[Fault]:
    """Months that are over alone: of others nobody can say whether the indicator falls back."""
    after_to = found.fields.get("after_to")
    if after_to is not None and after_to >= today.replace(day=1):
        yield "after_to", "The months after are over: end with last month, or earlier."
    if found.seen_on > today:
        yield "seen_on", "The day of the evidence is still to come."
    if found.again_on <= today:
        yield "again_on", "Give a day still to come on which the evidence is looked at again."
    if not says_something(found.shows):
        yield "shows", "Say what it shows."


def _done_by(action: Action) -> date:
    """Of what is printed as done, the day that the document speaks of, such as its review; else the plan's start."""
    printed = action.events.filter(became_completed(), provenance=Provenance.PUBLISHED)
    day = printed.values_list("day", flat=True).last()
    return day or action.recommendation.priority.plan.starts_on


def _done_on(action: Action) -> date | None:
    """The day on which Phase 1 became completed last; None where nobody knows when."""
    return completed_here(action.events.all()).values_list("day", flat=True).first()
