"""What a file may not bring in comes in by no other door either."""

from datetime import date
from decimal import Decimal

import pytest
from psycopg2 import extensions
from psycopg2.extras import wait_select

from kpis.definitions.models import Indicator
from kpis.figures.models import Figure
from kpis.figures.services import Entry, FigureRefused, save_figures
from tests.cast import BY
from tests.kpis.figures.imported import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]


@pytest.mark.parametrize(
    ("code", "numbers", "words"),
    [
        (
            "PI2",
            (800, Decimal("0.0001"), None),
            "PI2 of March 2019, numerator: This gives a value of 80,000,000,000; the",
        ),
        (
            "PI14",
            (None, None, 10_000_000),
            "PI14 of March 2019, value: 10,000,000 is too large; the largest is",
        ),
        (
            "PI5",
            (None, None, Decimal("2.5")),
            "PI5 of March 2019, value: PI5 is a count, and counts are whole numbers.",
        ),
        ("PI5", (3, 4, None), "PI5 of March 2019, value: PI5 is a count: give the value alone."),
        ("PI1", (None, None, 250), "PI1 of March 2019, value: A percentage can't be above 100."),
        ("PI1", (5, 4, None), "PI1 of March 2019, numerator: The numerator is larger than the denominator"),
        (
            "PI1",
            (5, 0, None),
            "PI1 of March 2019, denominator: The denominator is 0 but the numerator is not.",
        ),
        ("PI1", (None, None, -1), "PI1 of March 2019, value: −1 is below zero"),
        ("PI1", (None, None, None), "PI1 of March 2019, value: There is no figure."),
    ],
)
def test_no_other_door_lets_such_a_figure_in(defined, code, numbers, words):
    indicator = Indicator.objects.get(code=code)
    numbers = [None if number is None else Decimal(number) for number in numbers]
    entry = Entry(indicator, date(2019, 3, 1), *numbers, "", "returned")

    with pytest.raises(FigureRefused, match=words):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.ACCEPTED,
            reason="Typed",
            action="figures.typed",
        )

    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (date(2055, 1, 1), "PI1 of January 2055, month: January 2055 is not over yet"),
        (date(2020, 4, 1), "PI1 of April 2020, month: April 2020 is after March 2020"),
        (date(2018, 3, 1), "PI1 of March 2018, month: March 2018 is before the contract began"),
    ],
)
def test_no_other_door_lets_another_month_in(defined, month, words):
    entry = Entry(Indicator.objects.get(code="PI1"), month, Decimal(13), Decimal(20), None, "", "returned")

    with pytest.raises(FigureRefused, match=words):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.SUBMITTED,
            reason="Typed",
            action="figures.typed",
        )

    assert not Figure.objects.exists()


def test_no_other_door_lets_it_over_an_open_figure(enter, defined):
    enter("PI1,2019-03,13,20,,Counted,returned\n")
    entry = Entry(
        Indicator.objects.get(code="PI1"), date(2019, 3, 1), Decimal(14), Decimal(20), None, "", "published"
    )

    with pytest.raises(FigureRefused, match="only what the Trust returns can take its place"):
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.ACCEPTED,
            reason="Printed",
            action="figures.imported",
        )

    assert kept("PI1").number == 1


def test_where_pages_are_served_the_same_rows_go_in_without_copying(defined):
    """psycopg2 copies nothing under a wait callback, as web processes have it."""
    percentage = Indicator.objects.get(code="PI1")
    awkward = "A tab\t, a break\n, a backslash \\N and 100%"
    entries = [
        Entry(percentage, date(2019, month, 1), Decimal(month), Decimal("70"), None, awkward, "returned")
        for month in range(1, 13)
    ]

    extensions.set_wait_callback(wait_select)
    try:
        save_figures(
            by=BY, contract=defined, entries=entries, state_of=lambda entry: Figure.State.SUBMITTED,
            reason="Typed", action="figures.typed",
        )  # fmt: skip
    finally:
        extensions.set_wait_callback(None)

    rows = [kept("PI1", f"2019-{month:02}-01") for month in (1, 7, 12)]
    assert [(row.numerator, row.denominator, row.value) for row in rows] == [
        (1, 70, None),
        (7, 70, None),
        (12, 70, None),
    ]
    assert {row.commentary for row in rows} == {awkward}
