"""The way of an action in the demonstration: whatever is drawn, no status leaps."""

from __future__ import annotations

from itertools import groupby, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.values.months import Month
from improvement.demonstration.arcs import END, FIRST, REVIEWED, Printed, drawn_arc
from improvement.rules.status import NOT_ON_TRACK, SAID, Status

STATUSES = st.sampled_from([*SAID, Status.UNKNOWN])
# The first review completes no impact.
IMPACTS = st.sampled_from([status for status in (*SAID, Status.UNKNOWN) if status != Status.COMPLETED])
TARGETS = st.none() | st.integers(-5, 14).map(FIRST.next)
MONTHS = Month.range(FIRST, END)


@given(st.builds(Printed, STATUSES, IMPACTS, STATUSES, IMPACTS), TARGETS, st.integers())
def test_each_way_goes_out_at_most_once_and_never_back_to_its_start(printed, target, seed):
    arc = drawn_arc(printed, target, Random(seed))

    for way in ([arc.phase1(month) for month in MONTHS], [arc.phase2(month) for month in MONTHS]):
        assert Status.NOT_STARTED not in [now for was, now in pairwise(way) if was != Status.NOT_STARTED]
        assert {now for was, now in pairwise(way) if was == Status.COMPLETED} <= {Status.COMPLETED}
        troubled = [off for off, _ in groupby(status in NOT_ON_TRACK for status in way)]
        assert troubled.count(True) <= 1


@given(st.builds(Printed, STATUSES, IMPACTS, STATUSES, IMPACTS), TARGETS, st.integers())
def test_an_impact_is_looked_for_from_about_when_the_action_is_done(printed, target, seed):
    arc = drawn_arc(printed, target, Random(seed))

    if arc.shown == REVIEWED:
        assert printed.phase2 not in (Status.UNKNOWN, Status.NOT_STARTED)
    elif arc.shown is not None:
        assert arc.done is not None and arc.done.previous() <= arc.shown <= max(arc.done.next(2), FIRST)


@given(st.builds(Printed, STATUSES, IMPACTS, STATUSES, IMPACTS), TARGETS, st.integers())
def test_what_the_first_review_completed_stays_so(printed, target, seed):
    arc = drawn_arc(printed, target, Random(seed))

    if Status.COMPLETED in (printed.phase1, printed.row1) and printed.phase1 in (
        Status.COMPLETED,
        Status.UNKNOWN,
    ):
        assert arc.phase1(FIRST) == Status.COMPLETED
