"""The personas who write, and what becomes of each action, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from core.values.months import Month
from improvement.actions.turns import Turn
from improvement.actions.updating import Move, Report, update_action
from improvement.demonstration.script import (
    FIRST,
    FIRST_MOVE,
    LATE,
    MITIGATIONS,
    RISKS,
    SPOKEN_OF,
    WORDS,
)
from improvement.models import Action, Owner
from improvement.models.event import Provenance
from improvement.rules.status import Status
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
    """What becomes of one action: when it is done (None: not by then), and where it stands on the way."""

    action: Action
    owners: list[Owner]
    done: Month | None
    quiet: bool  # nobody says a word of it any more

    @classmethod
    def drawn(cls, action: Action, drawn: Random) -> Story:
        owners = [ownership.owner for ownership in action.ownerships.all()]
        target = action.target_month or FIRST.next(drawn.randrange(10))
        roll, done = drawn.randrange(100), None
        for share, late in LATE:
            if roll < share:
                done = max(target.next(late), FIRST)
                break
            roll -= share
        return cls(action, owners, done, quiet=drawn.random() < 0.04)

    def turn(self, by: Participant, day: date) -> Turn:
        """Somebody's turn with the action as it stands."""
        return Turn(by, self.action, self.action.version, day, Provenance.ILLUSTRATIVE)

    def live(self, cast: Cast, month: Month, day: date, drawn: Random) -> None:
        """One month's word, where there is one to say."""
        before, self_done = Status(self.action.phase1), self.done is not None and month >= self.done
        if self.action.outcome != "open" or self.action.waits or self.action.phase2 == Status.COMPLETED:
            return
        if self.quiet and month > FIRST:
            return
        if before == Status.COMPLETED:
            self._say_of_impact(cast, day, drawn)
            return
        status = Status.COMPLETED if self_done else self._on_the_way(month, drawn)
        reports = [self._report(1, status, drawn), self._report(2, self._impact(status, drawn), drawn)]
        moves = month >= FIRST_MOVE and not self_done and self._past(month) and drawn.random() < 0.7
        move = (
            Move(
                month.next(drawn.choice((1, 1, 2))),
                f"Example: {drawn.choice(RISKS)}",
                "Example: workstream lead and client officer",
            )
            if moves
            else None
        )
        turn = self.turn(cast.writer(self.owners), day)
        self.action = update_action(turn, reports=reports, move=move)

    def _say_of_impact(self, cast: Cast, day: date, drawn: Random) -> None:
        """Done actions are spoken of now and then."""
        if drawn.random() < SPOKEN_OF:
            turn = self.turn(cast.writer(self.owners), day)
            report = self._report(2, self._impact(Status.COMPLETED, drawn), drawn)
            self.action = update_action(turn, reports=[report])

    def _past(self, month: Month) -> bool:
        target = self.action.target_month
        return target is not None and target < month

    def _on_the_way(self, month: Month, drawn: Random) -> Status:
        if self._past(month):
            return Status.MITIGATED if drawn.random() < 0.7 else Status.DELAYED
        return drawn.choices((Status.ON_TRACK, Status.MITIGATED, Status.NOT_STARTED), (80, 14, 6))[0]

    @staticmethod
    def _impact(done: Status, drawn: Random) -> Status:
        if done == Status.COMPLETED:
            return drawn.choices((Status.ON_TRACK, Status.MITIGATED), (75, 25))[0]
        return drawn.choices((Status.NOT_STARTED, Status.ON_TRACK, Status.MITIGATED), (45, 40, 15))[0]

    def _report(self, phase: int, status: Status, drawn: Random) -> Report:
        words = f"Example: {drawn.choice(WORDS[status])}."
        if status not in (Status.MITIGATED, Status.DELAYED):
            return Report(phase, status, words)
        owner = self.owners[0].role if self.owners else "Workstream lead"
        mitigation = f"Example: {drawn.choice(MITIGATIONS)}." if status == Status.MITIGATED else ""
        return Report(phase, status, words, f"Example: {drawn.choice(RISKS)}.", mitigation, owner)
