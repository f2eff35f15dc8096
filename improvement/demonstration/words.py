"""What is said of an action in the demonstration: by phase, and by where it stood and stands now."""

from __future__ import annotations

from random import Random

from improvement.rules.status import Status

C, T, M, D, N = Status.COMPLETED, Status.ON_TRACK, Status.MITIGATED, Status.DELAYED, Status.NOT_STARTED
UNKNOWN = Status.UNKNOWN

RISKS = (
    "staff leave before it is done",
    "the system isn’t ready",
    "partners’ time is short",
    "a post is vacant",
)
MITIGATIONS = ("cover from another team", "work on paper until then", "an interim post until the summer")
RISK_TO_IMPACT = "practice changes more slowly than planned"
MITIGATION_OF_IMPACT = "managers look at a sample each month"

# What is said where an action stands now.
STANDS: dict[tuple[int, Status], tuple[str, ...]] = {
    (1, N): ("to begin when the step before it is done",),
    (1, T): ("work goes on as planned", "the next steps are taken", "on course"),
    (1, M): ("later than planned, with cover arranged", "slower than planned, a way round is found"),
    (1, D): ("held up, no way round yet", "waits for a decision outside the workstream"),
    (1, C): ("done, and reported to the workstream", "in place since this month", "finished and signed off"),
    (2, N): ("to be looked for once the action is done",),
    (2, T): ("the first signs are good", "teams say that it helps", "supervision shows it in use"),
    (2, M): ("too little of it is seen in practice yet", "some teams use it, others don’t yet"),
}
# And where the way it came tells more than that.
CAME: dict[tuple[int, Status, Status], tuple[str, ...]] = {
    (1, UNKNOWN, C): ("in place, and reported to the workstream", "done, as the workstream reports"),
    (1, N, T): ("begun this month",),
    (1, M, T): ("caught up, and on course again",),
    (1, D, T): ("no longer held up, and on course again",),
    (1, D, M): ("a way round is found, later than planned",),
    (1, M, D): ("the way round didn’t hold, and there is no other yet",),
    (1, M, M): ("still behind, and the cover holds", "still behind, and no worse than last month"),
    (1, D, D): ("still held up", "the decision is still awaited"),
    (1, M, C): ("done, later than planned",),
    (1, D, C): ("done, after it had been held up",),
    (2, T, T): ("the signs are as good as before", "teams still say that it helps", "more teams use it"),
    (2, M, M): ("still too little of it is seen in practice",),
    (2, M, T): ("more of it is seen in practice now", "teams that didn’t use it do so now"),
    (2, T, M): ("the latest sample shows less of it than before",),
}


def words(phase: int, was: Status, now: Status, drawn: Random) -> str:
    """ "Example: caught up, and on course again." """
    return f"Example: {drawn.choice(CAME.get((phase, was, now)) or STANDS[phase, now])}."
