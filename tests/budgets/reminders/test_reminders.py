"""Whoever owes a month's money is told by its day, once; and the calendar shows the same days."""

from datetime import date

import pytest

from budgets.demonstration.months import live_on
from budgets.models import Book, Line, LineMonth
from budgets.reminders.due import money_items
from budgets.reminders.owed import money_owed
from calendars.services import renew_calendar_link
from notices.falling_due import tell_what_falls_due
from notices.models import Notice
from parties.participants import participant_for
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 20)
MARCH = "/contracts/sandwell/money/books/trust/2019/12/"
CALENDAR = "/contracts/sandwell/calendar/"


@pytest.fixture
def lived(books):
    """The Trust's book with all its months: all closed but for March 2020, which waits."""
    book = Book.objects.get(code="trust")
    live_on(book, TODAY)
    return book


@pytest.fixture
def another_line(lived):
    """A line of which nothing is entered: in March 2020, which is open, and in the months before, which are closed."""
    Line.objects.create(book=lived, code="new", name="New", position=99, kind="line", side="expenditure")


def told(user):
    return list(
        Notice.objects.filter(user=user, words__contains="money of")
        .order_by("pk")
        .values_list("kind", "words", "path")
    )


def items(user, until=date(2021, 4, 20), today=TODAY):
    found = money_items(participant_for(user, "sandwell"), today, until)
    return [(item.day, item.title, item.note, item.url) for item in found]


def test_each_party_is_told_once_of_its_own(
    another_line, finance_lead, trust_manager, council_finance, client_officer, board_reader, scrutiny_member
):
    for _ in range(2):
        tell_what_falls_due(today=TODAY)

    late = (
        "The money of March 2020 was due on 16 April 2020: Children's placements, 1 line is not entered yet."
    )
    near = (
        "The council’s answer to the money of March 2020 is due on 23 April 2020, in 3 working days:"
        " Children's placements, 6 lines wait for the council."
    )
    assert told(finance_lead) == told(trust_manager) == [("overdue", late, MARCH)]
    assert told(council_finance) == told(client_officer) == [("due", near, MARCH)]
    assert told(board_reader) == told(scrutiny_member) == []


def test_what_is_asked_about_is_the_trusts_to_answer(lived, finance_lead, council_finance):
    asked = LineMonth.objects.filter(
        year=2019, period=12, line__code__in=["secure_units", "leaving_care_rents"]
    )
    asked.update(state="queried")
    tell_what_falls_due(today=TODAY)

    title = "The Trust answers what is asked about the money of March 2020"
    note = "Children's placements: 2 lines are asked about."
    assert (date(2020, 4, 23), title, note, MARCH) in items(finance_lead)
    assert told(finance_lead) == [
        (
            "due",
            "The Trust’s answer on the money of March 2020 is due on 23 April 2020, in 3 working days:"
            " Children's placements, 2 lines are asked about.",
            MARCH,
        )
    ]
    assert "4 lines wait for the council" in told(council_finance)[0][1]


def test_of_missed_months_the_latest_says_how_many_more_are_open(books, finance_lead, council_finance):
    tell_what_falls_due(today=date(2018, 7, 20))

    assert told(council_finance) == []
    (notice,) = told(finance_lead)
    assert notice[1] == (
        "The money of June 2018 was due on 13 July 2018: Children's placements, 6 lines are not entered yet;"
        " 2 earlier months are also incomplete."
    )


def test_what_is_closed_asks_for_no_more_lines_but_its_revision_waits(another_line, finance_lead):
    LineMonth.objects.filter(year=2019, period=10, line__code="leaving_care_rents").update(state="disputed")

    assert [(day, title, note) for day, title, note, _ in items(finance_lead)] == [
        (
            date(2020, 2, 21),
            "The council answers the money of January 2020",
            "Children's placements: 1 line waits for the council.",
        ),
        (
            date(2020, 4, 16),
            "The Trust enters the money of March 2020",
            "Children's placements: 1 line is not entered yet.",
        ),
        (
            date(2020, 4, 23),
            "The council answers the money of March 2020",
            "Children's placements: 6 lines wait for the council.",
        ),
    ]


def test_months_ahead_stand_there_as_far_as_book_and_contract_go(
    books, contract, board_reader, scrutiny_member
):
    ahead = items(board_reader, date(2019, 6, 1), today=date(2019, 4, 1))
    assert ahead[-2:] == [
        (date(2019, 5, 15), "The Trust enters the money of April 2019", "Children's placements", ""),
        (date(2019, 5, 22), "The council answers the money of April 2019", "Children's placements", ""),
    ]
    last = items(board_reader, date(2022, 1, 1), today=date(2019, 4, 1))[-1]
    assert last[1] == "The council answers the money of March 2020"
    assert items(scrutiny_member) == []

    contract.reporting_until = date(2019, 6, 1)
    contract.save()
    last = items(board_reader, date(2022, 1, 1), today=date(2019, 4, 1))[-1]
    assert last[1] == "The council answers the money of June 2019"


def test_the_page_and_ones_own_calendar_show_it_without_an_amount(
    another_line, client, signed_in, finance_lead
):
    page = words(signed_in(finance_lead).get(CALENDAR))
    assert "Overdue The Trust enters the money of March 2020 Was due on Thursday 16 April 2020" in page
    assert "The council answers the money of March 2020 Children's placements: 6 lines wait" in page

    feed = client.get(f"/calendar/{renew_calendar_link(user=finance_lead)}.ics").content.decode()
    assert "SUMMARY:The council answers the money of March 2020" in feed
    assert "£" not in feed


def test_queries_are_few_whatever_there_is(
    lived, contract, other_contract, finance_lead, django_assert_num_queries
):
    with django_assert_num_queries(3):
        money_owed([contract, other_contract], TODAY)
    participant = participant_for(finance_lead, "sandwell")
    with django_assert_num_queries(3):
        money_items(participant, TODAY, date(2021, 4, 20))
