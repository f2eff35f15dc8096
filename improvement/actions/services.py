"""What people do with an action: the one door for each step. Every step is an event, and the action follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction

from audit.services import record
from core.values.months import Month
from core.values.words import says_something
from improvement.actions.refusals import ActionConflict, StepRefused
from improvement.actions.standing import steps_of, writes_for
from improvement.models import Action, Event, Evidence, Owner
from improvement.models.event import Kind, Provenance
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.status import NOT_ON_TRACK, Status
from improvement.rules.steps import Step
from parties.participants import Participant

STALE = "was changed by somebody else since you opened it. Nothing was saved; look at it as it is now."


@dataclass(frozen=True)
class Report:
    """What is said of one phase, in words; what is not on track names its risk, the mitigation and who owns it."""

    phase: int
    status: Status
    words: str = ""
    risk: str = ""
    mitigation: str = ""
    risk_owner: str = ""


@dataclass(frozen=True)
class Move:
    """A target's new month, why, and who agreed to it."""

    target: Month
    words: str
    agreed_by: str


@dataclass(frozen=True)
class Found:
    """A piece of evidence as it is entered; the fields are those of the model."""

    kind: str
    shows: str
    seen_on: date
    again_on: date
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """Who takes a step with an action, and on which day. ``version`` is the one they saw; None: it is no matter."""

    by: Participant
    action: Action
    version: int | None
    today: date
    provenance: str = Provenance.RETURNED


@dataclass(frozen=True)
class _At:
    """One step that may be taken: the action is locked, as it stands."""

    turn: Turn
    action: Action
    owners: Sequence[Owner]

    def event(self, kind: Kind, **fields: Any) -> Event:
        """The next event, written; the action's version is its number. What else follows is the caller's to save."""
        self.action.version += 1
        return Event.objects.create(
            action=self.action,
            number=self.action.version,
            kind=kind,
            on_behalf_of=self.on_behalf_of(kind),
            **self.written(),
            **fields,
        )

    def on_behalf_of(self, kind: Kind) -> str:
        """In whose place somebody writes who isn't of the owners' own."""
        return writes_for(self.turn.by, self.owners) if kind in (Kind.STATUS, Kind.MOVED, Kind.ASKED) else ""

    def written(self) -> dict[str, Any]:
        by = self.turn.by
        return {
            "day": self.turn.today,
            "provenance": self.turn.provenance,
            "party": by.party,
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
            summary=f"{named(self.action)} {summary}.",
            changes=changes,
        )


def named(action: Action) -> str:
    """The action as people know it: "Action 3 of OR1"."""
    return f"Action {action.number} of {action.row_code}"


@transaction.atomic
def update_action(turn: Turn, *, reports: Sequence[Report] = (), move: Move | None = None) -> Action:
    """Says where the action stands in its phases, and moves its target; all of it or nothing.

    StepRefused with the reason; ActionConflict where it changed since the version that was seen.
    """
    at = _begin(turn, Step.UPDATE)
    target = move.target if move else at.action.target_month
    for report in reports:
        _refuse_report(report, target, at.action, turn.today)
    if move is not None:
        _move(at, move)
    for report in reports:
        was = getattr(at.action, f"phase{report.phase}")
        at.event(
            Kind.STATUS,
            phase=report.phase,
            was=was,
            now=report.status,
            words=report.words.strip(),
            risk=report.risk.strip(),
            mitigation=report.mitigation.strip(),
            risk_owner=report.risk_owner.strip(),
        )
        at.follow(**{f"phase{report.phase}": report.status})
    at.recorded(
        "updated",
        "was updated",
        **{f"phase_{report.phase}": report.status.label for report in reports},
        **({"target": str(move.target)} if move else {}),
    )
    return at.action


