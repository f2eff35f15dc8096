"""The days of the round and what is open, by hand; around bank holidays, Christmas and the ends of a contract."""

from datetime import date

import pytest

from core.values.months import Month
from core.values.working_days import working_days_between
from kpis.rules.due import Due, Kind, Terms, grouped, last_month, round_due

APRIL_2018, MARCH_2020, MARCH_2028 = Month(2018, 4), Month(2020, 3), Month(2028, 3)
TERMS = Terms(figures_working_day=10, answer_working_day=15, first=APRIL_2018, last=MARCH_2028)
FEBRUARY, MARCH, APRIL = Month(2019, 2), Month(2019, 3), Month(2019, 4)


@pytest.mark.parametrize(
    ("month", "opens", "figures", "answer"),
    [
        # Good Friday is 19 April and Easter Monday the 22nd.
        (Month(2019, 3), date(2019, 4, 1), date(2019, 4, 12), date(2019, 4, 23)),
        # May has two bank holidays, of which the 6th comes before both days.
        (Month(2019, 4), date(2019, 5, 1), date(2019, 5, 15), date(2019, 5, 22)),
        # December's days come before Christmas, and January's after New Year's Day.
        (Month(2019, 11), date(2019, 12, 1), date(2019, 12, 13), date(2019, 12, 20)),
        (Month(2019, 12), date(2020, 1, 1), date(2020, 1, 15), date(2020, 1, 22)),
        # The holiday of May 2020 was moved to the 8th.
        (Month(2020, 4), date(2020, 5, 1), date(2020, 5, 15), date(2020, 5, 22)),
    ],
)
def test_days_of_a_month(month, opens, figures, answer):
    days = TERMS.days(month)

    assert (days.opens, days.figures_due, days.answer_due) == (opens, figures, answer)


@pytest.mark.parametrize(
    ("month", "answer"),
    [
        (Month(2018, 11), date(2018, 12, 31)),  # December 2018 has 19 working days
        (Month(2019, 11), date(2019, 12, 31)),  # the 20th of December 2019
        (Month(2019, 12), date(2020, 1, 29)),
    ],
)
def test_a_late_working_day_stays_within_december(month, answer):
    assert Terms(10, 20, APRIL_2018, MARCH_2028).days(month).answer_due == answer


@pytest.mark.parametrize(
    ("years", "until", "last"),
    [
        (10, None, Month(2028, 3)),
        (10, Month(2020, 3), Month(2020, 3)),
        (1, Month(2020, 3), Month(2019, 3)),
        (1, None, Month(2019, 3)),
    ],
)
def test_the_last_month_of_a_contract(years, until, last):
    assert last_month(APRIL_2018, years, until) == last


@pytest.mark.parametrize(
    ("day", "later", "working_days"),
    [
        (date(2019, 4, 18), date(2019, 4, 18), 0),
        (date(2019, 4, 18), date(2019, 4, 22), 0),  # Maundy Thursday to Easter Monday
        (date(2019, 4, 18), date(2019, 4, 23), 1),
        (date(2019, 4, 12), date(2019, 4, 15), 1),  # Friday to Monday
        (date(2019, 4, 13), date(2019, 4, 15), 1),  # Saturday to Monday
        (date(2019, 12, 24), date(2020, 1, 2), 4),
        (date(2019, 4, 1), date(2019, 4, 5), 4),
    ],
)
def test_working_days_between_two_days(day, later, working_days):
    assert working_days_between(day, later) == working_days


def test_working_days_between_are_counted_forward():
    with pytest.raises(ValueError, match="counted forward"):
        working_days_between(date(2019, 4, 2), date(2019, 4, 1))


def due(today, until, *, missing=None, waiting=None, computed_to=FEBRUARY, terms=TERMS):
    return round_due(
        terms,
        missing=missing or {},
        waiting=waiting or {},
        computed_to=computed_to,
        today=today,
        until=until,
    )


def test_a_month_that_is_not_known_yet_is_due_as_a_whole():
    assert due(date(2019, 4, 1), date(2019, 4, 30)) == [
        Due(date(2019, 4, 12), Kind.FIGURES, MARCH),
        Due(date(2019, 4, 23), Kind.ANSWER, MARCH),
    ]


