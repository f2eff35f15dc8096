"""How the actions of a priority stand: counts, a sentence with the exception first, and a bar for each phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from improvement.overview.grid import PHASES
from improvement.overview.presenter import ASKS, IN_ORDER
from improvement.plans.as_at import ActionAt
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status


@dataclass(frozen=True)
class Segment:
    status: Status
    number: int
    start: int  # how many actions stand before it in the bar


@dataclass(frozen=True)
class Bar:
    """The actions of one phase that have not ended undone, by status, best first."""

    phase: int
    asks: str
    segments: Sequence[Segment]
    total: int


@dataclass(frozen=True)
class Standing:
    """Counts of actions. ``open`` are neither done nor ended; ``overdue`` and ``undated`` are some of these."""

    actions: int
    done: int
    confirmed: int
    open: int
    overdue: int
    undated: int
    ended: int
    known: int
    bars: Sequence[Bar]  # none where nothing is known of any action

    @property
    def sentence(self) -> str:
        """The exception first: what is overdue or can't be told, then what is done and what came of it."""
        if not self.actions:
            return "It has no action yet."
        if not self.known:
            of = f"its {self.actions} actions stand" if self.actions > 1 else "its one action stands"
            return (
                f"Where {of} isn’t known{', and no date is given' if self.undated == self.actions else ''}."
            )
        parts = (self._open_words(), self._done_words(), self._ended_words())
        return " ".join(said for said in parts if said)

    def _open_words(self) -> str:
        of = f"its {self.actions} actions" if self.actions > 1 else "its one action"
        if self.overdue:
            return f"{self.overdue} of {of} {_are(self.overdue)} overdue."
        if not self.open:
            return f"None of {of} is open."
        if self.undated == self.open:
            return f"{self.open} of {of} {_are(self.open)} open, without a date."
        return f"None of {of} is overdue."

    def _done_words(self) -> str:
        if not self.done:
            return "None is known to be done."
        confirmed = self.confirmed or "none"
        return f"{self.done} {_are(self.done)} done, {confirmed} with a confirmed impact."

    def _ended_words(self) -> str:
        return f"{self.ended} ended without being done." if self.ended else ""


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def standing_of(actions: Sequence[ActionAt], today: date) -> Standing:
    going = [action for action in actions if action.outcome == Outcome.OPEN]
    known = sum(action.phase1 != Status.UNKNOWN or action.phase2 != Status.UNKNOWN for action in actions)
    still_open = [action for action in going if not action.finished]
    return Standing(
        actions=len(actions),
        done=len(going) - len(still_open),
        confirmed=sum(action.phase2 == Status.COMPLETED for action in going),
        open=len(still_open),
        overdue=sum(past_target(action.target, today) for action in still_open),
        undated=sum(action.target is None for action in still_open),
        ended=len(actions) - len(going),
        known=known,
        bars=[_bar(phase, going) for phase in PHASES] if known and going else [],
    )


def _bar(phase: int, actions: Sequence[ActionAt]) -> Bar:
    counts = Counter(action.phase1 if phase == 1 else action.phase2 for action in actions)
    segments: list[Segment] = []
    start = 0
    for status in IN_ORDER:
        if counts[status]:
            segments.append(Segment(status, counts[status], start))
            start += counts[status]
    return Bar(phase, ASKS[phase], segments, start)
