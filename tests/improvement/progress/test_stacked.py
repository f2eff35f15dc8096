"""The geometry of stacked columns."""

from fractions import Fraction
from itertools import pairwise

from core.charts.frame import NARROW, WIDE
from improvement.progress.parts import PARTS, Part
from improvement.progress.stacked import Chart, Column, drawing

TWO = (Part("finished", "F", "Finished"), Part("open", "O", "Open"))


def column(*numbers, name="Sep", below="2019"):
    return Column(name, below, numbers)


def test_parts_stand_on_one_another_without_a_gap_and_as_high_as_their_counts():
    drawn = drawing(Chart(TWO, [column(3, 1), column(0, 4)]), WIDE)

    lower, upper, alone = drawn.bars
    assert Fraction(lower.y) + Fraction(lower.height) == WIDE.floor
    assert Fraction(upper.y) + Fraction(upper.height) == Fraction(lower.y)
    assert Fraction(lower.height) == 3 * Fraction(upper.height)
    assert Fraction(alone.height) == 4 * Fraction(upper.height)
    assert [letter.lines[0] for letter in drawn.letters] == ["F 3", "O 1", "O 4"]
    assert [tick.lines[0] for tick in drawn.grid] == ["0", "1", "2", "3", "4"]


def test_nothing_is_counted_between_whole_numbers():
    assert [tick.lines[0] for tick in drawing(Chart(TWO, [column(1, 0)]), WIDE).grid] == ["0", "1"]


def test_names_of_parts_and_months_are_left_out_where_they_have_no_room():
    years = [column(1, 1, name=f"m{month}", below=str(month // 12)) for month in range(60)]

    wide, narrow = (drawing(Chart(TWO, years), frame) for frame in (WIDE, NARROW))

    assert len(wide.names) == 20
    assert len(narrow.names) == 7
    assert wide.names[-1].label.lines == narrow.names[-1].label.lines == ("m59",)
    assert [label.lines[0] for label in wide.below] == ["0", "1", "2", "3", "4"]
    assert [end.lines[0] for end in wide.ends] == ["O 1 Open", "F 1 Finished"]
    assert [end.lines[0] for end in narrow.ends] == ["O 1", "F 1"]


def test_a_year_gives_way_to_the_next_where_they_would_overlap():
    months = [column(1, 1, below="2019"), *(column(1, 1, below="2020") for _ in range(23))]

    wide, narrow = (drawing(Chart(TWO, months), frame).below for frame in (WIDE, NARROW))

    assert [label.lines[0] for label in wide] == ["2020"]
    assert [label.lines[0] for label in narrow] == ["2020"]
    assert len(drawing(Chart(TWO, months[:8]), WIDE).below) == 2


def test_letters_at_the_end_never_overlap():
    drawn = drawing(Chart(PARTS, [column(140, 1, 1, 1, 1, 1, 1)]), WIDE)

    heights = [Fraction(end.y) for end in drawn.ends]
    assert len(heights) == 7
    assert all(later - before >= WIDE.line_height for before, later in pairwise(heights))


def test_a_long_name_beside_the_last_column_takes_a_second_line():
    long = Chart([Part("m", "M", "Not on track with mitigations")], [column(12)])

    (end,) = drawing(long, WIDE).ends
    assert end.lines == ("M 12 Not on track with", "mitigations")
