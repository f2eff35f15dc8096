"""What falls due in a round, in words."""

from __future__ import annotations

from datetime import date

import pytest

from core.values.months import Month
from kpis.obligations.words import due_title
from kpis.rules.due import Due, Kind

MARCH = Month(2020, 3)
TODAY = date(2020, 4, 14)


@pytest.mark.parametrize(
    ("due", "title"),
    [
        (Due(TODAY, Kind.FIGURES, MARCH), "The Trust returns the figures of March 2020"),
        (Due(TODAY, Kind.FIGURES, MARCH, ("PI1", "PI2")), "The Trust returns PI1 and PI2 of March 2020"),
        (Due(TODAY, Kind.FIGURES, MARCH, tuple("ABCDEF")), "The Trust returns 6 figures of March 2020"),
        (Due(TODAY, Kind.ANSWER, MARCH, ("PI1",)), "The council answers the figures of March 2020"),
        (Due(TODAY, Kind.EXPECTED, MARCH, ("PI1",)), "The Trust returns PI1 of March 2020, on the day it gave"),
        (Due(TODAY, Kind.FINAL, MARCH, ("PI1",)), "The Trust returns the final PI1 of March 2020, so far provisional"),
    ],
)  # fmt: skip
def test_what_is_due_has_a_title(due, title):
    assert due_title(due) == title
