"""The counts of a plan's month ends beside where its actions stood on each of those days, told day by day."""

from collections import Counter

from improvement.plans.as_at import actions_as_at
from improvement.progress.over_time import counts_of
from improvement.progress.selectors import first_day, story_of
from improvement.rules.outcomes import Outcome


def assert_agrees(plan, participant, today):
    story = story_of(participant, plan)
    counts = counts_of(story, first_day(plan, story.told), today)

    assert len(counts) > 1
    for counted in counts:
        stood = actions_as_at(plan, counted.day, today)
        open_ones = [one for one in stood if one.outcome == Outcome.OPEN]
        assert counted.ended == len(stood) - len(open_ones)
        assert counted.statuses[1] == Counter(one.phase1 for one in open_ones), counted.day
        assert counted.statuses[2] == Counter(one.phase2 for one in open_ones), counted.day
