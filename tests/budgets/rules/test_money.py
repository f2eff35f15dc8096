from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.money import LARGEST, Unit, for_file, in_unit, signed, spoken, written
from budgets.rules.written_money import pence_written

AMOUNTS = st.integers(-LARGEST, LARGEST)
UNITS = st.sampled_from(Unit)


@pytest.mark.parametrize(
    ("pence", "unit", "places", "text"),
    [
        (123_450, Unit.POUNDS, None, "£1,234.50"),
        (123_400, Unit.POUNDS, None, "£1,234"),
        (-5, Unit.POUNDS, None, "−£0.05"),
        (0, Unit.POUNDS, None, "£0"),
        (123_450, Unit.POUNDS, 0, "£1,235"),
        (40, Unit.POUNDS, 0, "£0.40"),
        (4, Unit.POUNDS, 0, "£0.04"),
        (123_450_000, Unit.THOUSANDS, None, "1,234.5"),
        (651_600_000, Unit.THOUSANDS, 0, "6,516"),
        (4_900, Unit.THOUSANDS, 0, "0.05"),
        (5_833_000_000, Unit.MILLIONS, None, "£58.33m"),
        (285_498_900, Unit.MILLIONS, 2, "£2.85m"),
        (-40_000, Unit.MILLIONS, 2, "−£0.0004m"),
    ],
)
def test_money_is_written_in_three_units(pence, unit, places, text):
    assert written(pence, unit, places) == text


def test_an_amount_never_reads_as_a_limit_that_it_is_not_on():
    limit = 50_000_000

    assert written(50_000_040, Unit.POUNDS, 0, [limit]) == "£500,000.40"
    assert written(50_000_000, Unit.POUNDS, 0, [limit]) == "£500,000"
    assert written(-50_000_040, Unit.MILLIONS, 1, [limit]) == "−£0.5000004m"
    assert spoken(50_000_040, [limit]) == "£500,000.40"
    assert spoken(250_000_001, [250_000_000]) == "£2.50000001 million"


@pytest.mark.parametrize(
    ("pence", "unit", "places", "text"),
    [
        (285_498_900, Unit.MILLIONS, 2, "+£2.85m"),
        (-400_000, Unit.MILLIONS, 2, "−£0.004m"),
        (1, Unit.MILLIONS, 0, "+£0.00000001m"),
        (0, Unit.MILLIONS, 2, "£0.00m"),
        (100_000, Unit.THOUSANDS, 0, "+1"),
        (1, Unit.POUNDS, None, "+£0.01"),
    ],
)
def test_a_difference_has_its_sign(pence, unit, places, text):
    assert signed(pence, unit, places) == text


@given(pence=AMOUNTS.filter(bool), unit=UNITS, places=st.integers(0, 3))
def test_no_difference_ever_reads_as_nil(pence, unit, places):
    digits = [sign for sign in signed(pence, unit, places) if sign.isdigit()]

    assert set(digits) - {"0"}


@pytest.mark.parametrize(
    ("pence", "text"),
    [
        (285_498_900, "£2.85 million"),
        (500_000_000, "£5 million"),
        (100_000_000, "£1 million"),
        (99_999_900, "£999,999"),
        (690_000_000, "£6.9 million"),
        (-772_257_800, "−£7.72 million"),
        (82_257_800, "£822,578"),
        (-82_257_800, "−£822,578"),
        (40, "£0.40"),
        (0, "£0"),
    ],
)
def test_money_is_said_in_a_sentence(pence, text):
    assert spoken(pence) == text


@pytest.mark.parametrize(("pence", "text"), [(-123_450, "-1234.50"), (0, "0.00"), (5, "0.05"), (-5, "-0.05")])
def test_a_file_gets_a_number(pence, text):
    assert for_file(pence) == text


def test_a_penny_is_exact_in_every_unit():
    assert [in_unit(1, unit) for unit in Unit] == [Decimal("0.01"), Decimal("0.00001"), Decimal("0.00000001")]
    assert [unit.pence for unit in Unit] == [100, 100_000, 100_000_000]


@given(pence=AMOUNTS, unit=UNITS)
def test_what_is_written_exactly_reads_back_the_same(pence, unit):
    assert pence_written(written(pence, unit), unit) == pence
    assert pence_written(signed(pence, unit), unit) == pence
    assert pence_written(for_file(pence)) == pence
    assert pence_written(for_file(pence), Unit.POUNDS) == pence
