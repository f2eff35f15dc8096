from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.rules.frames import apply_rules

from . import twin
from .series import Series, frame, plain


def decimals(least, most, places):
    """Numbers as text, with up to so many decimals."""
    return st.decimals(least, most, places=places, allow_nan=False).map(str)


VALUES = st.one_of(
    st.sampled_from(["75", "65", "75.0001", "64.9999", "74.9", "70", "70.1"]),
    decimals(0, 120, 1),
    decimals(0, 9_999_999, 4),
)
COUNTS = st.one_of(st.integers(0, 40).map(str), decimals(0, 9_999_999, 4))
FIGURES = st.one_of(
    st.none(),
    VALUES,
    st.tuples(COUNTS, COUNTS),
    st.tuples(st.integers(0, 20).map(str), st.just("20")),
    st.tuples(COUNTS, st.none(), VALUES),
    st.tuples(st.none(), COUNTS),
    st.tuples(COUNTS, st.just("0"), VALUES),
)
LIMITS = st.one_of(st.sampled_from(["65", "70", "75"]), decimals(0, 200, 4))
OPERATORS = st.sampled_from([">", ">=", "<", "<="])
BANDS = st.one_of(st.none(), st.just((">", "75", "<", "65")), st.tuples(OPERATORS, LIMITS, OPERATORS, LIMITS))


@st.composite
def series(draw):
    figures = draw(st.lists(FIGURES, min_size=1, max_size=16))
    early, late, turn = draw(BANDS), draw(BANDS), draw(st.integers(0, 16))
    return Series(
        figures,
        unit=draw(st.sampled_from(["percent", "rate_per_10000", "mean"])),
        higher_is_better=draw(st.booleans()),
        bands=[early if place < turn else late for place in range(len(figures))],
        decimals=draw(st.integers(0, 8)),
        threshold=draw(st.one_of(st.none(), decimals(0, 10, 4))),
    )


@settings(max_examples=150, deadline=None)
@given(many=st.lists(series(), min_size=1, max_size=4), window=st.integers(1, 5))
def test_rules_agree_with_their_slow_twin(many, window):
    found = apply_rules(frame(*many), window)

    expected = [row for one in many for row in twin.judged(one, window)]
    for name in expected[0]:
        assert plain(found[name]) == [row[name] for row in expected], name


@settings(max_examples=50, deadline=None)
@given(one=series())
def test_average_lies_within_one_unit_of_the_unrounded_mean(one):
    found = apply_rules(frame(one), window=3)

    values = [twin.value_of(figure, one.unit) for figure in one.figures]
    for here, average in enumerate(plain(found["average_e8"])):
        if average is not None:
            months = [value for value in values[here - 2 : here + 1] if isinstance(value, Fraction)]
            assert abs(average - sum(months) / len(months) * 10**8) <= 1


@settings(max_examples=50, deadline=None)
@given(one=series())
def test_one_month_and_many_series_give_the_same_answer(one):
    alone = apply_rules(frame(one))
    among = apply_rules(frame(Series(["60", None, "70"]), one, Series([None])))

    together = among.iloc[3 : 3 + len(one.figures)]
    assert [plain(together[name]) for name in alone] == [plain(alone[name]) for name in alone]


def test_rules_give_the_columns_that_they_promise():
    found = apply_rules(frame(Series(["80", "60"])))

    assert list(found.columns) == [
        "status",
        "reason",
        "value_e8",
        "months_off_target",
        "months_in_failure",
        "succession_certain",
        "succession_broken_by",
        "succession_broken_status",
        "average_e8",
        "pooled_e8",
        "months_in_average",
        "previous_e8",
        "change_e8",
        "direction",
    ]
