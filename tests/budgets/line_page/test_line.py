"""One line's year: how its forecast moved, what stood before, and what was asked."""

import pytest
from bs4 import BeautifulSoup

from budgets.models import Book
from tests.pages import text, words

pytestmark = pytest.mark.django_db
BOOK = "/contracts/sandwell/money/books/trust/"
LINE = f"{BOOK}lines/external_foster_care/"


def test_a_year_is_told_month_by_month(signed_in, board_reader, lived):
    answer = signed_in(board_reader).get(LINE, {"year": "2018"})
    page = words(answer)

    assert "£11,085,089 spent in 2018/19: £2.85 million over." in page
    assert "The forecast went from £8.23 million to £11.09 million" in page
    assert "227 children at the start of the year, 293 at its end" in page
    months = [row.th.a.text for row in BeautifulSoup(answer.content, "lxml").select(".money-table tbody tr")]
    assert months[0] == "March 2019" and months[-1] == "April 2018" and len(months) == 12


def test_the_budget_to_date_ends_at_the_whole_of_it(signed_in, board_reader, lived):
    page = BeautifulSoup(signed_in(board_reader).get(LINE, {"year": "2018"}).content, "lxml")

    last = page.select_one(".money-table tbody tr")
    planned = last.find("td", attrs={"data-label": "Planned to date"})
    assert text(planned) == "£8,230,100 £2.85 million more than planned by then"


def test_what_a_line_takes_in_is_received_and_not_spent(signed_in, board_reader, lived):
    lived.lines.filter(code="external_foster_care").update(side="income")

    page = words(signed_in(board_reader).get(LINE, {"year": "2018"}))

    assert "£2.85 million above its budget" in page and "Received to date" in page
    assert "£11.09 million received by the end of March 2019, £2.85 million more than planned by then" in page
    assert "£11,085,089 forecast, £11,085,089 received" in page
    assert "spent" not in page.lower()


def test_the_last_year_of_which_something_is_entered_comes_first(signed_in, board_reader, lived):
    assert "£11,758,240 spent in 2019/20" in words(signed_in(board_reader).get(LINE))


def test_a_line_without_months_says_so(signed_in, client_officer, books):
    assert "Nothing is entered of 2019/20." in words(signed_in(client_officer).get(LINE))


@pytest.mark.parametrize(
    "address", [f"{BOOK}lines/nothing/", f"{BOOK}lines/placements/", f"{LINE}?year=2040", f"{LINE}?year=x"]
)
def test_what_is_no_line_or_year_of_the_book_is_not_found(signed_in, client_officer, books, address):
    assert signed_in(client_officer).get(address).status_code == 404


def test_what_stood_before_a_revision_is_still_told(signed_in, trust_manager, lived):
    client = signed_in(trust_manager)
    march = f"{BOOK}2019/12/"
    line = Book.objects.get(code="trust").lines.get(code="secure_units")
    month = line.months.get(year=2019, period=12)
    fields = {
        "version": "0", "begun_from": str(month.latest_id), "actual": "700,000", "forecast": "700,000",
        "moved": "A placement ended early", "words": "A bill was taken back",
    }  # fmt: skip
    client.post(
        f"{march}enter/",
        {f"line{line.pk}-{name}": value for name, value in fields.items()} | {"act": "submit"},
    )

    page = words(client.get(f"{BOOK}lines/secure_units/"))

    assert "A placement ended early" in page
    story = page[page.index("What happened") :]
    anew = "Entered anew: £700,000 forecast, £700,000 spent Why the forecast moved: A placement"
    assert story.index(anew) < story.index("Entered: £799,920 forecast, £799,920 spent")


def test_a_line_costs_as_many_queries_whatever_its_months(
    signed_in, board_reader, lived, django_assert_max_num_queries
):
    client = signed_in(board_reader)
    client.get(LINE)
    with django_assert_max_num_queries(15):
        client.get(LINE)
