"""An action's page: where it stands, what its reader can do next, and its story as one timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words, with_unit
from core.values.words import day_words
from improvement.actions.returned import asked_anew, sent_back
from improvement.actions.standing import answering, settling_party, steps_of
from improvement.evidence.holding import carries
from improvement.evidence.made_up import resting_on_made_up
from improvement.fields import FormBox
from improvement.models import Action, Event, Evidence, Owner
from improvement.models.event import Kind, Provenance
from improvement.overview.recommendation import target_words
from improvement.plans.names import named
from improvement.rules.dates import months_slipped, moves_later, past_target
from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.status import Status
from improvement.rules.steps import Step
from improvement.story.timelines import Story, story_of_action
from parties.participants import PROVIDER, Participant

# Each step as its reader takes it: a heading, and the words of its button.
STEPS: dict[Step, tuple[str, str]] = {
    Step.CONFIRM: ("Confirm that it made a difference", "Confirm"),
    Step.SEND_BACK: ("Send it back", "Send back"),
    Step.AGREE_END: ("Agree that it ends", "Agree"),
    Step.DECLINE_END: ("It should go on", "Decline"),
    Step.ASK: ("Ask for its Phase 2 to be confirmed", "Ask for the confirmation"),
    Step.UPDATE: ("Update it", "Save the update"),
    Step.AGREE_CRITERIA: ("Agree what will show its impact", "Keep what was agreed"),
    Step.ADD_EVIDENCE: ("Add evidence", "Add the evidence"),
    Step.ASK_ANEW: ("Take the confirmation back", "Ask for it anew"),
    Step.PROPOSE_END: ("End it without being done", "Propose the end"),
    Step.COMMENT: ("Comment or ask", "Send"),
}


@dataclass(frozen=True)
class Shown:
    """A piece of evidence."""

    kind: str
    shows: str
    when: str
    again: str
    lines: Sequence[str]
    figures_made_up: bool  # whether any month of what an indicator shows is illustrative
    link: str
    illustrative: bool
    counts: bool  # whether a confirmation can rest on it today


@dataclass(frozen=True)
class Criteria:
    """What was agreed beforehand to show the impact."""

    words: str
    agreed: str


@dataclass(frozen=True)
class ActionPage:
    action: Action
    name: str
    parents: Sequence[tuple[str, str]]
    phase1: Status
    phase2: Status
    target: str
    slipped: str
    late: bool
    owners: str
    outcome: str
    turn: str
    missing: str
    sent_back: str
    asked_anew: str
    criteria: Criteria | None
    story: Story
    evidence: Sequence[Shown]
    boxes: Sequence[FormBox]


def action_page(
    participant: Participant,
    action: Action,
    boxes: Sequence[FormBox],
    counting: Collection[Evidence],
    today: date,
) -> ActionPage:
    """``counting`` is the evidence on which a confirmation can rest today. One query where any is an indicator's."""
    owners = [ownership.owner for ownership in action.ownerships.all()]
    events = list(action.events.all())
    plan, row = action.recommendation.priority.plan, action.recommendation
    code = participant.contract.code
    done = action.phase1 == Status.COMPLETED or action.outcome != Outcome.OPEN
    evidence = list(action.evidence.all())
    made_up = resting_on_made_up(evidence)
    return ActionPage(
        action=action,
        name=named(action),
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code])),
            (
                f"Priority {row.priority.number}",
                reverse("improvement:priority", args=[code, plan.code, row.priority.number]),
            ),
            (row.code, reverse("improvement:recommendation", args=[code, plan.code, row.code])),
        ],
        phase1=Status(action.phase1),
        phase2=Status(action.phase2),
        target=target_words(action),
        slipped=_slipped(action, events),
        late=not done and past_target(action.target_month, today),
        owners="; ".join(owner.role for owner in owners) or "Nobody is named",
        outcome="" if action.outcome == Outcome.OPEN else Outcome(action.outcome).label,
        turn=_turn(participant, action, owners),
        missing=_missing(action, {Step(box.name) for box in boxes}, counting),
        sent_back=sent_back(action, events),
        asked_anew=asked_anew(action, events),
        criteria=_criteria(events),
        story=story_of_action(events),
        evidence=[
            replace(
                _shown(one, one in counting, figures=participant.may("indicator.view")),
                figures_made_up=one.pk in made_up,
            )
            for one in evidence
        ],
        boxes=boxes,
    )


