from dataclasses import replace
from datetime import date

import pytest

from core.values.months import Month
from improvement.rules.dates import months_before
from improvement.rules.exceptions import Bounds, Facts, Why, exceptions_of
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status

DAY = date(2020, 4, 20)
BOUNDS = Bounds(date(2020, 3, 20), date(2019, 10, 20), 3)
# An action about which nothing is to be said.
SOUND = Facts(
    Status.MITIGATED,
    Status.NOT_STARTED,
    Outcome.OPEN,
    Month(2020, 4),
    2,
    None,
    date(2020, 3, 20),
    None,
    1,
    False,
    False,
)
DONE = replace(SOUND, phase1=Status.COMPLETED, done_on=date(2019, 10, 19))


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (SOUND, []),
        (replace(SOUND, target=Month(2020, 3)), [Why.OVERDUE]),
        (replace(SOUND, target=Month(2020, 3), phase1=Status.ON_TRACK), [Why.OVERDUE, Why.ON_TRACK_BUT_PAST]),
        (replace(SOUND, unmitigated=True), [Why.UNMITIGATED]),
        (DONE, [Why.NO_IMPACT]),
        (replace(DONE, done_on=date(2019, 10, 20)), []),
        (replace(DONE, done_on=None), []),
        (replace(DONE, impact_moved_on=date(2019, 10, 20)), []),
        (replace(DONE, impact_moved_on=date(2019, 10, 19)), [Why.NO_IMPACT]),
        (replace(SOUND, moves=3), [Why.MOVED_OFTEN]),
        (replace(SOUND, last_word=date(2020, 3, 19)), [Why.NO_WORD]),
        (replace(SOUND, last_word=None), [Why.NO_WORD]),
        (replace(SOUND, owners=0), [Why.NO_OWNER]),
        (replace(SOUND, target=None), [Why.NO_DATE]),
        (replace(SOUND, target=Month(2019, 1), outcome=Outcome.CLOSED), []),
        (replace(DONE, phase2=Status.COMPLETED, owners=0), []),
    ],
)
def test_an_action_deserves_a_look(facts, reasons):
    assert list(exceptions_of(facts, DAY, BOUNDS)) == reasons


def test_a_plan_that_says_no_cadence_misses_no_word():
    silent = replace(SOUND, last_word=None)

    assert exceptions_of(silent, DAY, replace(BOUNDS, reviewed_since=None)) == ()


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2020, 4, 20), 6, date(2019, 10, 20)),
        (date(2020, 3, 31), 1, date(2020, 2, 29)),
        (date(2020, 1, 15), 1, date(2019, 12, 15)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before
