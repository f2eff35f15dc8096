"""The contract's first page has one line on money: where the year is going, and what waits for the reader."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from budgets.books.moving import money_moves
from budgets.demonstration.months import live_on
from budgets.models import Book, Entry, Line, LineMonth
from budgets.months.answering import act_on
from budgets.months.entering import LineSaid, submit_period
from budgets.rules.month_entry import Said
from budgets.rules.periods import Period
from core.values.months import ContractYear
from kpis.dashboard.parts import home_lines
from parties.participants import participant_for
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 20)
MARCH = "/contracts/sandwell/money/books/trust/2019/12/"


@pytest.fixture
def lived(books):
    book = Book.objects.get(code="trust")
    live_on(book, TODAY)
    return book


def line(user, today=TODAY):
    (found,) = home_lines(participant_for(user, "sandwell"), today)
    return found


def test_it_says_what_the_year_is_to_come_to_and_where_most_of_it_is(lived, board_reader):
    said = line(board_reader)

    assert said.subject == "Children's placements, March 2020"
    assert said.sentence == (
        "£1.47 million over forecast for 2019/20, 4.5% of the gross budget; up £60,330 since the month before."
        " Furthest off: External Residential, £990,270 over."
    )
    assert (said.illustrative, said.waits) == (True, "")


def test_it_reads_as_the_overview_does(lived, board_reader, signed_in):
    page = signed_in(board_reader).get(reverse("budgets:money", args=["sandwell"])).content.decode()

    first = line(board_reader).sentence.partition(". ")[0]
    assert f"{first}." in page


@pytest.mark.parametrize(
    ("state", "person", "waits"),
    [
        ("submitted", "client_officer", "6 lines of March 2020 wait for your answer"),
        ("submitted", "council_finance", "6 lines of March 2020 wait for your answer"),
        ("queried", "council_finance", "5 lines of March 2020 wait for your answer"),
        ("queried", "finance_lead", "1 line of March 2020 is asked about"),
        ("queried", "trust_manager", "1 line of March 2020 is asked about"),
        ("submitted", "finance_lead", ""),
        ("queried", "board_reader", ""),
    ],
)
def test_what_waits_is_said_to_whom_it_waits_for(lived, request, state, person, waits):
    LineMonth.objects.filter(year=2019, period=12, line__code="secure_units").update(state=state)

    said = line(request.getfixturevalue(person))

    assert (said.waits, said.waits_url) == (waits, MARCH if waits else "")


def test_what_waits_in_several_months_leads_to_the_oldest(lived, council_finance):
    LineMonth.objects.filter(year=2019, period=10, line__code="secure_units").update(state="disputed")

    said = line(council_finance)

    assert said.waits == "7 lines of 2 months wait for your answer"
    assert said.waits_url == MARCH.replace("12", "10")


def test_a_month_that_is_over_is_to_be_entered_until_it_is_closed(lived, finance_lead):
    Line.objects.create(book=lived, code="new", name="New", position=99, kind="line", side="expenditure")
    said = line(finance_lead)
    assert said.sentence.endswith(" 1 line not entered yet.")
    assert said.waits == "1 line is to be entered for March 2020"

    lived.closed.create(year=2019, period=12, day=TODAY, closed_as="The tests")
    money_moves(lived.contract_id)
    assert line(finance_lead).waits == ""


def test_real_words_on_a_budget_that_is_made_up_stay_marked(lived, finance_lead, board_reader, signed_in):
    period, by = Period(ContractYear(2019), 13), participant_for(finance_lead, "sandwell")
    lines = [
        LineSaid(one, Said(100, 100, words="Fewer", moved="Fewer"), None)
        for one in lived.lines.filter(kind="line")
    ]
    submit_period(by=by, book=lived, period=period, lines=lines)

    assert line(board_reader).illustrative
    page = words(signed_in(board_reader).get(reverse("budgets:money", args=["sandwell"])))
    assert "illustrative The budget of 2019/20 is made up; no document prints it." in page


def test_where_no_budget_is_known_it_gives_no_per_cent(books, contract, finance_lead, board_reader):
    book, march = Book.objects.get(code="trust"), Period(ContractYear(2018), 12)
    rents = LineSaid(book.lines.get(code="leaving_care_rents"), Said(30_000_000, 31_234_500), None)
    submit_period(by=participant_for(finance_lead, contract.code), book=book, period=march, lines=[rents])

    assert line(board_reader).sentence == (
        "£312,345 forecast for 2018/19; no budget of it is known. 5 lines not entered yet."
    )


def test_nothing_is_said_of_books_without_months_and_to_nobody_who_may_not_read_them(
    books, board_reader, scrutiny_member, administrator
):
    assert home_lines(participant_for(board_reader, "sandwell"), TODAY) == ()
    live_on(Book.objects.get(code="trust"), TODAY)
    for person in (scrutiny_member, administrator):
        assert home_lines(participant_for(person, "sandwell"), TODAY) == ()


def test_three_queries_where_the_money_moved_and_none_where_it_did_not(
    lived, council_finance, board_reader, django_assert_num_queries
):
    for person, queries in ((council_finance, 3), (board_reader, 2)):
        participant = participant_for(person, "sandwell")
        with django_assert_num_queries(queries):
            first = home_lines(participant, TODAY)
        with django_assert_num_queries(0):
            assert home_lines(participant, TODAY) == first


def test_the_page_turns_over_with_it_and_older_months_speak_of_figures_alone(
    demonstration, persona, signed_in, django_assert_num_queries
):
    from django.core.management import call_command

    call_command("load_book", "fixtures/budgets/trust", verbosity=0)
    live_on(Book.objects.get(code="trust"), TODAY)
    client = signed_in(persona("council-finance"))
    home = reverse("kpis:dashboard", args=["sandwell"])
    with django_assert_num_queries(9):
        shown = client.get(home)
    said = BeautifulSoup(shown.content, "lxml").select_one(".home-line")
    assert said.select_one("a")["href"] == reverse("budgets:money", args=["sandwell"])
    assert "wait for your answer" in said.text
    assert "illustrative" in said.text

    secure = Entry.objects.get(month__year=2019, month__period=12, month__line__code="secure_units")
    officer = participant_for(persona("council-finance"), "sandwell")
    act_on(by=officer, book=secure.month.line.book, seen=[secure], act="query", words="Why?", today=TODAY)
    again = client.get(home, headers={"If-None-Match": shown["ETag"]})
    assert "5 lines of March 2020 wait for your answer" in again.content.decode()
    for older in ("?month=2020-02", "?known=2020-04-02"):
        assert b"home-line" not in client.get(home + older).content
