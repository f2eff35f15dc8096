"""A virement comes to nil, growth to more, savings to less: by hand, at their edges, and beside a slow twin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.budget_change import Kind, LineChange, missing, net_of
from budgets.rules.tree import Side

INCOME = Side.INCOME


def test_what_a_change_comes_to():
    assert net_of([LineChange(100_00, 150_00), LineChange(80_00, 30_00)]) == 0
    assert net_of([LineChange(None, 5_00)]) == 5_00
    assert net_of([LineChange(100_00, 150_00, INCOME)]) == -50_00
    assert net_of([LineChange(100_00, 150_00), LineChange(20_00, 70_00, INCOME)]) == 0


@pytest.mark.parametrize(
    ("kind", "after", "says"),
    [
        (Kind.VIREMENT, 100_00, "Give at least one line"),
        (Kind.VIREMENT, 100_01, "this one adds £0.01"),
        (Kind.VIREMENT, 99_99, "this one takes £0.01"),
        (Kind.GROWTH, 99_00, "Growth comes to more than before; this comes to £1 less."),
        (Kind.GROWTH, 100_01, ""),
        (Kind.SAVINGS, 101_50, "Savings come to less than before; this comes to £1.50 more."),
        (Kind.SAVINGS, 99_99, ""),
    ],
)
def test_a_change_is_what_it_is_called(kind, after, says):
    changes = [] if after == 100_00 else [LineChange(100_00, after)]
    assert says in " ".join(missing(kind, changes, "Because"))
    assert bool(says) == bool(list(missing(kind, changes, "Because")))


@pytest.mark.parametrize("kind", [Kind.GROWTH, Kind.SAVINGS])
def test_what_moves_money_alone_is_neither_growth_nor_savings(kind):
    moves = [LineChange(10, 15), LineChange(10, 5)]
    assert ["the same as before" in fault for fault in missing(kind, moves, "Because")] == [True]
    assert list(missing(Kind.VIREMENT, moves, "Because")) == []


def test_a_dash_is_no_reason():
    assert list(missing(Kind.GROWTH, [LineChange(0, 1)], " - ")) == ["Say why the budget changes."]


amounts = st.integers(-(10**12), 10**12)


@given(st.lists(st.tuples(st.none() | amounts, amounts, st.sampled_from(Side)), max_size=20))
def test_against_the_slow_twin(rows):
    """Each book before and after added up apart, penny by penny of its sides."""
    changes = [LineChange(*row) for row in rows]
    before = {side: sum(one.before or 0 for one in changes if one.side is side) for side in Side}
    after = {side: sum(one.after for one in changes if one.side is side) for side in Side}
    twin = (after[Side.EXPENDITURE] - after[INCOME]) - (before[Side.EXPENDITURE] - before[INCOME])

    assert net_of(changes) == twin
