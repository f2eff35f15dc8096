"""What the calendar finds open under a contract, on days given by hand, and how its page says it."""

from __future__ import annotations

from datetime import date, time

import pytest

from calendars.presenters import calendar_page
from calendars.selectors import contract_calendar
from calendars.services import add_meeting
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.recompute import recompute
from kpis.figures.models import Figure, Omission
from kpis.obligations.due import open_in_round
from kpis.review.services import accept_figures, explain_figure, query_figure
from kpis.rules.due import Due, Kind
from parties.models import Contract
from parties.participants import participant_for
from tests.cast import BY
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

OCTOBER, MARCH, APRIL = Month(2019, 10), Month(2020, 3), Month(2020, 4)
TODAY = date(2020, 4, 14)  # the Tuesday after Easter
A_YEAR_ON = date(2021, 4, 14)


@pytest.fixture(autouse=True)
def ending(demonstration):
    """The contract reports until March 2020."""
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=date(2020, 3, 1))


@pytest.fixture
def officer(demonstration, persona):
    return participant_for(persona("client-officer"), "sandwell")


@pytest.fixture
def manager(demonstration, persona):
    return participant_for(persona("trust-manager"), "sandwell")


@pytest.fixture
def going_on(ending, demonstration):
    """The demonstration's contract, as if it went on to report after March 2020."""
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=None)
    recompute(trigger="command", contract_ids=[demonstration.pk], today=TODAY)


def found(participant, today=TODAY, until=None):
    return contract_calendar(participant, meetings_from=today, today=today, until=until or A_YEAR_ON)


def page(participant, today=TODAY, until=None):
    return calendar_page(found(participant, today, until), today)


def revision(code, month=date(2020, 3, 1)):
    return Figure.objects.select_related("latest").get(indicator__code=code, month=month).latest


def dues(participant, today=TODAY, until=A_YEAR_ON):
    return open_in_round(participant, today, until)


def those(found, kind):
    return [due for due in found if due.kind == kind]


# --- what is open


def test_missing_figures_are_due_and_waiting_ones_wait_for_the_council(officer):
    calendar = dues(officer)

    assert those(calendar, Kind.FIGURES) == [
        Due(date(2019, 11, 14), Kind.FIGURES, OCTOBER, ("PI9",)),
        Due(date(2020, 4, 16), Kind.FIGURES, MARCH, ("PI12",)),
    ]
    (answer,) = those(calendar, Kind.ANSWER)
    waiting = Figure.objects.filter(month="2020-03-01").order_by("indicator__position")
    assert (answer.day, answer.month) == (date(2020, 4, 23), MARCH)
    assert list(answer.codes) == [figure.indicator.code for figure in waiting.select_related("indicator")]
    assert found(officer).remarks == []  # March is the last month, and its round is under way


def test_what_is_settled_is_gone(officer, demonstration):
    waiting = Figure.objects.filter(month="2020-03-01").select_related("latest")
    accept_figures(by=officer, seen=[figure.latest for figure in waiting])
    returned(demonstration, "PI9,2019-10,41,60,,Late,returned\n")

    calendar = dues(officer)

    assert [(one.kind, one.month, one.day) for one in calendar] == [
        (Kind.ANSWER, OCTOBER, date(2019, 11, 21)),
        (Kind.FIGURES, MARCH, date(2020, 4, 16)),
        (Kind.ANSWER, MARCH, date(2020, 4, 23)),  # of PI12, which is still to come
    ]


def test_a_figure_that_came_a_moment_ago_is_not_missing(officer, demonstration):
    """The read model says so only when it is computed, which happens after the write."""
    returned(demonstration, "PI12,2020-03,41,60,,Late,returned\n")

    assert [one.codes for one in those(dues(officer), Kind.FIGURES)] == [("PI9",)]
    assert "PI12" in those(dues(officer), Kind.ANSWER)[0].codes


