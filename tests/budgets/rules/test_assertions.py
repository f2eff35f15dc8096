"""A printed total is computed exactly, rounded as finely as it was printed, and compared with its own tolerance."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from budgets.rules.assertions import Asserted, Cell, Term, as_finely, outcome


def cell(code: str) -> Cell:
    return Cell(code, "budget", "2018/19")


def asserted(printed: int, *, plus=(), minus=(), step=1, tolerance=0) -> Asserted:
    terms = [Term(1, cell(code)) for code in plus] + [Term(-1, cell(code)) for code in minus]
    return Asserted(tuple(terms), printed, step, tolerance)


AMOUNTS: dict[Cell, int | None] = {cell("a"): 1_250, cell("b"): 750, cell("empty"): None, cell("nil"): 0}


def test_agrees_to_the_penny():
    result = outcome(asserted(500, plus=["a"], minus=["b"]), AMOUNTS)

    assert (result.exact, result.computed, result.difference, result.agrees) == (500, 500, 0, True)


def test_a_penny_off_differs_and_a_tolerance_of_a_penny_allows_it():
    strict = outcome(asserted(501, plus=["a"], minus=["b"]), AMOUNTS)
    lenient = outcome(asserted(501, plus=["a"], minus=["b"], tolerance=1), AMOUNTS)

    assert (strict.difference, strict.agrees) == (-1, False)
    assert (lenient.difference, lenient.agrees) == (-1, True)


def test_compares_as_finely_as_it_is_printed():
    result = outcome(asserted(1_300, plus=["a"], step=100), AMOUNTS)

    assert (result.exact, result.computed, result.agrees) == (1_250, 1_300, True)


def test_an_empty_cell_is_no_nil():
    missing = outcome(asserted(1_250, plus=["a", "empty", "unheard"]), AMOUNTS)
    nil = outcome(asserted(1_250, plus=["a", "nil"]), AMOUNTS)

    assert (missing.exact, missing.computed, missing.difference) == (None, None, None)
    assert missing.missing == (cell("empty"), cell("unheard"))
    assert not missing.agrees
    assert nil.agrees


@pytest.mark.parametrize("step", [1, 10, 100, 100_000, 1_000_000])
def test_rounding_against_a_slow_twin(step):
    drawn = random.Random(step)
    for _ in range(5_000):
        amount = drawn.randrange(-(10**12), 10**12)
        twin = (Decimal(amount) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step

        assert as_finely(amount, step) == int(twin)


@pytest.mark.parametrize(("amount", "rounded"), [(50, 100), (-50, -100), (49, 0), (-49, 0), (150, 200)])
def test_halves_go_away_from_zero(amount, rounded):
    assert as_finely(amount, 100) == rounded
