"""One event in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.values.months import Month
from improvement.models import Event
from improvement.models.event import Kind, Provenance, Written
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status

WORDS = {
    Kind.MOVED: "Target moved",
    Kind.ASKED: "Asked for Phase 2 to be confirmed",
    Kind.SENT_BACK: "Sent back",
    Kind.CONFIRMED: "Phase 2 confirmed",
    Kind.ASKED_ANEW: "Confirmation taken back",
    Kind.DECLINED: "The end was declined",
    Kind.CRITERIA: "Agreed what will show its impact",
    Kind.EVIDENCE: "Evidence added",
    Kind.SAID: "Comment",
}


@dataclass(frozen=True)
class Told:
    """One event of the story."""

    day: date
    what: str
    status: Status | None
    lines: tuple[str, ...]
    who: str
    illustrative: bool


def told_of(event: Event, before: Event | None) -> Told:
    """What was said in the same words of both phases, in one update, is told with the first of them alone."""
    said = _lines(before) if before and _of_one_update(before, event) else []
    return Told(
        day=event.day,
        what=_what(event),
        status=Status(event.now) if event.kind == Kind.STATUS else None,
        lines=tuple(line for line in _lines(event) if line and line not in said),
        who=who(event),
        illustrative=event.provenance == Provenance.ILLUSTRATIVE,
    )


def told_since(events: Sequence[Event], number: int) -> list[Told]:
    """What happened to one action after its event of this number; they come in their order."""
    pairs = zip([None, *events], events, strict=False)
    return [told_of(event, before) for before, event in pairs if event.number > number]


def who(written: Written) -> str:
    return written.taken_as + (f", for {written.on_behalf_of}" if written.on_behalf_of else "")


def kind_words(event: Event) -> str:
    """What happened, without the months or the other action that belong to this one alone."""
    if event.kind == Kind.STATUS:
        return f"Phase {event.phase}"
    if event.kind == Kind.MOVED and event.target_was is None:
        return "Target set"
    if event.kind in (Kind.PROPOSED, Kind.ENDED):
        verb = "Proposed" if event.kind == Kind.PROPOSED else "Agreed"
        return f"{verb}: {Outcome(event.now).label.lower()}"
    return WORDS[Kind(event.kind)]


def _of_one_update(first: Event, second: Event) -> bool:
    same = (first.day, first.taken_by_id, first.taken_as) == (second.day, second.taken_by_id, second.taken_as)
    return same and first.kind == second.kind == Kind.STATUS and (first.phase, second.phase) == (1, 2)


def _what(event: Event) -> str:
    if event.kind == Kind.MOVED and event.target_now:
        since = f" from {Month.of(event.target_was).label}" if event.target_was else ""
        return f"{kind_words(event)}{since} to {Month.of(event.target_now).label}"
    return kind_words(event) + (f" by {event.superseded_by}" if event.superseded_by else "")


def _lines(event: Event) -> list[str]:
    return [
        event.words,
        f"Risk: {event.risk}" if event.risk else "",
        f"Mitigation: {event.mitigation or 'none'}" if event.risk else "",
        f"Risk owned by {event.risk_owner}." if event.risk_owner else "",
        f"Agreed by {event.agreed_by}." if event.agreed_by else "",
    ]