def test_a_query_is_due_on_its_own_day_until_it_is_answered(officer, manager):
    for code, day in (("PI1", date(2020, 4, 20)), ("PI2", date(2020, 4, 20)), ("PI4", date(2020, 4, 17))):
        query_figure(by=officer, seen=revision(code), reason="Why 4,711?", answer_by=day, today=TODAY)

    calendar = dues(officer)
    assert those(calendar, Kind.QUERY) == [
        Due(date(2020, 4, 17), Kind.QUERY, MARCH, ("PI4",)),
        Due(date(2020, 4, 20), Kind.QUERY, MARCH, ("PI1", "PI2")),
    ]
    assert "PI1" not in those(calendar, Kind.ANSWER)[0].codes

    explain_figure(by=manager, seen=revision("PI1"), words="Recounted.", disputes=True)
    explain_figure(by=manager, seen=revision("PI4"), words="Recounted.", disputes=False)

    calendar = dues(officer)
    assert those(calendar, Kind.QUERY) == [Due(date(2020, 4, 20), Kind.QUERY, MARCH, ("PI2",))]
    assert {"PI1", "PI4"} <= set(those(calendar, Kind.ANSWER)[0].codes)


def test_the_last_of_two_queries_says_the_day(officer, manager):
    for day in (date(2020, 4, 17), date(2020, 4, 27)):
        query_figure(by=officer, seen=revision("PI1"), reason=f"By {day}?", answer_by=day, today=TODAY)

    assert [one.day for one in those(dues(officer), Kind.QUERY)] == [date(2020, 4, 27)]


def omit(person, expected_on):
    Omission.objects.create(
        indicator=Indicator.objects.get(code="PI12"),
        month=date(2020, 3, 1),
        reason="The system was replaced.",
        expected_on=expected_on,
        stated_by=person,
        stated_as="Trust manager",
    )


def test_what_could_not_be_returned_is_expected_on_the_day_given_last(officer, persona, demonstration):
    omit(persona("trust-manager"), date(2020, 4, 30))
    omit(persona("trust-manager"), date(2020, 5, 7))

    calendar = dues(officer)

    assert [one.codes for one in those(calendar, Kind.FIGURES)] == [("PI9",)]
    assert those(calendar, Kind.EXPECTED) == [Due(date(2020, 5, 7), Kind.EXPECTED, MARCH, ("PI12",))]

    returned(demonstration, "PI12,2020-03,41,60,,Here at last,returned\n")

    assert those(dues(officer), Kind.EXPECTED) == []


def test_a_provisional_figures_final_one_is_expected(officer):
    from django.db import connection

    from tests.append_only import lifted

    with lifted(connection):
        revision_of = revision("PI1", date(2019, 3, 1))
        type(revision_of).objects.filter(pk=revision_of.pk).update(final_expected_on=date(2020, 5, 1))

    assert those(dues(officer), Kind.FINAL) == [Due(date(2020, 5, 1), Kind.FINAL, Month(2019, 3), ("PI1",))]


def test_a_contract_that_goes_on_has_its_days_ahead(officer, going_on):
    calendar = dues(participant_for(officer.user, "sandwell"))

    figures = those(calendar, Kind.FIGURES)
    assert [one.day for one in figures[2:5]] == [date(2020, 5, 15), date(2020, 6, 12), date(2020, 7, 14)]
    assert figures[2] == Due(date(2020, 5, 15), Kind.FIGURES, APRIL)
    assert figures[-1].month == Month(2021, 2)  # due in March 2021; April's day 10 is after the year


def test_a_reader_without_the_word_gets_nothing(demonstration, persona):
    for who in ("scrutiny-member", "administrator"):
        add_meeting(contract=demonstration, board="cabinet", day=date(2020, 5, 1 + len(who) % 9), by=BY)
        calendar = found(participant_for(persona(who), "sandwell"))
        assert (calendar.due, calendar.meetings) == ([], [])


