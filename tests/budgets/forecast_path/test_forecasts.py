"""How forecasts moved and how wrong they were, in plain words; a year without an outturn says so."""

from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from budgets.books.naming import names_of
from budgets.forecast_path.accuracy import accuracy_rows, error_words, percent_words, together
from budgets.models import Book, ClosedPeriod, LineMonth
from budgets.rules.forecast import Forecast
from tests.pages import text, words

FORECASTS = "/contracts/sandwell/money/forecasts/"


def cells(soup, caption):
    (table,) = [table for table in soup.find_all("table") if table.caption and table.caption.text == caption]
    return {text(row.th): [text(cell) for cell in row.find_all("td")] for row in table.select("tbody tr")}


@pytest.mark.django_db
def test_a_printed_year_says_how_wrong_its_forecasts_were(signed_in, board_reader, lived):
    answer = signed_in(board_reader).get(FORECASTS, {"year": "2018"})
    page, soup = words(answer), BeautifulSoup(answer.content, "lxml")

    assert "At month 3 the forecasts together were £6.95 million too low, 21.9% of the outturn" in page
    assert "At month 9 the forecasts together were £1.55 million too low, 4.9% of the outturn" in page
    # £8,515,000 in June against £11,085,089 in the end: £2,570,089, 23.2% of it.
    foster = cells(soup, "By line")["External Foster Care 1 forecast at each month"]
    assert foster[0] == "£2.57 million too low 23.2% of the outturn"
    assert "By who answers for the line" not in page
    assert "The months are made up" in page


@pytest.mark.django_db
def test_where_somebody_answers_for_a_line_it_is_judged_by_them_too(signed_in, board_reader, lived):
    lived.lines.filter(code__in=["external_foster_care", "secure_units"]).update(owner="Head of placements")
    soup = BeautifulSoup(signed_in(board_reader).get(FORECASTS, {"year": "2018"}).content, "lxml")

    found = cells(soup, "By who answers for the line")
    assert sorted(found) == [
        "Head of placements 2 forecasts at each month",
        "No owner is named 4 forecasts at each month",
    ]


@pytest.mark.django_db
def test_what_moved_furthest_comes_first_with_its_picture(signed_in, board_reader, lived):
    soup = BeautifulSoup(signed_in(board_reader).get(FORECASTS, {"year": "2018"}).content, "lxml")

    rows = soup.select("table[aria-labelledby=paths] tbody tr")
    assert [text(row.a) for row in rows][:3] == [
        "External Foster Care", "External Residential", "Leaving Care Rents",
    ]  # fmt: skip
    assert len(soup.select("svg.tiny")) == 6
    assert "+£2,855,089" in text(rows[0])


@pytest.mark.django_db
def test_a_year_without_an_outturn_says_so_until_march_is_closed(signed_in, board_reader, lived):
    client = signed_in(board_reader)
    first = words(client.get(FORECASTS))
    assert "2019/20 has no outturn yet: none is printed, and March 2020 isn’t closed." in first
    assert "Forecasts of 2018/19 against what the year came to" in first
    assert "At month 3" not in first

    accepted = LineMonth.objects.filter(line__book=lived, year=2019, period=12)
    for month in accepted:
        LineMonth.objects.filter(pk=month.pk).update(accepted=month.latest, state="accepted")
    ClosedPeriod.objects.create(book=lived, year=2019, period=12, day="2020-04-20", closed_as="Somebody")

    second = words(client.get(FORECASTS))
    assert "has no outturn yet" not in second
    assert "Forecasts of 2018/19, 2019/20 against what the year came to" in second
    assert "2 forecasts at each month" in second


@pytest.mark.django_db
def test_a_book_without_months_or_no_book_says_so(signed_in, client_officer, books):
    client = signed_in(client_officer)

    assert "Nothing is forecast of 2019/20." in words(client.get(FORECASTS))
    assert "Nothing is forecast of" in words(client.get(FORECASTS, {"book": "directorate"}))
    assert client.get(FORECASTS, {"book": "solihull"}).status_code == 404
    assert client.get(FORECASTS, {"year": "1999"}).status_code == 404


@pytest.mark.django_db
def test_without_any_book_the_page_says_so(signed_in, client_officer, contract):
    assert "No book is kept here yet" in words(signed_in(client_officer).get(FORECASTS))


@pytest.mark.django_db
def test_forecasts_cost_as_many_queries_whatever_the_months(
    signed_in, board_reader, lived, django_assert_max_num_queries
):
    client = signed_in(board_reader)
    client.get(FORECASTS)
    with django_assert_max_num_queries(14):
        client.get(FORECASTS)


@pytest.mark.django_db
def test_lines_of_one_name_are_told_apart_by_their_division(books):
    lines = list(Book.objects.get(code="directorate").lines.all())
    names = list(names_of(lines).values())
    assert len(names) == len(set(names))
    assert "Director of Education and Employment: Employees" in names


def forecast(line, owner, period, said, outturn):
    return Forecast(line, owner, "2018/19", period, said, outturn)


def test_a_mean_error_is_told_beside_the_mean_of_its_sizes():
    rows = accuracy_rows(
        [
            forecast("a", "X", 3, 120_000, 100_000),
            forecast("b", "X", 3, 70_000, 100_000),
            forecast("c", "Y", 3, None, 9),
        ],
        lambda one: one.owner,
        {},
        10,
    )

    # 200 pounds too high and 300 too low: £50 too low as a mean, £250 off; of outturns of £1,000 each.
    assert [row.name for row in rows] == ["X", "Y"]
    assert rows[0].cells[0].bias == "£50 too low"
    assert rows[0].cells[0].percent == "5.0% of the outturn"
    assert rows[0].cells[0].size == "£250 off on average"
    assert rows[0].cells[1].bias == ""
    assert rows[1].cells[0].bias == ""


def test_income_takes_from_what_all_come_to():
    said = [forecast("spend", "", 3, 90_000, 100_000), forecast("income", "", 3, 15_000, 20_000)]

    found = together(said, {"spend": 1, "income": -1})

    assert found == [("month 3", "£50 too low, 6.3% of the outturn")]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (0, "right to the penny"),
        (100, "£1 too high"),
        (-100, "£1 too low"),
        (Fraction(1, 3), "less than a penny too high"),
    ],
)
def test_an_error_in_words(error, said):
    assert error_words(Fraction(error)) == said


def test_a_nil_outturn_has_no_per_cent():
    assert percent_words(Fraction(5), Fraction(0)) == ""
    assert percent_words(Fraction(1), Fraction(10**9)) == "0.0000001% of the outturn"
