"""The personas who write, and what becomes of each action, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from core.values.months import Month
from improvement.actions.turns import Turn
from improvement.actions.updating import Move, Report, update_action
from improvement.demonstration.arcs import FIRST, Arc, Printed, drawn_arc
from improvement.demonstration.script import FIRST_MOVE, MOVED, SILENT, SPOKEN_OF
from improvement.demonstration.words import MITIGATION_OF_IMPACT, MITIGATIONS, RISK_TO_IMPACT, RISKS, words
from improvement.models import Action, Owner, Plan, Statement
from improvement.models.event import Provenance
from improvement.rules.status import NOT_ON_TRACK, Status
from parties.models import User
from parties.participants import Participant, participant_for


@dataclass(frozen=True)
class Cast:
    """The personas who write: each for the side that they stand on."""

    trust: Participant
    council: Participant
    police: Participant

    @classmethod
    def of(cls, code: str) -> Cast:
        names = ("trust-manager", "client-officer", "action-owner")
        return cls(*(participant_for(User.objects.get(username=name), code) for name in names))

    def writer(self, owners: Sequence[Owner]) -> Participant:
        """Who of them answers for an action of these owners."""
        for owner in owners:
            for person in (self.trust, self.police, self.council):
                if owner.organisation_id in person.organisations:
                    return person
        return self.trust


@dataclass
class Story:
    """What becomes of one action, and where it stands on the way."""

    action: Action
    owners: list[Owner]
    arc: Arc
    quiet: bool  # nobody says a word of it any more
    moves: bool
    risk: str
    mitigation: str
    looked_for: Month | None = None  # the first month in which an impact of its row is looked for
    shown_by: str = ""

    @classmethod
    def drawn(cls, action: Action, printed: Printed, drawn: Random) -> Story:
        owners = [ownership.owner for ownership in action.ownerships.all()]
        arc = drawn_arc(printed, action.target_month, drawn)
        quiet, moves = drawn.random() < SILENT, drawn.random() < MOVED
        return cls(action, owners, arc, quiet, moves, drawn.choice(RISKS), drawn.choice(MITIGATIONS))

    def turn(self, by: Participant, day: date) -> Turn:
        """Somebody's turn with the action as it stands."""
        return Turn(by, self.action, self.action.version, day, Provenance.ILLUSTRATIVE)

    def live(self, cast: Cast, month: Month, day: date, drawn: Random) -> None:
        """One month's word, where there is one to say."""
        if self.action.outcome != "open" or self.action.waits or self.action.phase2 == Status.COMPLETED:
            return
        if self.quiet and month > FIRST:
            return
        reports = [*self._of_the_action(month, drawn), *self._of_its_impact(month, drawn)]
        move = self._move(month, drawn)
        if reports or move:
            turn = self.turn(cast.writer(self.owners), day)
            self.action = update_action(turn, reports=reports, move=move)

    def _of_the_action(self, month: Month, drawn: Random) -> Iterator[Report]:
        if self.action.phase1 != Status.COMPLETED:
            yield self._report(1, self.arc.phase1(month), drawn)

    def _of_its_impact(self, month: Month, drawn: Random) -> Iterator[Report]:
        """Once an impact of the row is looked for: where that is news, and now and then else."""
        if self.looked_for is None or month < self.looked_for:
            return
        now = self.arc.phase2(month)
        if now != self.action.phase2 or (now != Status.NOT_STARTED and drawn.random() < SPOKEN_OF):
            yield self._report(2, now, drawn)

    def _report(self, phase: int, now: Status, drawn: Random) -> Report:
        said = words(phase, Status(self.action.phase1 if phase == 1 else self.action.phase2), now, drawn)
        if now not in NOT_ON_TRACK:
            return Report(phase, now, said)
        risk, mitigation = (
            (self.risk, self.mitigation) if phase == 1 else (RISK_TO_IMPACT, MITIGATION_OF_IMPACT)
        )
        owner = self.owners[0].role if self.owners else "Workstream lead"
        mitigated = f"Example: {mitigation}." if now == Status.MITIGATED else ""
        return Report(phase, now, said, f"Example: {risk}.", mitigated, owner)

    def _move(self, month: Month, drawn: Random) -> Move | None:
        """What isn't done in its month is given another one, from the first month on in which that may be."""
        target, done = self.action.target_month, self.arc.done
        if not self.moves or month < FIRST_MOVE or target is None or target > month:
            return None
        if done is not None and done <= month:
            return None
        soon = month.next(drawn.choice((1, 1, 2)))
        return Move(done or soon, f"Example: {self.risk}.", "Workstream lead and client officer (example)")


def begun(plan: Plan, actions: Sequence[Action], drawn: Random) -> list[Story]:
    """One of each action, begun where the first review leaves it and its row."""
    rows = {
        (row, phase): Status(status)
        for row, phase, status in Statement.objects.filter(reference__plan=plan).values_list(
            "reference__recommendation", "phase", "status"
        )
    }
    stories = []
    for action in actions:
        of_row = [rows.get((action.recommendation_id, phase), Status.UNKNOWN) for phase in (1, 2)]
        printed = Printed(Status(action.phase1), Status(action.phase2), *of_row)
        stories.append(Story.drawn(action, printed, drawn))
    soonest: dict[int, Month] = {}
    for story in stories:
        if story.arc.shown is not None:
            row = story.action.recommendation_id
            soonest[row] = min(soonest.get(row, story.arc.shown), story.arc.shown)
    for story in stories:
        story.looked_for = soonest.get(story.action.recommendation_id)
    return stories
