"""Panels on one axis of time: by hand."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from budgets.demand.drawing import Level, Panel, Point, Size, Strand, TimeChart, drawing
from core.values.months import Month

SIZE = Size(width=466, panel=100, left=50, right=50)  # 366 wide, a unit for each day but one
START, LAST = Month(2018, 3), Month(2019, 3)


def point(day, value, shown="", **kind):
    return Point(day, Fraction(value), shown, **kind)


def chart(*panels):
    return drawing(TimeChart(START, LAST, panels), SIZE)


def test_both_panels_share_their_days_and_each_begins_at_nil():
    year = [point(date(2018, 3, 31), 40, "40"), point(date(2019, 3, 31), 80, "80")]
    money, children = chart(Panel("Cost", [Strand(year)]), Panel("Children", [Strand(year)])).panels

    assert [mark.x for mark in money.marks] == [mark.x for mark in children.marks] == ["50", "416"]
    # The scale runs from 0 to 100, and the second panel begins below the first one and its heading.
    assert [line.lines[0] for line in money.grid] == ["0", "40", "80"]
    assert [float(mark.y) for mark in money.marks] == [88, 48]
    assert [float(mark.y) for mark in children.marks] == [88 + 143, 48 + 143]


def test_numbers_at_the_edges_stay_within():
    days = (date(2018, 3, 31), date(2018, 9, 30), date(2019, 3, 31))
    [panel] = chart(Panel("", [Strand([point(day, 1, "one") for day in days])])).panels

    assert [label.kind for label in panel.labels] == ["start", "middle", "end"]


@pytest.mark.parametrize(("last", "side"), [(90, 1), (60, 1), (30, -1)])
def test_a_level_is_named_on_the_side_where_the_last_point_is_not(last, side):
    [panel] = chart(Panel("", [Strand([point(LAST.last_day, last)])], Level(Fraction(60), "Budget"))).panels

    level = float(panel.level.split()[1].partition("H")[0])
    assert (float(panel.level_label.y) - level) * side > 0


def test_what_is_not_known_between_is_not_drawn():
    ends = [point(date(2018, 4, 1), 778), point(date(2019, 3, 31), 901)]
    [apart, joined] = chart(Panel("", [Strand(ends, joined=False)]), Panel("", [Strand(ends)])).panels

    assert len(apart.marks) == 2 and not apart.lines
    assert len(joined.lines) == 1


def test_names_at_the_end_stand_apart():
    strands = [
        Strand([point(date(2019, 3, 31), value)], name=f"{value} of a kind") for value in (52, 48, 6, 0)
    ]
    [panel] = chart(Panel("", strands)).panels

    tops = sorted(float(end.y) for end in panel.ends)
    assert all(below - above >= 15 for above, below in pairwise(tops))


def test_nothing_to_draw_still_has_an_axis():
    [panel] = chart(Panel("Cost", [Strand([])])).panels

    assert not panel.marks and panel.grid[0].lines == ("0",)
