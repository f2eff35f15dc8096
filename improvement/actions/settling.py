"""What one party asks of the other, and what that one answers: that Phase 2 is confirmed, or that an action ends."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from improvement.actions.refusals import StepRefused
from improvement.actions.turns import Turn, begin, refuse_own_work, require_words
from improvement.models import Action, Event
from improvement.models.event import Kind
from improvement.plans.names import named
from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.status import Status
from improvement.rules.steps import Step


@transaction.atomic
def ask_confirmation(turn: Turn, *, words: str) -> Action:
    """Asks the other party to confirm Phase 2; the words answer what is different now."""
    at = begin(turn, Step.ASK)
    require_words(words, "Say what is different now.")
    asked = at.event(Kind.ASKED, phase=2, words=words.strip())
    at.follow(waits=Waits.CONFIRMATION, asked_by=asked.party)
    at.recorded("confirmation_asked", "waits for its Phase 2 to be confirmed", words=words.strip())
    return at.action


@transaction.atomic
def confirm(turn: Turn, *, words: str) -> Action:
    """Confirms that the action made a difference. Whoever wrote about it doesn't; the database refuses it too."""
    at = begin(turn, Step.CONFIRM)
    refuse_own_work(at)
    require_words(words, "Say what convinces you.")
    at.event(Kind.CONFIRMED, phase=2, was=at.action.phase2, now=Status.COMPLETED, words=words.strip())
    at.follow(phase2=Status.COMPLETED, waits="")
    at.recorded("confirmed", "is confirmed: it made a difference", words=words.strip())
    return at.action


@transaction.atomic
def send_back(turn: Turn, *, words: str) -> Action:
    """Says why the evidence isn't enough yet."""
    at = begin(turn, Step.SEND_BACK)
    require_words(words, "Say what is missing.")
    at.event(Kind.SENT_BACK, phase=2, words=words.strip())
    at.follow(waits="")
    at.recorded("sent_back", "was sent back", words=words.strip())
    return at.action


@transaction.atomic
def ask_anew(turn: Turn, *, words: str) -> Action:
    """Takes a confirmation back, because what it rested on no longer holds: Phase 2 is on track until shown anew."""
    at = begin(turn, Step.ASK_ANEW)
    require_words(words, "Say what no longer holds.")
    at.event(Kind.ASKED_ANEW, phase=2, was=Status.COMPLETED, now=Status.ON_TRACK, words=words.strip())
    at.follow(phase2=Status.ON_TRACK)
    at.recorded("asked_anew", "is to be confirmed anew", words=words.strip())
    return at.action


@transaction.atomic
def propose_end(turn: Turn, *, words: str, superseded_by: Action | None = None) -> Action:
    """Proposes that the action ends without being done, or that another one takes its place."""
    successor = _locked_with(turn, superseded_by)
    at = begin(turn, Step.PROPOSE_END)
    require_words(words, "Say why the action ends without being done.")
    _refuse_successor(at.action, successor)
    outcome = Outcome.SUPERSEDED if superseded_by else Outcome.CLOSED
    proposed = at.event(Kind.PROPOSED, now=outcome, words=words.strip(), superseded_by=successor)
    at.follow(waits=Waits.END, asked_by=proposed.party)
    at.recorded(
        "end_proposed",
        "waits for the other party to agree that it ends",
        outcome=outcome.label,
        words=words.strip(),
    )
    return at.action


def _locked_with(turn: Turn, successor: Action | None) -> Action | None:
    """What is to take the action's place, as it stands now.

    Both are locked, in the order of their keys: two who propose one for the other don't wait for each other for ever.
    """
    if successor is None:
        return None
    both = (
        Action.objects.visible_to(turn.by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("recommendation__priority__plan")
        .filter(pk__in=[turn.action.pk, successor.pk])
        .order_by("pk")
    )
    return {one.pk: one for one in both}.get(successor.pk, successor)


def _refuse_successor(action: Action, other: Action | None) -> None:
    """What takes an action's place is another one of its plan, open, and not about to end itself."""
    if other is None:
        return
    if other.pk == action.pk:
        raise StepRefused("An action can't take its own place.")
    plans = {one.recommendation.priority.plan_id for one in (action, other)}
    if len(plans) > 1 or other.outcome != Outcome.OPEN or other.waits == Waits.END:
        raise StepRefused(
            f"{named(other)} can't take its place: it is of another plan, has ended, or is to end."
        )


@transaction.atomic
def agree_end(turn: Turn, *, words: str = "") -> Action:
    """Ends the action as it was proposed; not where what is to take its place has ended meanwhile, or is to end."""
    proposed = _proposal(turn.action)
    successor = _locked_with(turn, proposed.superseded_by if proposed else None)
    at = begin(turn, Step.AGREE_END)
    refuse_own_work(at)
    _refuse_successor(at.action, successor)
    outcome = Outcome.SUPERSEDED if successor else Outcome.CLOSED
    at.event(Kind.ENDED, now=outcome, words=words.strip(), superseded_by=successor)
    at.follow(outcome=outcome, waits="")
    at.recorded("ended", f"ended: {outcome.label.lower()}", words=words.strip())
    return at.action


def _proposal(action: Action) -> Event | None:
    """How the action is to end, as it was proposed last."""
    return action.events.filter(kind=Kind.PROPOSED).order_by("number").last()


@transaction.atomic
def decline_end(turn: Turn, *, words: str) -> Action:
    at = begin(turn, Step.DECLINE_END)
    require_words(words, "Say why the action should go on.")
    at.event(Kind.DECLINED, words=words.strip())
    at.follow(waits="")
    at.recorded("end_declined", "goes on: its end was declined", words=words.strip())
    return at.action


@transaction.atomic
def comment(turn: Turn, *, words: str) -> Action:
    """Adds a word of anybody's. It changes nothing about the action, so an older version is no conflict.

    The same word twice is one: a button that was pressed twice.
    """
    at = begin(replace(turn, version=None), Step.COMMENT)
    require_words(words, "Write your comment.")
    last = at.action.events.last()
    said = words.strip()
    if last and (last.kind, last.taken_by_id, last.words) == (Kind.SAID, turn.by.user.pk, said):
        return at.action
    at.event(Kind.SAID, words=said)
    at.follow()
    at.recorded("commented", "has a new comment", words=said)
    return at.action