def steps_open(participant: Participant, action: Action, counting: Collection[Evidence]) -> list[Step]:
    """The steps that the person may take by the evidence that counts, in the order in which they are offered."""
    owners = [ownership.owner for ownership in action.ownerships.all()]
    has_evidence = carries(counting, answering(participant, action, owners))
    allowed = steps_of(participant, action, owners, has_evidence=has_evidence)
    return [step for step in STEPS if step in allowed]


def step_url(participant: Participant, action: Action, step: Step) -> str:
    row = action.recommendation
    return reverse(
        f"improvement:{step.value.replace('_', '-')}",
        args=[participant.contract.code, row.priority.plan.code, row.code, action.number],
    )


def _slipped(action: Action, events: Sequence[Event]) -> str:
    """ "Moved twice, 4 months later than first said (October 2019)."; or by how much it was brought forward."""
    if not action.first_target or action.first_target == action.target:
        return ""
    targets = [Month.of(action.first_target)]
    targets += [
        Month.of(event.target_now) for event in events if event.kind == Kind.MOVED and event.target_now
    ]
    later, months = moves_later(targets), months_slipped(targets[0], targets[-1])
    if months < 0:
        return f"Brought forward by {count_words(-months, 'month')} from {targets[0].label}."
    times = {1: "once", 2: "twice"}.get(later, f"{later} times")
    return f"Moved {times}, {count_words(months, 'month')} later than first said ({targets[0].label})."


def _turn(participant: Participant, action: Action, owners: Sequence[Owner]) -> str:
    """Whose turn it is, in a sentence; empty where nobody waits."""
    contract = participant.contract
    party = contract.provider if settling_party(action, owners) == PROVIDER else contract.commissioner
    if action.waits == Waits.CONFIRMATION:
        return f"It waits for {party.short_name} to confirm that it made a difference."
    if action.waits == Waits.END:
        return f"It waits for {party.short_name} to agree that it ends without being done."
    return ""


def _missing(action: Action, steps: Collection[Step], counting: Collection[Evidence]) -> str:
    """Why who reports can't ask for the confirmation of what is done, or who settles can't give it; else empty."""
    if action.waits == Waits.CONFIRMATION and Step.SEND_BACK in steps and Step.CONFIRM not in steps:
        return "You can’t confirm it now: no evidence that others showed holds any more."
    if Step.ASK in steps or not {Step.UPDATE, Step.ADD_EVIDENCE} <= {*steps}:
        return ""
    if counting:
        return (
            "To ask for its confirmation, add evidence: what holds was shown by the party that confirms it."
        )
    if action.evidence.all():
        return "To ask for its confirmation, add evidence: none that is there holds."
    return "To ask for its confirmation, add evidence first."


def _criteria(events: Sequence[Event]) -> Criteria | None:
    """Those agreed last."""
    agreed = [event for event in events if event.kind == Kind.CRITERIA]
    if not agreed:
        return None
    last = agreed[-1]
    return Criteria(last.words, f"Agreed by {last.agreed_by}, kept on {day_words(last.day)}.")


def _shown(evidence: Evidence, counts: bool, *, figures: bool) -> Shown:
    return Shown(
        kind=evidence.get_kind_display(),
        shows=evidence.shows,
        when=day_words(evidence.seen_on),
        again=day_words(evidence.again_on),
        lines=_moved(evidence, figures=figures) or _looked_at(evidence),
        figures_made_up=False,
        link=evidence.link,
        illustrative=evidence.provenance == Provenance.ILLUSTRATIVE,
        counts=counts,
    )


def _moved(evidence: Evidence, *, figures: bool) -> list[str]:
    """Both means of an indicator; for whom its figures aren't, whether it is better."""
    one = evidence.indicator
    if not (
        one and evidence.before_from and evidence.before_to and evidence.after_from and evidence.after_to
    ):
        return []
    name, before, after = f"{one.code} {one.short_name}", evidence.before_mean, evidence.after_mean
    if not figures:
        if None in (before, after):
            return [f"{name}: too few months to say."]
        better = after > before if one.polarity == "higher" else after < before
        return [f"{name}: {'better' if better else 'not better'}."]
    first, second = (
        "too few months" if mean is None else with_unit(mean, one.unit, one.decimals)
        for mean in (before, after)
    )
    return [
        f"{name}: mean {first} from {Month.of(evidence.before_from).label} to"
        f" {Month.of(evidence.before_to).label}, {second} from {Month.of(evidence.after_from).label} to"
        f" {Month.of(evidence.after_to).label}."
    ]


def _looked_at(evidence: Evidence) -> list[str]:
    if not evidence.sample:
        return []
    independent = "" if evidence.independent else ", not independent of the action’s owner"
    return [f"{count_words(evidence.sample, 'case')} looked at by {evidence.looked_by}{independent}."]
