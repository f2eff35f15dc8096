import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.tree import Line, NoTree, Side, Sums, Tree

from . import twin

OUT, IN = Side.EXPENDITURE, Side.INCOME

# Learning Improvement, 2017/18, as printed in thousands: 8,562 gross, 5,042 income, 3,520 net.
BOOK = [
    Line("LI.out", "LI"),
    Line("LI.employees", "LI.out", OUT),
    Line("LI.other", "LI.out", OUT),
    Line("LI", "DIR"),
    Line("LI.grants", "LI", IN),
    Line("LI.fees", "LI", IN),
    Line("DIR", None),
    Line("TRUST", "DIR", OUT),
]
AMOUNTS = {"LI.employees": 6_516, "LI.other": 2_046, "LI.grants": 1_474, "LI.fees": 3_568, "TRUST": 42_409}


def test_lines_add_up_to_what_is_printed():
    sums = Tree(BOOK).sums(AMOUNTS)

    assert sums["LI"] == Sums(gross=8_562, income=5_042)
    assert sums["LI"].net == 3_520
    assert sums["LI.out"] == Sums(gross=8_562)
    assert sums["DIR"].net == 45_929
    assert list(sums) == [line.code for line in BOOK]


def test_missing_is_counted_and_never_nil():
    sums = Tree(BOOK).sums({**AMOUNTS, "LI.fees": None, "LI.other": 0})

    assert sums["LI"] == Sums(gross=6_516, income=1_474, missing=1)
    assert sums["LI.other"] == Sums()
    assert sums["LI.fees"] == Sums(missing=1)
    assert sums["DIR"].missing == 1


def test_a_sum_may_be_named_without_an_amount():
    assert Tree(BOOK).sums({**AMOUNTS, "LI": None}) == Tree(BOOK).sums(AMOUNTS)


def test_no_lines_have_no_sums():
    assert Tree([]).sums({}) == {}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([*BOOK, Line("TRUST", None, OUT)], "The line TRUST comes twice."),
        ([Line("a", "b", OUT)], "stands below b, which is no line"),
        ([Line("a", None)], "The line a is neither"),
        ([Line("a", "b"), Line("b", "a"), Line("c", "a", OUT)], "The line a leads back to itself."),
        ([Line("a", "a", OUT)], "The line a leads back to itself."),
    ],
)
def test_lines_that_are_no_tree_are_refused(lines, said):
    with pytest.raises(NoTree) as refused:
        Tree(lines)

    assert said in str(refused.value)


@pytest.mark.parametrize(("code", "said"), [("X", "There is no line X."), ("LI", "has no amount of its own")])
def test_an_amount_without_a_place_is_refused(code, said):
    with pytest.raises(NoTree, match=said):
        Tree(BOOK).sums({code: 1})


@st.composite
def books(draw):
    """A random forest, its lines shuffled, with an amount or none for each leaf."""
    parents = [draw(st.integers(-1, place - 1)) for place in range(draw(st.integers(1, 25)))]
    above = set(parents)
    lines = [
        Line(
            str(place),
            None if parent < 0 else str(parent),
            None if place in above else draw(st.sampled_from(Side)),
        )
        for place, parent in enumerate(parents)
    ]
    amounts = {line.code: draw(st.none() | st.integers(-(10**13), 10**13)) for line in lines if line.side}
    return draw(st.permutations(lines)), amounts


@given(book=books())
def test_sums_agree_with_their_slow_twin(book):
    lines, amounts = book

    found = Tree(lines).sums(amounts)

    assert {
        code: (sums.gross, sums.income, sums.net, sums.missing) for code, sums in found.items()
    } == twin.sums(lines, amounts)
