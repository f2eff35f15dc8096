"""Which lines of a large book its first page shows."""

import random
from fractions import Fraction

from budgets.outlook.standing import FEWEST, MOST, ORDER, WHOLE, LineMoney, standing_of
from budgets.rules.tree import Side
from budgets.rules.variance import LIMITS, Limits, Status, status_of

SIDES = (Side.EXPENDITURE, Side.INCOME)


def of(costs, budget=10_000_000_00):
    return [LineMoney(number, Side.EXPENDITURE, budget, budget + pence) for number, pence in enumerate(costs)]


def by_hand(lines, limits):
    """All lines judged one by one, in the order of the page."""
    judged = [(ORDER.index(status_of(one.variance, limits)), -(one.costs or 0), one.line) for one in lines]
    return [line for _, _, line in sorted(judged)]


def drawn(seed, number):
    draw = random.Random(seed)
    return [
        LineMoney(
            line,
            draw.choice(SIDES),
            draw.choice([None, 0, draw.randrange(500_000_000)]),
            draw.choice([None, draw.randrange(500_000_000), draw.randrange(100_000_000)]),
        )
        for line in range(number)
    ]


def test_a_small_book_is_shown_whole():
    lines = drawn(1, WHOLE)
    standing = standing_of(lines, LIMITS)

    assert [one.money.line for one in standing.shown] == by_hand(lines, LIMITS)
    assert standing.unshown == 0


def test_of_a_large_book_stand_those_that_cost_most_and_all_off_track_are_counted():
    for limits in (LIMITS, Limits(red=1_000, amber_percent=Fraction(90), amber=400_000_000)):
        lines = drawn(2, 3_000)
        standing = standing_of(lines, limits)

        assert [one.money.line for one in standing.shown] == by_hand(lines, limits)[:MOST]
        looks = [status_of(one.variance, limits) for one in lines]
        assert standing.off_track == looks.count(Status.RED) + looks.count(Status.AMBER)
        assert standing.unshown == 3_000 - MOST


def test_where_few_are_off_track_the_nearest_to_it_stand_beside_them():
    lines = of([60_000_000, *range(0, 4_000_000, 40_000)])
    standing = standing_of(lines, LIMITS)

    assert [one.money.line for one in standing.shown] == [0, *range(100, 101 - FEWEST, -1)]
    assert standing.off_track == 1
