import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.savings import Delivery, Reading, SavingsYear, read_as, saved_in_all

# Years 2 to 5 as the Annual Review prints them, in pence.
PRINTED = [
    ("Year 2", 612_051_00),
    ("Year 3", 2_646_757_00),
    ("Year 4", 5_818_910_00),
    ("Year 5", 7_334_781_00),
]


def test_each_year_as_its_own():
    years = read_as(Reading.YEARLY, PRINTED)

    assert [year.added for year in years] == [612_051_00, 2_646_757_00, 5_818_910_00, 7_334_781_00]
    assert [year.by_then for year in years] == [612_051_00, 3_258_808_00, 9_077_718_00, 16_412_499_00]
    assert saved_in_all(years) == 16_412_499_00


def test_each_year_as_all_by_then():
    years = read_as(Reading.CUMULATIVE, PRINTED)

    assert [year.added for year in years] == [612_051_00, 2_034_706_00, 3_172_153_00, 1_515_871_00]
    assert saved_in_all(years) == 7_334_781_00


def test_a_year_without_an_amount_makes_unknown_what_rests_on_it():
    printed = [("1", 100), ("2", None), ("3", 300), ("4", 450)]

    assert read_as(Reading.YEARLY, printed) == [
        SavingsYear("1", 100, 100),
        SavingsYear("2", None, None),
        SavingsYear("3", 300, None),
        SavingsYear("4", 450, None),
    ]
    assert read_as(Reading.CUMULATIVE, printed) == [
        SavingsYear("1", 100, 100),
        SavingsYear("2", None, None),
        SavingsYear("3", None, 300),
        SavingsYear("4", 150, 450),
    ]


@pytest.mark.parametrize("reading", Reading)
def test_no_years_save_nothing(reading):
    assert saved_in_all(read_as(reading, [])) == 0


@pytest.mark.parametrize(
    ("delivery", "to_come"),
    [
        (Delivery(1_000, 300, 200), 500),
        (Delivery(1_000, 1_200, 0), -200),
        (Delivery(None, 300, 200), None),
        (Delivery(1_000, None, 200), None),
        (Delivery(1_000, 300, None), None),
    ],
)
def test_what_is_still_to_come(delivery, to_come):
    assert delivery.to_come == to_come


@given(amounts=st.lists(st.integers(-(10**11), 10**11), max_size=12))
def test_each_reading_undoes_the_other(amounts):
    printed = [(str(place), amount) for place, amount in enumerate(amounts)]
    running = [(year.year, year.by_then) for year in read_as(Reading.YEARLY, printed)]

    assert [year.added for year in read_as(Reading.CUMULATIVE, running)] == amounts
    assert [amount for _, amount in running] == [sum(amounts[: place + 1]) for place in range(len(amounts))]
