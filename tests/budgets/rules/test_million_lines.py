"""Sums, splits and cells of a million random lines; each against an answer that is found another way."""

import random
from itertools import islice

from budgets.rules.money import for_file
from budgets.rules.split import split
from budgets.rules.tree import Line, Side, Tree
from budgets.rules.written_money import pence_written

MILLION, DIVISIONS, HEADINGS = 1_000_000, 10, 100
DRAWN = random.Random(2018)
CODES = [str(place) for place in range(MILLION)]
AMOUNTS = [DRAWN.randrange(-(10**10), 10**12) for _ in range(MILLION)]


def book():
    """A total, its divisions, their headings, and a million lines below these; one in seven is income."""
    yield Line("total", None)
    for division in range(DIVISIONS):
        yield Line(f"d{division}", "total")
    for heading in range(HEADINGS):
        yield Line(f"h{heading}", f"d{heading % DIVISIONS}")
    headings = [f"h{heading}" for heading in range(HEADINGS)]
    for place, code in enumerate(CODES):
        yield Line(code, headings[place % HEADINGS], Side.EXPENDITURE if place % 7 else Side.INCOME)


def test_a_million_lines_add_up_both_ways():
    sums = Tree(book()).sums(dict(zip(CODES, AMOUNTS, strict=True)))

    income = sum(islice(AMOUNTS, 0, None, 7))
    assert (sums["total"].gross, sums["total"].income) == (sum(AMOUNTS) - income, income)
    for division in range(DIVISIONS):
        assert sums[f"d{division}"].net == sum(
            sum(AMOUNTS[heading::HEADINGS]) - 2 * sum(income_of(heading))
            for heading in range(division, HEADINGS, DIVISIONS)
        )


def income_of(heading):
    return (AMOUNTS[place] for place in range(heading, MILLION, HEADINGS) if not place % 7)


def test_a_sum_is_split_over_a_million_lines():
    weights = [abs(amount) for amount in AMOUNTS]
    pence, whole = 5_833_000_000_07, sum(weights)

    parts = split(pence, weights)

    assert sum(parts) == pence
    assert (
        max(abs(part * whole - pence * weight) for part, weight in zip(parts, weights, strict=True)) < whole
    )
    cut = [part - pence * weight // whole for part, weight in zip(parts, weights, strict=True)]
    raised = min(pence * weight % whole for weight, more in zip(weights, cut, strict=True) if more)
    left = max(pence * weight % whole for weight, more in zip(weights, cut, strict=True) if not more)
    assert raised >= left


def test_a_million_cells_go_out_and_come_in_unchanged():
    assert [pence_written(for_file(amount)) for amount in AMOUNTS] == AMOUNTS