def test_meetings_of_the_contract_in_order(officer, demonstration, other_contract):
    for board, day, hour in (
        ("strategic", date(2020, 5, 1), time(14)),
        ("operational", date(2020, 5, 1), time(10)),
        ("cabinet", date(2020, 4, 13), None),
        ("improvement", A_YEAR_ON, None),
    ):
        add_meeting(contract=demonstration, board=board, day=day, starts_at=hour, by=BY)
    add_meeting(contract=other_contract, board="scrutiny", day=date(2020, 5, 1), by=BY)

    assert [meeting.board for meeting in found(officer).meetings] == [
        "operational",
        "strategic",
        "improvement",
    ]


def test_queries_are_few_whatever_was_said(officer, django_assert_num_queries):
    for code in ("PI1", "PI2", "PI4"):
        query_figure(by=officer, seen=revision(code), reason="Why?", answer_by=date(2020, 4, 20), today=TODAY)
    participant = participant_for(officer.user, "sandwell")

    with django_assert_num_queries(7):
        found(participant)


# --- how the page says it


def test_the_page_answers_what_is_next_and_groups_by_day(officer, demonstration):
    add_meeting(
        contract=demonstration,
        board="operational",
        day=date(2020, 4, 16),
        starts_at=time(10),
        place="Room 2",
        by=BY,
    )

    shown = page(officer)

    assert shown.summary == (
        "Next: the Trust returns PI12 of March 2020, in 2 working days, on Thursday 16 April 2020;"
        " 1 thing is overdue."
    )
    assert [entry.title for entry in shown.overdue] == ["The Trust returns PI9 of October 2019"]
    assert shown.overdue[0].late == "Was due on Thursday 14 November 2019, 103 working days late."
    assert [(day.label, day.when) for day in shown.soon] == [
        ("Thursday 16 April 2020", "in 2 working days"),
        ("Thursday 23 April 2020", "in 7 working days"),
    ]
    assert [entry.title for entry in shown.soon[0].entries] == [
        "The Trust returns PI12 of March 2020",
        "Operational Partnership Board",
    ]
    assert shown.soon[0].entries[1].note == "10:00 to 12:00, Room 2"
    assert shown.soon[0].entries[0].url == "/contracts/sandwell/review/?month=2020-03"
    assert shown.soon[1].entries[0].note == "14 figures wait for an answer."


def test_thirty_days_are_soon_and_the_next_is_later(officer, demonstration):
    for board, day in (("operational", date(2020, 5, 14)), ("strategic", date(2020, 5, 15))):
        add_meeting(contract=demonstration, board=board, day=day, by=BY)

    shown = page(officer)

    assert shown.soon[-1].label == "Thursday 14 May 2020"
    assert [(month.label, month.entries[0].short_day) for month in shown.later] == [("May 2020", "Fri 15")]


def test_the_page_says_when_reporting_has_ended(officer):
    shown = page(officer, date(2020, 5, 1), date(2021, 5, 1))

    assert shown.remarks == [
        "Reporting under this contract ended with March 2020: no later month falls due. What was not settled by then"
        " stays here until it is."
    ]
    assert shown.summary == (
        "Nothing falls due, and no board meets, in the year ahead; 3 things are overdue."
    )
    assert shown.overdue[-1].late == "Was due on Thursday 23 April 2020, 6 working days late."
    assert page(officer, date(2020, 4, 30)).remarks == []


def test_months_ahead_are_told_by_the_month_and_lead_nowhere_yet(officer, going_on):
    shown = page(participant_for(officer.user, "sandwell"))

    may = shown.later[0]
    assert may.label == "May 2020"
    assert [(entry.short_day, entry.title, entry.url) for entry in may.entries] == [
        ("Fri 15", "The Trust returns the figures of April 2020", ""),
        ("Fri 22", "The council answers the figures of April 2020", ""),
    ]
    assert shown.remarks == []


def test_one_query_leads_to_its_figure(officer):
    query_figure(by=officer, seen=revision("PI1"), reason="Why?", answer_by=date(2020, 4, 15), today=TODAY)

    first = page(officer).soon[0].entries[0]

    assert first.title == "The Trust answers the council’s query on PI1 of March 2020"
    assert first.url == "/contracts/sandwell/review/PI1/?month=2020-03"
