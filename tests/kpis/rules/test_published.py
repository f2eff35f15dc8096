from decimal import Decimal
from fractions import Fraction

import pytest

from core.values.numbers import rounded
from kpis.rules.published import EXPLANATIONS, difference, differs

# Tables 2 to 6 of the scrutiny pack of September 2019, April 2018 to March 2019, as printed: scale,
# numerators, denominators, and the numbers printed beneath them.
TABLES = {
    2: (
        100,
        "35 31 31 31 35 35 26 34 41 41 39 35",
        "211.89 214.89 202.29 201.29 206.29 204.83 204.83 205.19 218.69 220.69 218.69 227.69",
        "16.5 14.4 15.4 15.4 16.9 17.1 12.7 16.6 18.7 18.6 17.8 15.4",
    ),
    3: (
        1,
        "643 637 756 807 690 554 715 816 834 955 1084 1010",
        "33 32 28 30.00 26.00 27.80 30.00 28.00 30.00 29.80 30.80 32.80",
        "19.72 20.16 27.49 26.90 26.54 19.90 23.80 29.14 27.80 31.30 35.20 30.79",
    ),
    4: (
        1,
        "2166 2176 2103 1920 1614 1692 1660 1705 1830 1833 1909 1957",
        "101 103 94 93.68 91.59 93.10 88.60 90.70 100.6 103.6 98.60 102.6",
        "21.51 21.13 22.47 20.50 17.62 18.17 18.70 18.80 18.20 17.70 19.36 19.07",
    ),
    5: (
        1,
        "433 439 380 393 403 424 427 420 422 433 438 467",
        "22 22 22 22.00 25.00 24.00 24.00 23.00 23.00 23.00 24.00 27.00",
        "19.68 19.95 17.27 17.86 16.12 17.70 17.80 18.26 18.34 18.82 18.25 17.30",
    ),
    6: (
        1,
        "286 286 370 368 366 369 373 379 384 389 393 394",
        "16 16 19.20 19.20 19.20 19.20 19.20 18.20 18.00 19.30 18.30 19.30",
        "17.88 18.22 17.05 19.17 19.06 19.22 19.40 20.82 21.30 20.20 21.50 20.40",
    ),
}

# Table, and place of the month from April 2018 = 0: the recomputed number, and what explains the gap.
EXPECTED = {
    (2, 2): ("15.325", "not_explained"),
    (2, 4): ("16.966", "cut_off"),
    (3, 0): ("19.485", "denominator_rounded"),
    (3, 1): ("19.906", "denominator_rounded"),
    (3, 2): ("27.000", "denominator_rounded"),
    (3, 5): ("19.928", "rounded_to_fewer_decimals"),
    (3, 6): ("23.833", "rounded_to_fewer_decimals"),
    (3, 9): ("32.047", "not_explained"),
    (3, 10): ("35.195", "rounded_to_fewer_decimals"),
    (4, 0): ("21.446", "denominator_rounded"),
    (4, 2): ("22.372", "denominator_rounded"),
    (4, 6): ("18.736", "rounded_to_fewer_decimals"),
    (4, 8): ("18.191", "rounded_to_fewer_decimals"),
    (4, 9): ("17.693", "rounded_to_fewer_decimals"),
    (5, 5): ("17.667", "rounded_to_fewer_decimals"),
    (5, 6): ("17.792", "rounded_to_fewer_decimals"),
    (5, 8): ("18.348", "cut_off"),
    (5, 9): ("18.826", "cut_off"),
    (6, 1): ("17.875", "denominator_rounded"),
    (6, 2): ("19.271", "not_explained"),
    (6, 6): ("19.427", "rounded_to_fewer_decimals"),
    (6, 8): ("21.333", "rounded_to_fewer_decimals"),
    (6, 9): ("20.155", "rounded_to_fewer_decimals"),
    (6, 10): ("21.475", "rounded_to_fewer_decimals"),
    (6, 11): ("20.415", "rounded_to_fewer_decimals"),
}


def cells(*, printed_decimals_known):
    for table, (scale, numerators, denominators, printed) in TABLES.items():
        columns = zip(numerators.split(), denominators.split(), printed.split(), strict=True)
        for place, (numerator, denominator, shown) in enumerate(columns):
            found = difference(
                printed=Decimal(shown),
                places=1 if table == 2 else 2,
                numerator=Decimal(numerator),
                denominator=Decimal(denominator),
                scale=scale,
                denominator_places=len(denominator.partition(".")[2]) if printed_decimals_known else None,
            )
            yield (table, place), found


@pytest.mark.parametrize("printed_decimals_known", [True, False])
def test_the_25_cells_that_differ_are_found_and_explained(printed_decimals_known):
    found = {
        cell: (str(rounded(one.recomputed, 3)), one.explanation)
        for cell, one in cells(printed_decimals_known=printed_decimals_known)
        if one is not None
    }

    assert len(EXPECTED) == 25
    assert found == EXPECTED


def test_half_a_unit_of_the_last_decimal_is_no_difference():
    # 286 / 16 is exactly 17.875, printed as 17.88 in table 6.
    assert not differs(Decimal("17.88"), 2, Fraction(286, 16))
    assert differs(Decimal("17.88"), 2, Fraction(286, 16) - Fraction(1, 10**9))
    assert differs(Decimal("17.87"), 2, Fraction(286, 16) + Fraction(1, 10**9))


def test_difference_is_printed_less_recomputed():
    found = difference(printed=Decimal("27.49"), places=2, numerator=Decimal(756), denominator=Decimal(28))

    assert found is not None
    assert found.difference == Fraction(49, 100)


@pytest.mark.parametrize(
    ("printed", "denominator", "explanation"),
    [
        # Half a unit either side of 0.5 reaches from 0 to 1: any number from 10 up is possible.
        ("30", "0.5", "denominator_rounded"),
        ("9", "0.5", "not_explained"),
        # 10 / 2.5 is 4, and 10 / 1.5 is 6.67.
        ("4", "2", "denominator_rounded"),
        ("3", "2", "not_explained"),
        ("7", "2", "denominator_rounded"),
        ("8", "2", "not_explained"),
    ],
)
def test_a_rounded_denominator_reaches_only_so_far(printed, denominator, explanation):
    found = difference(
        printed=Decimal(printed),
        places=0,
        numerator=Decimal(10),
        denominator=Decimal(denominator),
        denominator_places=0,
    )

    assert found is not None
    assert found.explanation == explanation


def test_a_number_below_0_is_cut_off_towards_0():
    found = difference(printed=Decimal("-0.6"), places=1, numerator=Decimal(-2), denominator=Decimal(3))

    assert found is not None
    assert found.explanation == "cut_off"


def test_every_explanation_has_its_words():
    assert {explanation for _, explanation in EXPECTED.values()} == set(EXPLANATIONS)