def _refuse_report(report: Report, target: Month | None, action: Action, today: date) -> None:
    if report.phase == 2 and report.status == Status.COMPLETED:
        raise StepRefused(
            "Phase 2 is completed by evidence, which the other party confirms. Add the evidence and ask for it."
        )
    if report.status == Status.UNKNOWN:
        raise StepRefused("Say where the action stands.")
    if report.status in NOT_ON_TRACK and not (
        says_something(report.risk) and says_something(report.risk_owner)
    ):
        raise StepRefused("What is not on track names its risk, and who answers for it.")
    if report.status == Status.MITIGATED and not says_something(report.mitigation):
        raise StepRefused(
            "Name the mitigation. Where there is none, the action is not on track without mitigations."
        )
    late = report.phase == 1 and report.status != Status.COMPLETED and past_target(target, today)
    if late and not says_something(report.words):
        raise StepRefused(
            f"The target, {_month_words(target)}, is past. Say why, and by when it will be done."
        )
    reopens = report.phase == 1 and action.phase1 == Status.COMPLETED and report.status != Status.COMPLETED
    if reopens and not says_something(report.words):
        raise StepRefused("The action was reported as completed. Say why it no longer is.")


def _move(at: _At, move: Move) -> None:
    was = at.action.target_month
    if was == move.target:
        raise StepRefused(f"The target is {was.label} already." if was else "Give a month.")
    if not says_something(move.words) or not says_something(move.agreed_by):
        raise StepRefused("A target that moves says why, and who agreed to it.")
    at.event(
        Kind.MOVED,
        target_was=at.action.target,
        target_now=move.target.first_day,
        words=move.words.strip(),
        agreed_by=move.agreed_by.strip(),
    )
    first = {} if at.action.first_target else {"first_target": move.target.first_day}
    at.follow(target=move.target.first_day, **first)


@transaction.atomic
def add_evidence(turn: Turn, *, found: Found) -> Evidence:
    """Keeps a piece of evidence. It is dated after Phase 1 was completed, and says when it is looked at again."""
    at = _begin(turn, Step.ADD_EVIDENCE)
    done = _done_on(at.action)
    if done is not None and found.seen_on < done:
        raise StepRefused(
            "Evidence shows what came after the action was done: give a day on which Phase 1 was completed, or later."
        )
    if found.seen_on > turn.today:
        raise StepRefused("The day of the evidence is still to come.")
    if found.again_on <= turn.today:
        raise StepRefused("Give a day still to come on which the evidence is looked at again.")
    evidence = Evidence(
        action=at.action,
        kind=found.kind,
        shows=found.shows.strip(),
        seen_on=found.seen_on,
        again_on=found.again_on,
        **at.written(),
        **found.fields,
    )
    evidence.full_clean(exclude=["action", "taken_by", "indicator", "before_mean", "after_mean"])
    evidence.save(force_insert=True)
    at.recorded("evidence_added", "has new evidence", kind=evidence.get_kind_display())
    return evidence


@transaction.atomic
def ask_confirmation(turn: Turn, *, words: str) -> Action:
    """Asks the other party to confirm Phase 2; the words answer what is different now."""
    at = _begin(turn, Step.ASK)
    _require_words(words, "Say what is different now.")
    at.event(Kind.ASKED, phase=2, words=words.strip())
    at.follow(waits=Waits.CONFIRMATION)
    at.recorded("confirmation_asked", "waits for its Phase 2 to be confirmed")
    return at.action


@transaction.atomic
def confirm(turn: Turn, *, words: str) -> Action:
    """Confirms that the action made a difference. Whoever wrote about it doesn't; the database refuses it too."""
    at = _begin(turn, Step.CONFIRM)
    _refuse_own_work(at)
    _require_words(words, "Say what convinces you.")
    at.event(Kind.CONFIRMED, phase=2, was=at.action.phase2, now=Status.COMPLETED, words=words.strip())
    at.follow(phase2=Status.COMPLETED, waits="")
    at.recorded("confirmed", "is confirmed: it made a difference")
    return at.action


@transaction.atomic
def send_back(turn: Turn, *, words: str) -> Action:
    """Says why the evidence isn't enough yet."""
    at = _begin(turn, Step.SEND_BACK)
    _require_words(words, "Say what is missing.")
    at.event(Kind.SENT_BACK, phase=2, words=words.strip())
    at.follow(waits="")
    at.recorded("sent_back", "was sent back")
    return at.action


