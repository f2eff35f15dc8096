"""The months of the demonstration: they lead to what is printed, and say that they are made up."""

from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from budgets.demonstration.months import live_on
from budgets.models import Amount, Book, ClosedPeriod, Entry, LineMonth
from tests.pages import words

pytestmark = pytest.mark.django_db
MONEY = "/contracts/sandwell/money/"
TODAY = date(2020, 4, 20)


@pytest.fixture
def lived(books):
    book = Book.objects.get(code="trust")
    assert live_on(book, TODAY) == 24
    return book


def test_a_years_months_come_to_the_printed_actuals(lived):
    printed = dict(
        Amount.objects.filter(line__book=lived, figure="actual", year=2018).values_list(
            "line__code", "hundredths"
        )
    )
    march = Entry.objects.filter(month__line__book=lived, month__year=2018, month__period=12)

    assert {entry.month.line.code: entry.actual for entry in march} == printed
    assert {entry.month.line.code: entry.forecast for entry in march} == printed


def test_what_was_spent_never_falls_and_every_move_has_its_reason(lived):
    for line in lived.lines.filter(kind="line"):
        for year in (2018, 2019):
            entries = list(Entry.objects.filter(month__line=line, month__year=year).order_by("month__period"))
            assert [entry.actual for entry in entries] == sorted(entry.actual for entry in entries)
            for before, entry in pairwise(entries):
                assert bool(entry.moved) is (entry.forecast != before.forecast)
    assert set(Entry.objects.values_list("provenance", flat=True)) == {"illustrative"}


def test_the_last_month_waits_and_those_before_are_closed(lived):
    assert set(LineMonth.objects.filter(year=2019, period=12).values_list("state", flat=True)) == {
        "submitted"
    }
    assert ClosedPeriod.objects.count() == 23


def test_the_overview_tells_the_year_that_runs_and_that_it_is_made_up(signed_in, board_reader, lived):
    page = words(signed_in(board_reader).get(MONEY))

    assert "over forecast for 2019/20" in page
    assert "illustrative These months are made up" in page
    assert "£32.35 million in 2019/20 (illustrative)" in page
    assert "2019/20 budget (illustrative)" in words(signed_in(board_reader).get(f"{MONEY}books/trust/"))


def test_what_waits_is_accepted_by_the_council_alone(signed_in, client_officer, trust_manager, lived):
    march = f"{MONEY}books/trust/2019/12/"
    seen = list(LineMonth.objects.filter(year=2019, period=12).values_list("latest_id", flat=True))
    assert "Accept the lines" not in words(signed_in(trust_manager).get(march))

    answer = signed_in(client_officer).post(f"{march}answer/", {"act": "accept", "entry": seen}, follow=True)

    assert "6 lines accepted." in words(answer)
    assert "Reopen accepted lines" in words(answer)


def test_what_is_illustrative_is_nobodys_own_word(signed_in, trust_manager, lived):
    page = BeautifulSoup(signed_in(trust_manager).get(f"{MONEY}books/trust/2019/12/").content, "lxml")

    fields = page.select(".entry input:not([type=hidden]), .entry textarea")
    assert len(fields) == 36
    assert not any(field.get("value") or field.text.strip() for field in fields)
