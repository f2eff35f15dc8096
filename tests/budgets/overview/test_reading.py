"""What the pages of the money say, and to whom."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.demonstration.months import live_on
from budgets.models import Book, Entry, LineMonth
from tests.pages import words

pytestmark = pytest.mark.django_db
MONEY = "/contracts/sandwell/money/"


def soup_of(answer):
    return BeautifulSoup(answer.content, "lxml")


def test_the_overspend_is_read_without_a_calculator(signed_in, board_reader, books):
    page = words(signed_in(board_reader).get(MONEY))

    assert "£7.72 million over in 2018/19" in page
    assert "£1.34 million went where no budget is printed: Leaving Care Rents." in page
    assert "£2.85 million over" in page
    assert "227 children at the start of the year, 293 at its end, 317 at the most" in page


def test_what_is_off_track_comes_first(signed_in, client_officer, books):
    rows = soup_of(signed_in(client_officer).get(MONEY)).select(".money-table tbody tr")

    looks = [row.select_one(".status b").text for row in rows]
    assert looks == ["R", "R", "R", "R", "A", "N"]
    assert "External Foster Care" in rows[0].text


def test_lines_over_and_under_are_drawn_before_they_are_told(signed_in, client_officer, lived):
    section = soup_of(signed_in(client_officer).get(MONEY)).select_one(
        "section[aria-labelledby=outlook-trust]"
    )

    caption = " ".join(section.figcaption.text.split())
    assert caption.startswith("4 lines over by £1.63 million, 2 under by £160,100: forecast for 2019/20.")
    drawn = section.select_one("figure svg").select("rect.money-bars__bar")
    assert len(drawn) == len(section.select("tbody tr")) == 6


def test_without_a_book_the_page_says_what_to_do(signed_in, client_officer, contract):
    assert "load_book" in words(signed_in(client_officer).get(MONEY))


def test_a_book_adds_up_its_lines(signed_in, trust_manager, books):
    page = soup_of(signed_in(trust_manager).get(f"{MONEY}books/directorate/"))

    sums = {
        row.th.text.strip(): [cell.text.strip() for cell in row.find_all("td")]
        for row in page.select(".book-table tfoot tr")
    }
    assert sums["Gross expenditure"] == ["£85,906,000", "£97,635,000", "£98,994,000", "£99,249,000"]
    assert sums["Net budget"] == ["£63,686,000", "£70,317,000", "£71,676,000", "£71,931,000"]


def test_an_empty_cell_is_no_nil(signed_in, trust_manager, books):
    page = soup_of(signed_in(trust_manager).get(f"{MONEY}books/trust/"))

    (row,) = [row for row in page.select(".book-table tbody tr") if "Leaving Care Rents" in row.text]
    assert [cell.text.strip() for cell in row.find_all("td")] == ["–", "£1,339,966"]


def test_the_bridge_says_what_is_not_printed(signed_in, client_officer, books):
    answer = signed_in(client_officer).get(f"{MONEY}bridge/")
    page = words(answer)

    for printed in ("£6.9m", "£5 million", "£1.579m", "Also printed: £1.4m"):
        assert printed in page
    assert soup_of(answer).main.table.text.count("Not printed") == 2


def test_savings_stand_in_both_readings(signed_in, client_officer, books):
    page = words(signed_in(client_officer).get(f"{MONEY}savings/"))

    assert "both readings" in page
    assert "£16,412,499" in page
    assert "£1,515,871" in page


@pytest.mark.parametrize("part", ["", "books/directorate/", "reconciliation/", "bridge/", "savings/"])
def test_the_books_of_another_contract_are_not_shown(signed_in, client_officer, books, other_contract, part):
    Book.objects.update(contract=other_contract)
    answer = signed_in(client_officer).get(f"{MONEY}{part}")

    assert answer.status_code == (404 if part.startswith("books") else 200)
    assert "Children's placements" not in words(answer) and "directorate" not in words(answer)


@pytest.mark.parametrize(
    ("part", "most"),
    [("", 4), ("books/directorate/", 10), ("reconciliation/", 15), ("bridge/", 9), ("savings/", 11)],
)
def test_pages_ask_the_database_little(signed_in, client_officer, books, part, most):
    client = signed_in(client_officer)
    client.get(f"{MONEY}{part}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"{MONEY}{part}")
    assert len(asked) <= most


def test_a_line_entered_ahead_of_the_others_sets_the_month(signed_in, client_officer, books):
    book = Book.objects.get(code="trust")
    live_on(book, date(2020, 4, 20))
    book.lines.create(code="new", name="New", position=99, kind="line", side="expenditure")
    ahead = LineMonth.objects.get(line__code="secure_units", year=2019, period=12)
    month = LineMonth.objects.create(line=ahead.line, year=2019, period=13, state="submitted")
    month.latest = Entry.objects.create(
        month=month, number=1, actual=1, forecast=2, provenance="illustrative", entered_as="Example"
    )
    month.save()

    page = words(signed_in(client_officer).get(MONEY))
    assert "period 13 of 2019/20" in page
    assert "£1.47 million over forecast for 2019/20 on 6 lines" not in page
    assert "5 lines as of an earlier month. 1 line not entered yet." in page
    assert "as of March 2020" in page
    assert "£7.72 million over in 2018/19" in page
