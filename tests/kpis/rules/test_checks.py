"""Each check by hand, at its edges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core.values.months import Month
from kpis.rules import checks
from kpis.rules.checks import ERROR, NOT_RUN, REGISTRY, WARNING, Case, Check, StatedNumbers, findings

MARCH, APRIL = Month.parse("2020-03"), Month.parse("2020-04")
STEADY = [Fraction(n) for n in (74, 75, 76, 75, 74, 75, 76, 75, 74, 75, 76, 75)]


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def typed(text: str) -> StatedNumbers:
    """ "3/4", "3/4=75", "75", or a rate with its count, "584@72"."""
    counts, _, value = text.partition("=")
    if "@" in counts:
        top, _, rate = counts.partition("@")
        return StatedNumbers(numerator=number(top), value=number(rate))
    if "/" not in counts:
        return StatedNumbers(value=number(counts))
    top, _, bottom = counts.partition("/")
    return StatedNumbers(number(top), number(bottom), number(value))


def codes(
    text: str, before: str = "", earlier=(), unit: str = "percent", decimals: int = 1, month=MARCH
) -> list[str]:
    case = Case(unit, decimals, month, typed(text), typed(before) if before else None, earlier)
    return [one.code for one in findings(case)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13/20=65", []),
        ("13/20=65.0", []),
        ("13/20=65.1", ["value-disagrees"]),
        ("1/3=33.3", []),
        ("1/3=33.33", []),
        ("1/3=33.4", ["value-disagrees"]),
        ("1/3=33", []),
        ("1/3=34", ["value-disagrees"]),
        ("1/3=33.3333333333333", []),
        ("2/3=66.66666666666667", []),
        ("2/3=66.666666666", []),
        ("2/3=66.6666666", ["value-disagrees"]),
        ("29/100=28.999999999999996", []),
        ("0/0=5", ["value-disagrees"]),
    ],
)
def test_a_value_beside_its_counts_must_be_their_quotient_as_written(text, found):
    assert codes(text) == found


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("0.75", "percent", ["scale-slip"]),
        ("75", "percent", []),
        ("7.5", "percent", ["scale-slip"]),
        ("7500", "mean", ["scale-slip"]),
        ("750", "mean", ["scale-slip"]),
        ("0", "percent", ["outside-usual-range"]),
        ("40", "percent", ["outside-usual-range"]),
        ("20", "percent", ["outside-usual-range"]),  # a tenth of nothing that is usual, nor ten times it
    ],
)
def test_a_slip_of_the_decimal_point(text, unit, found):
    assert codes(text, earlier=STEADY, unit=unit) == found


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("0.75", "percent", "Did you mean 75.0%?"),
        ("7500", "mean", "Did you mean 75.0?"),
        ("0.7512", "percent", "Did you mean 75.12%?"),
    ],
)
def test_a_slip_asks_for_the_figure_that_was_meant(text, unit, said):
    [found] = findings(Case(unit, 1, MARCH, typed(text), None, STEADY))
    assert found.message.endswith(f"as if the decimal point had slipped. {said}")


def test_counts_that_look_slipped_are_given_no_other_figure():
    [found] = findings(Case("percent", 1, MARCH, typed("3/400"), None, STEADY))
    assert found.message.endswith("as if the decimal point had slipped.")


@pytest.mark.parametrize(
    ("text", "usual", "asked"),
    [
        ("0.754", None, "0.754% is not more than one in a hundred. Did you mean 75.4%?"),
        ("1", None, "1.0% is not more than one in a hundred. Did you mean 100.0%?"),
        ("0.93", 30, "0.93% is not more than one in a hundred. Did you mean 93.0%?"),
        (
            "0.93",
            75,
            "0.93% is far from the usual 75.0%, as if the decimal point had slipped. Did you mean 93.0%?",
        ),
        ("1.1", None, None),
        ("0", None, None),
        (
            "0.9",
            8,
            "0.9% is far from the usual 8.0%, as if the decimal point had slipped. Did you mean 9.0%?",
        ),
        ("0.9", 5, None),
        ("3/400", None, None),
    ],
)
def test_a_share_of_one_is_no_percentage(text, usual, asked):
    earlier = [] if usual is None else [Fraction(usual)]

    found = findings(Case("percent", 1, MARCH, typed(text), None, earlier))

    assert [one.message for one in found] == ([asked] if asked else [])


def test_a_slip_is_seen_with_a_single_earlier_month():
    assert codes("0.75", earlier=[Fraction(75)]) == ["scale-slip"]
    assert codes("0.75", unit="mean", earlier=[]) == []
    assert codes("0.75", earlier=[Fraction(0)]) == []


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("3/4", "3/4", ["same-as-before"]),
        ("6/8", "3/4", ["denominator-jumped"]),
        ("75", "75", ["same-as-before"]),
        ("75", "75.0001", []),
        ("75", "", []),
        ("0/0", "0/0", []),
        ("3/4=75", "3/4", ["same-as-before"]),
        ("3/4=75", "75", []),
    ],
)
def test_last_months_figure_again(text, before, found):
    assert codes(text, before) == found


def test_the_usual_range_is_the_mean_and_2_66_average_moves_either_side():
    # Mean 75, every move is 1: the range is 72.34 to 77.66.
    assert codes("77.66", earlier=STEADY) == []
    assert codes("77.6601", earlier=STEADY) == ["outside-usual-range"]
    assert codes("72.34", earlier=STEADY) == []
    assert codes("72.3399", earlier=STEADY) == ["outside-usual-range"]


def test_fewer_than_eight_months_make_no_usual_range():
    assert codes("60", earlier=STEADY[:7]) == []
    assert codes("60", earlier=STEADY[:8]) == ["outside-usual-range"]


def test_a_gap_is_neither_a_month_nor_a_movement():
    # The same months with three lost: 75 is still the mean, and every move that is left is 1.
    gap = [*STEADY[:6], None, None, None, *STEADY[6:]]
    assert codes("77.66", earlier=gap) == codes("77.66", earlier=STEADY) == []
    assert codes("60", earlier=[None, *STEADY[:7], None]) == []
    # Values that stand alone between gaps move nowhere, so nothing is known about how far they usually do.
    alone = [one for value in STEADY for one in (value, None)]
    assert codes("60", earlier=alone) == []
    # Before the gap it stood at 70, after it at 80: the leap between them is no month's movement.
    apart = [Fraction(70)] * 5 + [None] + [Fraction(80)] * 5
    assert codes("76", earlier=apart) == ["outside-usual-range"]


def test_the_usual_range_says_of_how_many_months_it_is():
    (found,) = findings(Case("percent", 1, MARCH, typed("60"), None, [None, *STEADY[:8]]))
    assert found.message.endswith(" in the 8 months before.")


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        ("70/149", "75/100", []),
        ("70/150", "75/100", ["denominator-jumped"]),
        ("40/51", "75/100", []),
        ("40/50", "75/100", ["denominator-jumped"]),
        ("40/50", "75", []),
        ("40", "75/100", []),
        ("0/50", "0/0", []),
    ],
)
def test_a_denominator_that_jumped_by_half(now, then, found):
    assert codes(now, then) == found


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        ("584@72", "798@99.93", []),  # 81,111 and 79,856 children
        ("584@62", "798@99.93", ["population-disagrees"]),  # 94,194
        ("600/80000", "798@99.93", []),
        ("600/90000", "798@99.93", ["population-disagrees"]),
        ("72", "798@99.93", []),
        ("584@0", "798@99.93", []),
        ("584@72", "", []),
    ],
)
def test_rate_and_count_agree_about_the_population(now, then, found):
    assert codes(now, then, unit="rate_per_10000", decimals=2) == found


def test_a_rule_that_crashes_could_not_run_and_stops_nothing():
    def crash(case: Case) -> str | None:
        raise ZeroDivisionError

    own = [*REGISTRY, Check("crash", ERROR, "value", "it crashes", crash)]
    found = findings(Case("percent", 1, MARCH, typed("3/4"), typed("3/4")), own)

    assert [(one.code, one.severity) for one in found] == [("same-as-before", WARNING), ("crash", NOT_RUN)]
    assert found[1].message == "The check “it crashes” could not run."


def test_an_error_silences_the_warnings():
    assert codes("400/500=5", "3/4", earlier=STEADY) == ["value-disagrees"]


def test_codes_fit_their_column_and_are_named_once():
    names = [one.code for one in REGISTRY]

    assert len(set(names)) == len(names) >= 6
    assert all(len(name) <= 40 for name in names)
    assert {one.severity for one in REGISTRY} == {ERROR, WARNING}
    assert checks.REGISTRY is REGISTRY
