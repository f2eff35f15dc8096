from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.rules.status import SAID, ComesTo, Status, rolled_up, speaks_otherwise

C, T, M, D, N, U = (
    Status.COMPLETED,
    Status.ON_TRACK,
    Status.MITIGATED,
    Status.DELAYED,
    Status.NOT_STARTED,
    Status.UNKNOWN,
)


@pytest.mark.parametrize(
    ("statuses", "comes_to"),
    [
        ([], U),
        ([C], C),
        ([C, C], C),
        ([N, N], N),
        ([C, N], T),
        ([C, T], T),
        ([T, N], T),
        ([T, M], M),
        ([C, M, N], M),
        ([M, D], D),
        ([U], U),
        ([U, C], U),
        ([U, M], U),
        ([U, D], D),
    ],
)
def test_a_recommendation_comes_to(statuses, comes_to):
    assert rolled_up(statuses) == comes_to


@given(st.lists(st.sampled_from(list(Status)), min_size=1, max_size=5))
def test_what_is_unknown_never_changes_a_known_answer(statuses):
    """The slow way: every status that an unknown one may have."""
    possible = {
        rolled_up(every)
        for every in product(*([status] if status != U else list(SAID) for status in statuses))
    }

    answer = rolled_up(statuses)

    assert answer == (possible.pop() if len(possible) == 1 else U)


@pytest.mark.parametrize(
    ("stated", "comes_to", "printed", "otherwise"),
    [
        (C, ComesTo(C), False, False),
        (C, ComesTo(T), False, True),
        (C, ComesTo(T), True, True),
        (C, ComesTo(U), False, True),
        (C, ComesTo(U), True, False),
        (C, ComesTo(U, ended=True), False, True),
        (C, ComesTo(U, ended=True), True, True),
        (C, None, False, False),
        (C, None, True, False),
        (U, ComesTo(U), False, False),
        (U, ComesTo(U, ended=True), True, False),
    ],
)
def test_what_is_stated_otherwise_needs_a_reason(stated, comes_to, printed, otherwise):
    assert speaks_otherwise(stated, comes_to, printed=printed) is otherwise
