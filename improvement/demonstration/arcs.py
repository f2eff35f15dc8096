"""What becomes of an action in the demonstration, month by month after the first review; drawn, and never leaping.

An action is begun, meets at most one time of trouble, and is done or isn't. Its impact is looked for from about then
on, is doubted at most once, and is never un-begun. Where the first review says something, its story starts from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.values.months import Month
from improvement.rules.status import NOT_ON_TRACK, Status

REVIEWED, FIRST, END = Month(2019, 9), Month(2019, 10), Month(2020, 12)
# Out of a hundred actions so many are done this many months after their target; the others are still open.
LATE = ((46, 0), (15, 1), (10, 2), (8, 3), (6, 5))
AHEAD = 5  # what is due only after so many months isn't begun yet
SAID_TO_GO_ON = (Status.ON_TRACK, *NOT_ON_TRACK)


@dataclass(frozen=True)
class Printed:
    """What the first review says of an action, and of the row that it stands in; mostly nothing of the action."""

    phase1: Status
    phase2: Status
    row1: Status
    row2: Status


@dataclass(frozen=True)
class Span:
    """Months from the first to the last, both with it."""

    first: Month
    last: Month

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __len__(self) -> int:
        return self.last.ordinal - self.first.ordinal + 1


@dataclass(frozen=True)
class Arc:
    """The way of one action. ``stuck`` is the part of its trouble without a mitigation; ``shown`` begins its impact."""

    begun: Month
    done: Month | None
    trouble: Span | None
    stuck: Span | None
    shown: Month | None
    doubt: Span | None

    def phase1(self, month: Month) -> Status:
        if self.done is not None and month >= self.done:
            return Status.COMPLETED
        if self.stuck and month in self.stuck:
            return Status.DELAYED
        if self.trouble and month in self.trouble:
            return Status.MITIGATED
        return Status.NOT_STARTED if month < self.begun else Status.ON_TRACK

    def phase2(self, month: Month) -> Status:
        if self.shown is None or month < self.shown:
            return Status.NOT_STARTED
        return Status.MITIGATED if self.doubt and month in self.doubt else Status.ON_TRACK


def drawn_arc(printed: Printed, target: Month | None, drawn: Random) -> Arc:
    due = target or FIRST.next(drawn.randrange(10))
    done = _done(printed, due, drawn)
    trouble = _trouble(printed, due, done, drawn)
    begun = _begun(printed, due, drawn)
    if trouble is not None:
        begun = min(begun, trouble.first)
    shown = _shown(printed, done, drawn)
    return Arc(begun, done, trouble, _stuck(trouble, drawn), shown, _doubt(printed, shown, drawn))


def _done(printed: Printed, due: Month, drawn: Random) -> Month | None:
    roll = drawn.randrange(100)
    if printed.phase1 == Status.COMPLETED:
        return REVIEWED
    if printed.row1 == Status.COMPLETED:
        return FIRST
    for share, late in LATE:
        if roll < share:
            return max(due.next(late), FIRST)
        roll -= share
    return None


def _begun(printed: Printed, due: Month, drawn: Random) -> Month:
    if printed.phase1 == Status.NOT_STARTED:
        return FIRST.next(drawn.choice((1, 2)))
    if printed.phase1 != Status.UNKNOWN or due < FIRST.next(AHEAD) or drawn.random() < 0.5:
        return REVIEWED
    return FIRST.next(drawn.choice((1, 2, 3)))


def _trouble(printed: Printed, due: Month, done: Month | None, drawn: Random) -> Span | None:
    """From when it was due, or shortly before, until it is done; or a short one on the way."""
    longest = done.previous() if done else END
    if longest < FIRST:
        return None
    told = printed.phase1 in NOT_ON_TRACK
    if longest >= due:
        first = FIRST if told else max(due.previous() if drawn.random() < 0.4 else due, FIRST)
        caught_up = done is not None and longest > first.next() and drawn.random() < 0.5
        return Span(first, longest.previous() if caught_up else longest)
    if told or (printed.row1 == Status.MITIGATED and drawn.random() < 0.5):
        return Span(FIRST, min(FIRST.next(drawn.randrange(3)), longest))
    if drawn.random() < 0.1:
        first = FIRST.next(drawn.randrange(1, 6))
        return Span(first, min(first.next(drawn.randrange(2)), longest)) if first <= longest else None
    return None


def _stuck(trouble: Span | None, drawn: Random) -> Span | None:
    if trouble is None or len(trouble) < 2 or drawn.random() > 0.3:
        return None
    first = trouble.first.next(drawn.randrange(1, min(len(trouble), 7)))
    return Span(first, min(first.next(drawn.randrange(2)), trouble.last))


def _shown(printed: Printed, done: Month | None, drawn: Random) -> Month | None:
    """A month before it is done at the soonest, unless the first review speaks of an impact already."""
    if printed.phase2 in SAID_TO_GO_ON:
        return REVIEWED
    later = drawn.choice((-1, 0, 0, 0, 1, 1, 2))
    return None if done is None else max(done.next(later), FIRST)


def _doubt(printed: Printed, shown: Month | None, drawn: Random) -> Span | None:
    months = drawn.choice((1, 2, 3, 3, 12))
    if shown is None:
        return None
    if printed.phase2 in NOT_ON_TRACK:
        return Span(FIRST, FIRST.next(months))
    if printed.row2 == Status.MITIGATED and drawn.random() < 0.5:
        return Span(shown, shown.next(months))
    if drawn.random() < 0.15:
        first = max(shown, FIRST).next(drawn.choice((1, 2, 3)))
        return Span(first, first.next(months - 1))
    return None
