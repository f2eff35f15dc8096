"""The sentences that pages, mail, reports and the API share, written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.values.months import Month
from kpis import sentences
from kpis.engine.readings import Limits, Reading

TODAY = date(2019, 4, 20)
ABOVE = Limits(">", Decimal(85), "<", Decimal(75), "> 85%", "< 75%")
BELOW = Limits("<", Decimal(65), ">", Decimal(80), "< 65 children", "> 80 children")

PERCENT = Reading(
    code="PI4",
    short_name="Assessments within 45 working days",
    unit="percent",
    decimals=1,
    polarity="higher",
    supporting=False,
    local_aim_words="",
    month=Month(2019, 3),
    status="failure",
    value=Fraction(738, 10),
    numerator=Decimal(369),
    denominator=Decimal(500),
    limits=ABOVE,
    months_off_target=8,
    months_in_failure=1,
    succession_certain=True,
    succession_broken_by=None,
    succession_broken_status=None,
    previous_value=Decimal("72.9"),
    change=Decimal("0.9"),
    direction="better",
    average_12=Decimal("79.75"),
    pooled_12=Decimal("79.5"),
    months_in_average=12,
    provenance="returned",
    due_on=date(2019, 4, 12),
)
RATE = replace(PERCENT, unit="rate_per_10000", decimals=2, limits=BELOW, polarity="lower")
MISSING = replace(
    PERCENT,
    status="not_reported",
    value=None,
    numerator=None,
    denominator=None,
    months_off_target=None,
    months_in_failure=None,
    previous_value=None,
    change=None,
    direction=None,
)


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (
            PERCENT,
            "73.8%, failed (less than 75% is failure). Month 8 in succession off target."
            " Better by 0.9 points on February.",
        ),
        (
            replace(
                PERCENT,
                status="on_target",
                value=Fraction(854, 10),
                months_off_target=0,
                direction="no_real_change",
            ),
            "85.4%, on target (more than 85%). No real change on February.",
        ),
        (
            replace(
                PERCENT,
                status="within_tolerance",
                value=Fraction(85),
                months_off_target=1,
                change=None,
                direction=None,
            ),
            "85.0%, within tolerance (target more than 85%). First month off target.",
        ),
        (
            replace(
                PERCENT,
                months_off_target=2,
                succession_certain=False,
                succession_broken_by=Month(2019, 1),
                direction=None,
            ),
            "73.8%, failed (less than 75% is failure)."
            " Off target for at least 2 months; January 2019 not reported.",
        ),
        (
            replace(
                RATE, value=Fraction(72), status="within_tolerance", change=Decimal("5.1"), direction="worse"
            ),
            "72.00, within tolerance (target less than 65). Month 8 in succession off target."
            " Worse by 5.10 on February.",
        ),
        (replace(PERCENT, change=Decimal(-1), direction="worse"), None),
        (MISSING, "Not reported; it was due on 12 April 2019."),
        (replace(MISSING, due_on=date(2019, 4, 20)), "Not reported; it is due on 20 April 2019."),
        (
            replace(MISSING, status="not_applicable", numerator=Decimal(0), denominator=Decimal(0)),
            "Not applicable: there was nothing to count this month.",
        ),
        (
            replace(PERCENT, limits=None, status="not_applicable", months_off_target=None, direction=None),
            "73.8%. No band judges this month.",
        ),
    ],
)
def test_a_reading_in_one_sentence(reading, words):
    said = sentences.reading_sentence(reading, TODAY)

    assert said == words if words else said.endswith("Worse by 1.0 point on February.")


def test_a_value_that_rounds_onto_its_limit_shows_one_more_decimal():
    just_below = replace(PERCENT, value=Fraction(7496, 100), status="failure")

    assert just_below.value_text == "74.96%"


def test_the_month_in_one_sentence():
    on_target = replace(PERCENT, status="on_target", direction="worse")

    said = sentences.month_sentence([PERCENT, on_target, MISSING])

    assert said == (
        "1 of 3 on target, 0 within tolerance, 1 failed, 1 not reported;"
        " 1 better and 1 worse than February, 1 without a comparison."
    )


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["accepted"] * 15, "all 15 figures accepted"),
        (["accepted"], "1 figure accepted"),
        (["submitted", "queried", "disputed", "accepted"], "3 of 4 figures wait for acceptance"),
        (["submitted", "accepted"], "1 of 2 figures waits for acceptance"),
        ([], ""),
    ],
)
def test_how_many_are_accepted(states, words):
    assert sentences.acceptance_words(states) == words


@pytest.mark.parametrize(
    ("provenance", "before", "words"),
    [
        ("published", "illustrative", "Better by 0.9 points on February (illustrative)."),
        ("published", "published", "Better by 0.9 points on February."),
        # The figure itself is marked already.
        ("illustrative", "illustrative", "Better by 0.9 points on February."),
    ],
)
def test_a_change_on_an_invented_month_says_so(provenance, before, words):
    reading = replace(PERCENT, provenance=provenance, previous_provenance=before)

    assert sentences.change_sentence(reading) == words


@pytest.mark.parametrize(
    ("reading", "provenance"),
    [
        (replace(PERCENT, provenance="published"), "derived"),
        (replace(RATE, provenance="published", denominator=None), "published"),
        (PERCENT, "returned"),
    ],
)
def test_a_value_worked_out_from_published_counts_is_derived(reading, provenance):
    assert reading.value_provenance == provenance


def test_a_month_without_any_comparison_says_so():
    first = replace(PERCENT, direction=None)

    assert sentences.month_sentence([first]).endswith("no comparison with February.")
    assert sentences.month_sentence([]) == "No indicator has a band in this month."


def runs_of(*rows: tuple[str, int, bool]) -> list[Reading]:
    return [
        replace(PERCENT, code=code, months_off_target=run, succession_certain=sure)
        for code, run, sure in rows
    ]


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        (
            runs_of(("PI2", 5, True), ("PI4", 5, True), ("PI9", 5, False), ("PI1", 2, False)),
            "PI2 and PI4 have missed their targets for 5 months in succession, PI9 for at least 5.",
        ),
        (runs_of(("PI9", 3, False)), "PI9 has missed its target for at least 3 months in succession."),
        (
            runs_of(*((f"PI{number}", 4, number > 2) for number in range(1, 9))),
            "6 indicators have missed their targets for 4 months in succession, PI1 and PI2 for at least 4.",
        ),
        (
            runs_of(("PI2", 1, True), ("PI9", 1, False)),
            "PI2 and PI9 have missed their targets this month; none is known to have been off target for longer.",
        ),
        (runs_of(("PI2", 0, True)), "No indicator is known to be off target."),
        ([replace(reading, status="not_reported") for reading in runs_of(("PI2", 0, True))], ""),
    ],
)
def test_at_least_is_said_of_those_alone_whose_run_may_be_longer(readings, words):
    assert sentences.longest_succession_sentence(readings) == words


def test_not_applicable_months_are_counted_where_there_are_some():
    nothing = replace(MISSING, status="not_applicable")

    assert "0 not reported, 1 not applicable;" in sentences.month_sentence([PERCENT, nothing])


@pytest.mark.parametrize(
    ("reading", "run", "average", "target"),
    [
        (PERCENT, "8", "79.8%", "more than 85%"),
        (
            replace(PERCENT, succession_certain=False, months_in_average=11),
            "at least 8",
            "79.8% (11 of 12 months)",
            "more than 85%",
        ),
        (replace(PERCENT, months_off_target=0), "0", "79.8%", "more than 85%"),
        (replace(MISSING, average_12=None), "–", "–", "more than 85%"),
        (replace(PERCENT, limits=None, local_aim_words="An average of 18"), "8", "79.8%", "An average of 18"),
        (replace(PERCENT, limits=None), "8", "79.8%", "–"),
    ],
)
def test_the_cells_of_the_table(reading, run, average, target):
    assert sentences.succession_words(reading) == run
    assert sentences.average_words(reading) == average
    assert sentences.target_words(reading) == target


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (Decimal("196.0000"), Decimal("273.0000"), "196 of 273"),
        (Decimal("63.3100"), Decimal("220.0000"), "63.31 of 220"),
        (Decimal("3545.0000"), Decimal("182.7000"), "3,545 of 182.7"),
        (Decimal(798), None, "798"),
        (None, None, ""),
    ],
)
def test_the_numbers_behind_a_value(numerator, denominator, words):
    assert replace(PERCENT, numerator=numerator, denominator=denominator).counts_text == words


def test_a_missing_value_is_a_dash_and_never_nought():
    assert MISSING.value_text == "–"
    assert MISSING.amount(None) == "–"
    assert MISSING.overdue(TODAY)
    assert not MISSING.overdue(date(2019, 4, 12))
