"""What the story of the plan rests on: its months and chances, and the words of those who write."""

from __future__ import annotations

from datetime import date

from core.values.months import Month
from improvement.rules.status import Status

SEED = 20190923
PLANS = ("2018", "2019-22", "2021-24", "childcare-2019-20")
LIVED = "2019-22"
FIRST, FIRST_MOVE = Month(2019, 10), Month(2020, 1)
DAY_OF_REVIEW = 14
BEFORE, AFTER = (Month(2019, 4), Month(2019, 6)), (Month(2019, 12), Month(2020, 2))
# Out of a hundred actions so many are done this many months after their target; the others are still open.
LATE = ((50, 0), (16, 1), (10, 2), (7, 3), (5, 5))
SPOKEN_OF = 0.4  # how often a month says a word of a done action's impact
AGAIN, AGAIN_SOON = date(2020, 9, 30), date(2020, 5, 12)
# By measure of OR1, with where it starts and is to go: values from October 2019 on.
MEASURED = {
    (2, "71% in September 2019", "95%"): ("72.4", "74.0", "73.1", "78.6", "81.2", "83.5"),
    (3, "64% in September 2019", "90%"): ("65.0", "63.8", "66.9", "68.4", "71.3", "70.9"),
    (4, "58% in September 2019", "85%"): ("59.2", "61.7", "64.5", "66.0", "69.8", "74.1"),
}
# What shows an impact where no indicator does: kind, words, and what else it says.
SHOWN: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "audit",
        "Example: 18 of 20 cases looked at meet the standard.",
        "Example: records are better now; a sample agrees.",
        {"sample": 20, "looked_by": "Independent reviewing officers", "independent": True},
    ),
    (
        "survey",
        "Example: 41 of 52 members of staff feel well supervised, 30 of 49 a year before.",
        "Example: staff say that they are better supported than a year ago.",
        {},
    ),
    (
        "inspection",
        "Example: a visit found the practice in place in every team that was seen.",
        "Example: visitors saw it in practice, team by team.",
        {},
    ),
)
WORDS = {
    Status.ON_TRACK: ("work goes on as planned", "the first steps are taken", "on course for its month"),
    Status.COMPLETED: (
        "done, and reported to the workstream",
        "in place since this month",
        "finished and signed off",
    ),
    Status.MITIGATED: (
        "later than planned, with cover arranged",
        "slower than planned, a way round is found",
    ),
    Status.DELAYED: ("held up, no way round yet", "waits for a decision outside the workstream"),
    Status.NOT_STARTED: ("to begin when the step before it is done",),
}
RISKS = (
    "staff leave before it is done",
    "the system isn’t ready",
    "partners’ time is short",
    "a post is vacant",
)
MITIGATIONS = ("cover from another team", "work on paper until then", "an interim post until the summer")
