"""Whether the figures that are printed month by month stand in the demonstration, and only those."""

from fractions import Fraction

import pytest

from .demonstration import CONTRACT, NEXT_YEAR, SUPPORTING, YEAR, definitions, figures

ROWS = figures()
DEFINITIONS = definitions()

# indicator, month, numerator, denominator, value: as printed, an empty text where nothing is.
PUBLISHED_MONTHS = {
    ("PI2", "2018-04", "798", "", "99.93"),
    ("PI2", "2019-03", "584", "", "72"),
    ("PI8", "2018-07", "", "", "36"),
    ("PI8", "2018-12", "", "", "44"),
    ("PI10", "2018-03", "", "", "62.7"),
    ("PI10", "2019-03", "", "", "73.2"),
    ("PI13", "2019-03", "63.31", "220", ""),
    ("PI14", "2018-06", "", "", "20.94"),
    ("PI14", "2018-12", "", "", "18.83"),
    ("PI15", "2018-06", "", "", "44.1"),
    ("PI15", "2019-02", "", "", "71.8"),
}


def test_published_months_of_the_contract_indicators_are_exactly_those_printed() -> None:
    published = {
        (code, name, row.numerator, row.denominator, row.printed_value)
        for code in CONTRACT
        for name, row in ROWS[code].items()
        if row.provenance == "published"
    }

    assert published == PUBLISHED_MONTHS


TABLES = [
    (
        "SM1",
        "35 31 31 31 35 35 26 34 41 41 39 35",
        "211.89 214.89 202.29 201.29 206.29 204.83 204.83 205.19 218.69 220.69 218.69 227.69",
    ),
    (
        "SM2",
        "643 637 756 807 690 554 715 816 834 955 1084 1010",
        "33 32 28 30.00 26.00 27.80 30.00 28.00 30.00 29.80 30.80 32.80",
    ),
    (
        "SM3",
        "2166 2176 2103 1920 1614 1692 1660 1705 1830 1833 1909 1957",
        "101 103 94 93.68 91.59 93.10 88.60 90.70 100.6 103.6 98.60 102.6",
    ),
    (
        "SM4",
        "433 439 380 393 403 424 427 420 422 433 438 467",
        "22 22 22 22.00 25.00 24.00 24.00 23.00 23.00 23.00 24.00 27.00",
    ),
    (
        "SM5",
        "286 286 370 368 366 369 373 379 384 389 393 394",
        "16 16 19.20 19.20 19.20 19.20 19.20 18.20 18.00 19.30 18.30 19.30",
    ),
]


@pytest.mark.parametrize(("code", "numerators", "denominators"), TABLES)
def test_a_supporting_measure_holds_its_whole_printed_table_and_nothing_else(
    code: str, numerators: str, denominators: str
) -> None:
    series = ROWS[code]

    assert list(series) == YEAR
    assert [row.numerator for row in series.values()] == numerators.split()
    assert [row.denominator for row in series.values()] == denominators.split()
    assert {(row.printed_value, row.provenance) for row in series.values()} == {("", "published")}


# Printed cells further from the recomputed one than half a unit of their last decimal.
DIFFERING_CELLS = {
    "SM1": "2018-06 2018-08",
    "SM2": "2018-04 2018-05 2018-06 2018-09 2018-10 2019-01 2019-02",
    "SM3": "2018-04 2018-06 2018-10 2018-12 2019-01",
    "SM4": "2018-09 2018-10 2018-12 2019-01",
    "SM5": "2018-05 2018-06 2018-10 2018-12 2019-01 2019-02 2019-03",
}


@pytest.mark.parametrize("code", SUPPORTING)
def test_the_table_cells_that_do_not_recompute_are_the_recorded_ones(code: str) -> None:
    cells = [entry for entry in DEFINITIONS[code]["published"] if entry["statistic"] == "monthly_value"]

    differing = [
        cell["period"]
        for cell in cells
        if abs(Fraction(cell["value"]) - ROWS[code][cell["period"]].value)
        > Fraction(1, 2 * 10 ** len(cell["value"].partition(".")[2]))
    ]

    assert len(cells) == 12
    assert differing == DIFFERING_CELLS[code].split()


def test_only_printed_rows_are_published_and_all_others_illustrative() -> None:
    for code in CONTRACT:
        expected = YEAR + NEXT_YEAR
        if code == "PI10":
            expected = ["2018-03", *expected]
        not_reported = {"PI9": {"2019-10"}, "PI12": {"2020-03"}}.get(code, set())

        assert list(ROWS[code]) == [name for name in expected if name not in not_reported]
        assert {row.provenance for row in ROWS[code].values()} <= {"published", "illustrative"}


def test_an_illustrative_row_gives_numerator_and_denominator_unless_it_is_a_count() -> None:
    for code in CONTRACT:
        for row in ROWS[code].values():
            if row.provenance == "illustrative":
                given = (bool(row.numerator), bool(row.denominator), bool(row.printed_value))
                assert given == ((False, False, True) if code == "PI5" else (True, True, False))


def test_children_on_a_plan_are_the_same_children_in_every_indicator() -> None:
    for code in ("PI6", "PI7", "PI8"):
        for name, row in ROWS[code].items():
            assert row.denominator in ("", ROWS["PI2"][name].numerator)


def test_the_illustrative_child_population_moves_smoothly_between_the_implied_ones() -> None:
    populations = [
        int(row.denominator) for name, row in ROWS["PI2"].items() if row.denominator and name in YEAR
    ]

    assert populations == sorted(populations)
    assert populations[0] >= 79_856
    assert populations[-1] <= 81_111
