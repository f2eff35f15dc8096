"""What the story of the plan rests on: its months and chances, and what shows an impact."""

from __future__ import annotations

from datetime import date

from core.values.months import Month

SEED = 169  # of those tried, one by which each kind of story occurs, the police among the late
PLANS = ("2018", "2019-22", "2021-24", "childcare-2019-20")
LIVED = "2019-22"
FIRST_MOVE = Month(2020, 1)
DAY_OF_REVIEW = 14
BEFORE, AFTER = (Month(2019, 4), Month(2019, 6)), (Month(2019, 12), Month(2020, 2))
SPOKEN_OF = 0.3  # how often a month says a word of an impact that stands as it stood
SILENT = 0.04  # how many actions nobody says a word of after the first month
MOVED = 0.75  # of how many actions the target is moved whenever it isn't met; the others stay past it
AGAIN, AGAIN_SOON = date(2020, 9, 30), date(2020, 5, 12)
# By measure of OR1, with where it starts and is to go: values from October 2019 on. No indicator shows these measures;
# what one gives is never invented beside it.
MEASURED = {
    (3, "64% in September 2019", "90%"): ("65.0", "63.8", "66.9", "68.4", "71.3", "70.9"),
    (4, "58% in September 2019", "85%"): ("59.2", "61.7", "64.5", "66.0", "69.8", "74.1"),
}
# What shows an impact where no indicator does: kind, words, and what else it says.
SHOWN: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "audit",
        "Example: 18 of 20 cases looked at meet the standard.",
        "Example: the standard is met in nearly every case of a sample.",
        {"sample": 20, "looked_by": "Independent reviewing officers", "independent": True},
    ),
    (
        "survey",
        "Example: 41 of 52 who answered notice the change; 30 of 49 did a year before.",
        "Example: more of those who are meant to notice it do.",
        {},
    ),
    (
        "inspection",
        "Example: a visit found the practice in place in every team that was seen.",
        "Example: visitors saw it in practice, team by team.",
        {},
    ),
)
