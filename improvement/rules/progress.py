"""How many actions stood in each status at the end of each of several days, told from their events in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.values.months import Month
from improvement.rules.status import Status

PHASES = (1, 2)


@dataclass(frozen=True)
class Told:
    """What one event says of an action (its key): its status in a phase, or, without a phase, that it ended undone."""

    action: int
    day: date
    phase: int | None
    now: Status | None
    illustrative: bool


@dataclass(frozen=True)
class Counted:
    """The actions at the end of a day, by phase and status; those that ended undone stand in no status.

    ``illustrative``: for how many of them, by phase, what is counted rests on an illustrative event.
    """

    day: date
    statuses: Mapping[int, Mapping[Status, int]]
    ended: int
    illustrative: Mapping[int, int]

    @property
    def actions(self) -> int:
        """All that were there on the day."""
        return sum(self.statuses[1].values()) + self.ended

    def number(self, phase: int, status: Status) -> int:
        return self.statuses[phase].get(status, 0)


def ends_of_months(first: date, last: date) -> list[date]:
    """The last day of each month from the first day's on; the last month is counted up to the last day itself."""
    return [min(month.last_day, last) for month in Month.range(Month.of(first), Month.of(last))]


def counted_over(
    actions: Mapping[int, date | None], told: Iterable[Told], days: Sequence[date]
) -> list[Counted]:
    """One count for each day. The events come in the order in which they were told, the days in theirs.

    ``actions``: each with the day on which it was added, None for those printed; before that day it isn't counted.
    Whatever nothing was told of by then is unknown; nothing is taken for not started.
    """
    standing: dict[tuple[int, int], Told] = {}
    ended: dict[int, Told] = {}
    rest = iter(told)
    ahead = next(rest, None)
    counts = []
    for day in days:
        while ahead is not None and ahead.day <= day:
            if ahead.phase is None:
                ended[ahead.action] = ahead
            else:
                standing[ahead.action, ahead.phase] = ahead
            ahead = next(rest, None)
        there = [action for action, added in actions.items() if added is None or added <= day]
        counts.append(_counted(day, there, standing, ended))
    return counts


def _counted(
    day: date, actions: Collection[int], standing: Mapping[tuple[int, int], Told], ended: Mapping[int, Told]
) -> Counted:
    statuses: dict[int, Counter[Status]] = {}
    illustrative: dict[int, int] = {}
    for phase in PHASES:
        last = {action: ended.get(action) or standing.get((action, phase)) for action in actions}
        open_ones = [one for action, one in last.items() if action not in ended]
        statuses[phase] = Counter(one.now if one and one.now else Status.UNKNOWN for one in open_ones)
        illustrative[phase] = sum(one.illustrative for one in last.values() if one)
    return Counted(day, statuses, len(ended), illustrative)
