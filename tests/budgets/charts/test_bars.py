"""Bars and lines: what is known has its exact place, and what isn't known has none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.bars import OVER, TOTAL, UNDER, BarRow, BarsChart, bars_picture
from budgets.charts.lines import LinesChart, MoneyLine, lines_picture
from budgets.charts.tiny import tiny_path
from budgets.charts.variances import Against, variance_bars
from budgets.charts.waterfall import Ends, Mover, waterfall
from budgets.rules.tree import Side
from budgets.rules.variance import LIMITS, Base, Of, Variance
from core.values.months import ContractYear, Month

YEAR = ContractYear(2018)
LOOK = ("failure", "R", "Far over")


def against(name, pence, side=Side.EXPENDITURE, budget=100_000_000):
    of = Of.INCOME if side is Side.INCOME else Of.GROSS
    return Against(name, None if pence is None else Variance(pence, Base(of, budget), side), LOOK)


def bars_of(picture, width="wide"):
    return [row.bar for row in dict(picture.drawings)[width].rows]


def test_a_bar_reaches_from_its_start_to_its_end():
    rows = [BarRow("Budget", 0, 100_000_000, TOTAL, ""), BarRow("More", 100_000_000, 150_000_000, OVER, "")]

    whole, more = bars_of(bars_picture(BarsChart("", "", rows)))

    # The plot is 590 wide, from 310 on; its axis goes to £1.6m in steps of £0.4m or finer.
    assert float(whole.x) == 310
    assert float(more.x) == pytest.approx(float(whole.x) + float(whole.width), abs=0.11)
    assert float(more.width) * 2 == pytest.approx(float(whole.width), abs=0.21)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_what_is_not_known_has_no_bar_and_no_link(width):
    rows = [
        BarRow("Over", 0, 690, TOTAL, ""), BarRow("Reserve", None, None, UNDER, "Not printed"),
        BarRow("Left", 0, 158, TOTAL, ""),
    ]  # fmt: skip

    picture = bars_picture(BarsChart("", "", rows, linked=True))

    assert [bar is None for bar in bars_of(picture, width)] == [False, True, False]
    assert dict(picture.drawings)[width].links == []


def test_an_axis_is_cut_only_where_little_happens_far_from_nil():
    little = waterfall(Ends("Budget", "Outturn", 3_235_000_000), [Mover("A", 100_000_000), Mover("B", -4)])
    much = waterfall(Ends("Budget", "Outturn", 2_399_259_900), [Mover("A", 772_257_800)])

    assert little.begins == "£31m"
    assert [len(drawing.breaks) for _, drawing in little.drawings] == [2, 2]
    assert much.begins == ""


def test_variances_stand_by_what_they_cost_and_look_by_their_status():
    lines = [
        against("Income short", -60_000_000, Side.INCOME), against("Little over", 1_000), against("Under", -9_000_000),
        against("Over", 20_000_000), against("No budget", None),
    ]  # fmt: skip

    picture = variance_bars(lines, "spent in 2018/19", LIMITS)

    drawing = dict(picture.drawings)["wide"]
    assert [row.name.lines[0] for row in drawing.rows] == [
        "Income short", "Over", "Little over", "Under", "No budget",
    ]  # fmt: skip
    assert [row.bar and row.bar.kind for row in drawing.rows] == ["far-over", "over", "within", "under", None]
    assert [row.words.lines[0] for row in drawing.rows][:2] == ["£600,000 short", "£200,000 over"]
    assert picture.chart.title == (
        "3 lines over by £800,010, 1 under by £90,000, 1 without a variance: spent in 2018/19"
    )


def test_a_long_book_has_its_largest_variances_drawn():
    lines = [against(f"Line {n}", n * 1_000) for n in range(1, 5_001)]

    picture = variance_bars(lines, "spent in 2018/19", LIMITS)

    assert len(picture.chart.rows) == 24
    assert picture.chart.rows[0].name == "Line 5000"
    assert "The 24 largest of 5,000 lines" in picture.chart.description


def test_no_variance_no_picture():
    assert variance_bars([against("Nothing", None)], "spent in 2018/19", LIMITS) is None
    assert waterfall(Ends("Budget", "Outturn", 5), [Mover("Same", 0)]) is None


@given(
    budget=st.integers(-(10**12), 10**12),
    moves=st.lists(st.integers(-(10**11), 10**11).filter(bool), min_size=1, max_size=30),
)
def test_a_waterfall_ends_at_the_outturn_to_the_penny(budget, moves):
    picture = waterfall(
        Ends("Budget", "Outturn", budget), [Mover(str(n), pence) for n, pence in enumerate(moves)]
    )

    first, *steps, last = picture.chart.rows
    assert len(steps) <= 11
    assert (first.start, first.end, last.start, last.end) == (0, budget, 0, budget + sum(moves))
    assert [step.start for step in steps] == [budget, *(step.end for step in steps[:-1])]
    assert steps[-1].end == last.end


def test_a_month_without_an_amount_is_a_gap_and_never_nil():
    amounts = {Month(2018, 4): 100_000_000, Month(2018, 5): 110_000_000, Month(2018, 7): 120_000_000}
    picture = lines_picture(LinesChart("", "", YEAR, [MoneyLine("told", amounts, ("Forecast:", "£1.2m"))]))

    drawing = dict(picture.drawings)["wide"]
    assert [len(points.split()) for _, points in drawing.lines] == [2]
    assert len(drawing.marks) == 3


def test_a_line_may_lie_below_nil():
    amounts = {Month(2018, 4): -50_000_000, Month(2018, 5): 50_000_000}
    picture = lines_picture(LinesChart("", "", YEAR, [MoneyLine("told", amounts, ("Spent:", "£0.5m"))]))

    ((_, drawing), _) = picture.drawings
    assert all(drawing.frame.top <= Fraction(mark.y) <= drawing.frame.floor for mark in drawing.marks)


def test_a_tiny_path_has_its_gaps_and_no_nil_in_them():
    tiny = tiny_path({1: 100, 2: 200, 4: 300, 13: 900}, 100, hollow=True)

    assert tiny.line == "M5 35 20 20M50 5h0"
    assert tiny.budget == "M0 35H180"
    assert tiny.last == (50, 5)
    assert tiny_path({13: 900}, 100, hollow=False) is None