@transaction.atomic
def ask_anew(turn: Turn, *, words: str) -> Action:
    """Takes a confirmation back, because what it rested on no longer holds: Phase 2 is on track until shown anew."""
    at = _begin(turn, Step.ASK_ANEW)
    _require_words(words, "Say what no longer holds.")
    at.event(Kind.ASKED_ANEW, phase=2, was=Status.COMPLETED, now=Status.ON_TRACK, words=words.strip())
    at.follow(phase2=Status.ON_TRACK)
    at.recorded("asked_anew", "is to be confirmed anew")
    return at.action


@transaction.atomic
def propose_end(turn: Turn, *, words: str, superseded_by: Action | None = None) -> Action:
    """Proposes that the action ends without being done, or that another one takes its place."""
    at = _begin(turn, Step.PROPOSE_END)
    _require_words(words, "Say why the action ends without being done.")
    if superseded_by is not None and superseded_by.pk == turn.action.pk:
        raise StepRefused("An action can't take its own place.")
    outcome = Outcome.SUPERSEDED if superseded_by else Outcome.CLOSED
    at.event(Kind.PROPOSED, now=outcome, words=words.strip(), superseded_by=superseded_by)
    at.follow(waits=Waits.END)
    at.recorded("end_proposed", "waits for the other party to agree that it ends", outcome=outcome.label)
    return at.action


@transaction.atomic
def agree_end(turn: Turn, *, words: str = "") -> Action:
    at = _begin(turn, Step.AGREE_END)
    _refuse_own_work(at)
    proposal = at.action.events.filter(kind=Kind.PROPOSED).latest("number")
    at.event(Kind.ENDED, now=proposal.now, words=words.strip(), superseded_by=proposal.superseded_by)
    at.follow(outcome=proposal.now, waits="")
    at.recorded("ended", f"ended: {Outcome(proposal.now).label.lower()}")
    return at.action


@transaction.atomic
def decline_end(turn: Turn, *, words: str) -> Action:
    at = _begin(turn, Step.DECLINE_END)
    _require_words(words, "Say why the action should go on.")
    at.event(Kind.DECLINED, words=words.strip())
    at.follow(waits="")
    at.recorded("end_declined", "goes on: its end was declined")
    return at.action


@transaction.atomic
def comment(turn: Turn, *, words: str) -> Action:
    """Adds a word of anybody's. It changes nothing about the action, so an older version is no conflict."""
    at = _begin(replace(turn, version=None), Step.COMMENT)
    _require_words(words, "Write your comment.")
    at.event(Kind.SAID, words=words.strip())
    at.follow()
    at.recorded("commented", "has a new comment")
    return at.action


def _begin(turn: Turn, step: Step) -> _At:
    """Locks the action; refused where the step isn't this person's, or not possible from where the action stands."""
    locked = (
        Action.objects.visible_to(turn.by)
        .select_for_update(of=("self",))
        .select_related("recommendation__priority__plan")
        .get(pk=turn.action.pk)
    )
    owners = [ownership.owner for ownership in locked.ownerships.select_related("owner")]
    if turn.version is not None and locked.version != turn.version:
        raise ActionConflict(f"{named(locked)} {STALE}")
    has_evidence = locked.evidence.exists()
    if step not in steps_of(turn.by, locked, owners, has_evidence=has_evidence):
        raise StepRefused(f"{named(locked)} doesn’t allow this from you now. Nothing was changed.")
    return _At(turn, locked, owners)


def _refuse_own_work(at: _At) -> None:
    wrote = at.action.events.filter(
        taken_by=at.turn.by.user, kind__in=[Kind.ASKED, Kind.PROPOSED, Kind.STATUS, Kind.MOVED]
    )
    if wrote.exists():
        raise StepRefused(
            f"You wrote about {named(at.action)} yourself, so somebody else settles it. Nothing was changed."
        )


def _require_words(words: str, ask: str) -> None:
    if not says_something(words):
        raise StepRefused(ask)


def _done_on(action: Action) -> date | None:
    """The day on which Phase 1 was last completed; None where it isn't, or nobody knows when."""
    done = action.events.filter(kind=Kind.STATUS, phase=1, now=Status.COMPLETED).exclude(
        provenance=Provenance.PUBLISHED
    )
    return done.values_list("day", flat=True).last()


def _month_words(month: Month | None) -> str:
    return month.label if month else ""
