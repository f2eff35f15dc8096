"""The message of a chart, generated from its months."""

import pytest

from kpis.charts.titles import series_title
from tests.kpis.charts.readings import APRIL, months, reading


def judged(*statuses):
    """Adjacent months from April 2018; None is a month that is not reported."""
    return [
        reading(APRIL.next(place), None if status is None else "60", **({"status": status} if status else {}))
        for place, status in enumerate(statuses)
    ]


ON, OFF = "on_target", "failure"


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        ([ON], "On target in the one month reported in 2018/19"),
        ([OFF], "Not on target in the one month reported in 2018/19"),
        ([ON, None, OFF], "On target in 1 of the 2 months reported in 2018/19"),
        ([ON] * 12, "On target in every one of the 12 months in 2018/19"),
        ([OFF] * 12 + [ON], "On target in the one month reported in 2019/20, against none of 12 in 2018/19"),
        (
            [ON, *[OFF] * 11, *[OFF] * 12],
            "On target in none of the 12 months in 2019/20, against 1 of 12 in 2018/19",
        ),
        # A year without any figure is no year to compare with, and the year before that is too far back.
        ([ON] * 12 + [None] * 12 + [OFF, OFF], "On target in none of the 2 months reported in 2020/21"),
    ],
)
def test_the_title_counts_the_months_on_target_by_contract_year(statuses, title):
    assert series_title(judged(*statuses)) == title


def test_without_bands_the_title_says_the_range():
    assert series_title(months("17.62", "22.37", None, "19", limits=None, unit="mean", decimals=2)) == (
        "Between 17.62 (April 2018) and 22.37 (May 2018), and 19.00 in July 2018"
    )
    assert series_title(months("19", limits=None)) == "19.0% in April 2018, the only month with a figure"
    assert series_title(months(None, limits=None)) == "No figure yet"