def test_the_last_day_counts_and_the_next_does_not():
    assert [one.day for one in due(date(2019, 4, 1), date(2019, 4, 12))] == [date(2019, 4, 12)]
    assert due(date(2019, 4, 1), date(2019, 4, 11)) == []


def test_a_month_that_is_missing_is_due_and_then_overdue():
    missing = {MARCH: ["PI1", "PI2"]}
    figures = Due(date(2019, 4, 12), Kind.FIGURES, MARCH, ("PI1", "PI2"))

    for today in (date(2019, 4, 12), date(2019, 4, 13)):
        assert due(today, date(2019, 4, 30), missing=missing, computed_to=MARCH) == [
            figures,
            Due(date(2019, 4, 23), Kind.ANSWER, MARCH),
        ]


def test_the_council_is_not_late_with_what_was_never_returned():
    missing = {FEBRUARY: ["PI9"]}

    assert due(date(2019, 4, 1), date(2019, 4, 1), missing=missing) == [
        Due(date(2019, 3, 14), Kind.FIGURES, FEBRUARY, ("PI9",))
    ]


def test_what_was_returned_waits_for_the_council():
    waiting = {FEBRUARY: ["PI9", "SM1"]}

    assert due(date(2019, 4, 1), date(2019, 4, 1), waiting=waiting) == [
        Due(date(2019, 3, 21), Kind.ANSWER, FEBRUARY, ("PI9", "SM1"))
    ]


def test_a_settled_month_is_not_due():
    assert due(date(2019, 4, 5), date(2019, 4, 30), computed_to=MARCH) == []


def test_a_month_that_was_never_computed_is_not_called_overdue():
    assert due(date(2019, 4, 15), date(2019, 4, 30), computed_to=None) == []


def test_months_ahead_follow_one_another():
    found = due(date(2019, 4, 15), date(2019, 6, 30), computed_to=MARCH)

    assert [(one.kind, one.month) for one in found] == [
        (Kind.FIGURES, APRIL),
        (Kind.ANSWER, APRIL),
        (Kind.FIGURES, Month(2019, 5)),
        (Kind.ANSWER, Month(2019, 5)),
    ]


def test_nothing_is_due_before_the_contract_or_after_its_end():
    before = due(date(2018, 3, 1), date(2018, 5, 31), computed_to=None)
    after = due(date(2028, 4, 1), date(2028, 6, 30), computed_to=Month(2028, 2))
    ended = due(
        date(2020, 5, 1),
        date(2020, 7, 1),
        computed_to=MARCH_2020,
        terms=Terms(10, 15, APRIL_2018, MARCH_2020),
    )

    assert {one.month for one in before} == {APRIL_2018}
    assert {one.month for one in after} == {MARCH_2028}
    assert ended == []


def test_what_is_overdue_stays_after_reporting_has_ended():
    found = due(
        date(2026, 11, 24),
        date(2026, 12, 24),
        missing={MARCH_2020: ["PI12"]},
        waiting={MARCH_2020: ["PI1"]},
        computed_to=MARCH_2020,
        terms=Terms(10, 15, APRIL_2018, MARCH_2020),
    )

    assert found == [
        Due(date(2020, 4, 16), Kind.FIGURES, MARCH_2020, ("PI12",)),
        Due(date(2020, 4, 23), Kind.ANSWER, MARCH_2020, ("PI1",)),
    ]


def test_single_indicators_of_one_day_are_one_thing():
    day = date(2019, 4, 30)

    assert grouped(
        [
            (day, Kind.QUERY, MARCH, "PI2"),
            (day, Kind.EXPECTED, MARCH, "PI4"),
            (day, Kind.QUERY, MARCH, "PI9"),
            (day, Kind.QUERY, FEBRUARY, "PI9"),
        ]
    ) == [
        Due(day, Kind.QUERY, FEBRUARY, ("PI9",)),
        Due(day, Kind.QUERY, MARCH, ("PI2", "PI9")),
        Due(day, Kind.EXPECTED, MARCH, ("PI4",)),
    ]
