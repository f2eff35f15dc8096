"""Printed statistics against months written out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core.values.months import Month
from kpis.rules.statistics import (
    AGREES,
    COMPARED,
    DIFFERS,
    NOT_COMPUTED,
    NOT_EXTREME,
    Series,
    Statistic,
    agrees,
    compare,
)

APRIL = Month(2018, 4)
# April 2018 to March 2019, with July not reported.
VALUES = ["76", "67.6", "64.9", None, "60.8", "56", "66.7", "77.8", "69.1", "65.7", "63.9", "48.3"]
MONTHS = [APRIL.next(place) for place in range(12)]


def series(values=VALUES, *, target="70", higher=True, counts=None):
    known = {
        month: None if value is None else Fraction(value)
        for month, value in zip(MONTHS, values, strict=False)
    }
    return Series(
        values=known,
        counts=counts or dict.fromkeys(MONTHS),
        targets={month: None if target is None else Decimal(target) for month in MONTHS},
        higher_is_better=higher,
    )


def printed(number, *, start=None, end=None, name="average", relation="measure", qualifier=""):
    return Statistic(
        name=name,
        relation=relation,
        start=Month.parse(start) if start else None,
        end=Month.parse(end) if end else None,
        printed=None if number is None else Decimal(number),
        places=0 if number is None else len(number.partition(".")[2]),
        qualifier=qualifier,
    )


@pytest.mark.parametrize(
    ("number", "computed", "roughly", "verdict"),
    [
        ("75.4", "75.35", False, True),  # exactly half a unit away
        ("75.4", "75.349", False, False),
        ("75.4", "75.45", False, True),
        ("75.4", "75.451", False, False),
        ("60", "60.2", False, True),
        ("19.6", "19.68", False, False),
        ("19.6", "19.68", True, True),  # approximate: one unit
        ("19.6", "19.71", True, False),
    ],
)
def test_agreement_is_half_a_unit_of_the_last_printed_decimal(number, computed, roughly, verdict):
    places = len(number.partition(".")[2])

    assert agrees(Decimal(number), places, Fraction(computed), roughly=roughly) is verdict


@pytest.mark.parametrize(
    ("statistic", "verdict", "computed", "words"),
    [
        # (66.7 + 77.8 + 69.1) / 3 = 71.2
        (
            printed("71.2", start="2018-10", end="2018-12"),
            AGREES,
            "71.2",
            "mean of the 3 months October 2018 to December 2018",
        ),
        (
            printed("71.1", start="2018-10", end="2018-12"),
            DIFFERS,
            "71.2",
            "mean of the 3 months October 2018 to December 2018",
        ),
        (printed("76", start="2018-04", end="2018-04"), AGREES, "76", "April 2018"),
        (printed("76", end="2018-04"), AGREES, "76", "April 2018"),
        (
            printed("65.1", start="2018-04", end="2019-03"),
            NOT_COMPUTED,
            None,
            "July 2018 is not reported here.",
        ),
        (
            printed("69", start="2017-04", end="2018-03"),
            NOT_COMPUTED,
            None,
            "None of these months is reported here.",
        ),
        (printed("42.9"), NOT_COMPUTED, None, "The period is not printed."),
        (printed(None, end="2018-04"), NOT_COMPUTED, None, "No number is printed."),
    ],
)
def test_a_measure_is_the_month_or_the_mean_of_the_months(statistic, verdict, computed, words):
    found = compare(statistic, series())

    assert found.verdict == verdict
    assert found.computed == (None if computed is None else Fraction(computed))
    assert found.words == words


@pytest.mark.parametrize(
    ("name", "number", "month", "verdict", "words"),
    [
        ("highest_month", "77.8", "2018-11", AGREES, "November 2018"),
        ("highest_month", "76.0", "2018-04", NOT_EXTREME, "agrees in value; November 2018 is higher: 77.8"),
        ("highest_month", "76.4", "2018-04", DIFFERS, "April 2018, but November 2018 is higher: 77.8"),
        ("lowest_month", "48.3", "2019-03", AGREES, "March 2019"),
        ("care_management_low", "56.0", "2018-09", NOT_EXTREME, "agrees in value; March 2019 is lower: 48.3"),
        ("lowest_month", "48.3", "2018-07", NOT_COMPUTED, "July 2018 is not reported here."),
        ("highest_month", "77.1", "2018-11", DIFFERS, "November 2018"),
    ],
)
def test_a_high_or_low_must_be_that_of_its_contract_year(name, number, month, verdict, words):
    found = compare(printed(number, end=month, name=name), series())

    assert (found.verdict, found.words) == (verdict, words)


@pytest.mark.parametrize(
    ("qualifier", "number", "verdict", "computed"),
    [
        # October to December 2018: 66.7, 77.8, 69.1.
        ("above", "66", AGREES, "66.7"),
        ("above", "66.7", DIFFERS, "66.7"),
        ("under", "78", AGREES, "77.8"),
        ("under", "77.8", DIFFERS, "77.8"),
        ("below", "70", AGREES, "66.7"),
        ("below", "66.7", DIFFERS, "66.7"),
    ],
)
def test_a_printed_limit_is_held_against_every_month(qualifier, number, verdict, computed):
    statistic = printed(number, start="2018-10", end="2018-12", qualifier=qualifier)

    found = compare(statistic, series())

    assert (found.verdict, found.computed) == (verdict, Fraction(computed))


def test_below_at_times_says_how_many_months():
    found = compare(printed("70", start="2018-10", end="2018-12", qualifier="below"), series())

    assert found.words == "lowest of these months; 2 months of 3 below"


@pytest.mark.parametrize(
    ("start", "end", "number", "verdict", "computed", "words"),
    [
        ("2018-04", "2019-03", "27.7", AGREES, "27.7", "April 2018 to March 2019"),
        # 48.3 less 65.7 is 17.4; from December, 69.1, it is 20.8.
        ("2019-01", "2019-03", "17.4", AGREES, "17.4", "January 2019 to March 2019"),
        ("2019-01", "2019-03", "20.8", AGREES, "20.8", "December 2018 to March 2019"),
        ("2019-01", "2019-03", "9.9", DIFFERS, "17.4", "January 2019 to March 2019"),
        ("2019-01", "2019-03", "20.7", DIFFERS, "20.8", "December 2018 to March 2019"),
        # July is missing, so a quarter from August has no month before it.
        ("2018-08", "2018-10", "1", DIFFERS, "5.9", "August 2018 to October 2018"),
        ("2018-03", "2019-03", "10.6", NOT_COMPUTED, None, "March 2018 is not reported here."),
        (None, "2019-03", "245", NOT_COMPUTED, None, "The start of the period is not printed."),
    ],
)
def test_a_change_is_the_last_month_less_the_first(start, end, number, verdict, computed, words):
    found = compare(printed(number, start=start, end=end, relation="change"), series())

    assert found.verdict == verdict
    assert found.computed == (None if computed is None else Fraction(computed))
    assert found.words == words


def test_a_gap_is_how_far_the_mean_falls_short_of_the_target():
    statistic = printed("1.2", start="2018-10", end="2018-12", relation="gap_to_target")

    higher = compare(statistic, series(target="72.4"))
    lower = compare(statistic, series(target="70", higher=False))
    without = compare(statistic, series(target=None))

    assert (higher.verdict, higher.computed) == (AGREES, Fraction("1.2"))
    assert (lower.verdict, lower.computed) == (AGREES, Fraction("1.2"))
    assert (without.verdict, without.words) == (NOT_COMPUTED, "No target is in force in December 2018.")


def test_a_count_is_the_numerator_or_the_mean_of_numerators():
    counts = {month: Fraction(60 + place) for place, month in enumerate(MONTHS)}

    one = compare(printed("71", end="2019-03", relation="measure_count"), series(counts=counts))
    year = compare(
        printed("65.5", start="2018-04", end="2019-03", relation="measure_count"), series(counts=counts)
    )
    none = compare(printed("71", end="2019-03", relation="measure_count"), series())

    assert (one.verdict, one.words) == (AGREES, "count of March 2019")
    assert (year.computed, year.words) == (
        Fraction("65.5"),
        "mean count of the 12 months April 2018 to March 2019",
    )
    assert none.verdict == NOT_COMPUTED


def test_several_missing_months_are_all_named():
    values = ["1", None, None, "2"]

    found = compare(printed("1", start="2018-04", end="2018-07"), series(values))

    assert found.words == "May 2018, June 2018 are not reported here."


def test_what_is_not_compared_is_refused():
    assert "context" not in COMPARED
    with pytest.raises(KeyError):
        compare(printed("1", end="2018-04", relation="context"), series())
