from datetime import date

import pytest

from core.values.months import Month
from improvement.rules.dates import months_slipped, moves_later, past_target


@pytest.mark.parametrize(
    ("target", "day", "past"),
    [
        (Month(2019, 8), date(2019, 8, 31), False),
        (Month(2019, 8), date(2019, 9, 1), True),
        (Month(2019, 9), date(2019, 9, 23), False),
        (None, date(2019, 9, 23), False),
    ],
)
def test_past_target_at_the_start_of_a_day(target, day, past):
    assert past_target(target, day) is past


def test_slips_are_counted_in_months_and_moves():
    targets = [Month(2019, 10), Month(2020, 1), Month(2019, 12), Month(2020, 3)]

    assert months_slipped(targets[0], targets[-1]) == 5
    assert moves_later(targets) == 2
    assert months_slipped(None, Month(2020, 1)) == 0
