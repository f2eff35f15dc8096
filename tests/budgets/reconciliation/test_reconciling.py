"""Printed totals held against their lines: by the command, and on the page."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from budgets.models import Amount, Book, Version
from budgets.reconciliation.presenter import reconciliation_page
from tests.pages import words

pytestmark = pytest.mark.django_db
MONEY = "/contracts/sandwell/money/"
# Book, year, printed, from its lines, difference.
DIFFERS = [
    ("trust", "2018/19", "£2.312m", "£2.311m", "−£1,000"),
    ("trust", "2018/19", "£58.33m", "£58.23m", "−£100,000"),
    ("trust", "2018/19", "£48,779,000", "£58,330,000", "+£9,551,000"),
    ("trust", "2018/19", "£5.898m", "£5.14m", "−£758,000"),
    ("trust", "2018/19", "£1.579m", "£1.4m", "−£179,000"),
    ("directorate", "2019/20", "£1,114,000", "£1,113,000", "−£1,000"),
    ("directorate", "2019/20", "£2,936,000", "£2,935,000", "−£1,000"),
    ("directorate", "2019/20", "£98,996,000", "£98,994,000", "−£2,000"),
    ("directorate", "2019/20", "£71,678,000", "£71,676,000", "−£2,000"),
    ("directorate", "2019/20", "£6,292,000", "£6,291,000", "−£1,000"),
    ("directorate", "2019/20", "£2,641,000", "£2,640,000", "−£1,000"),
    ("directorate", "2019/20", "£3,571,000", "£3,570,000", "−£1,000"),
    ("directorate", "2019/20", "£3,095,000", "£3,094,000", "−£1,000"),
]


def rows(**options):
    out = StringIO()
    call_command("reconcile_budgets", form="json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_what_differs_is_listed_none_more_and_none_less(books):
    found = rows()

    told = [
        tuple(row[name] for name in ("book", "year", "printed", "computed", "difference")) for row in found
    ]
    assert sorted(told) == sorted(DIFFERS)
    assert all(row["explanation"] and row["place"] for row in found)


def test_every_printed_total_can_be_listed(books):
    assert len(rows(all=True)) == 148
    assert {row["book"] for row in rows(all=True, book="solihull")} == {"solihull"}


def test_the_table_says_how_many_differ(books):
    out = StringIO()
    call_command("reconcile_budgets", stdout=out)
    assert "148 printed totals, 13 differ" in out.getvalue()


def test_an_unknown_book_is_refused_with_those_there_are(books):
    with pytest.raises(CommandError, match="Known: trust, directorate, solihull"):
        rows(book="nothing")


def test_a_book_that_is_there_is_left_alone(books):
    out = StringIO()
    call_command("load_book", settings.BASE_DIR / "fixtures" / "budgets" / "trust", stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert Book.objects.count() == 3


def test_a_later_version_of_the_budget_holds(books):
    line = Book.objects.get(code="directorate").lines.get(code="ESS.employees")
    virement = Version.objects.create(
        book=line.book, number=2, kind="virement", words="From premises", document="Cabinet report"
    )
    was = line.amounts.get(figure="budget", year=2019)
    Amount.objects.create(
        line=line,
        figure="budget",
        version=virement,
        year=2019,
        unit=was.unit,
        hundredths=was.hundredths + 100_000,
    )

    found = {(row["total"], row["year"]) for row in rows(book="directorate")}

    assert not any("Education Support Services" in total for total, _ in found)


def test_all_books_are_held_against_their_lines_in_three_queries(books, django_assert_num_queries):
    every = list(Book.objects.all())
    for some in (every[:1], every):
        with django_assert_num_queries(3):
            page = reconciliation_page(some)
    assert page.summary.startswith("13 of 148 printed totals differ")


def test_the_page_shows_each_difference_with_its_reason(signed_in, client_officer, books):
    page = words(signed_in(client_officer).get(f"{MONEY}reconciliation/"))

    assert "13 of 148 printed totals differ from their lines." in page
    for _, _, printed, computed, difference in DIFFERS:
        assert printed in page and computed in page and difference in page
    assert "Neither document explains the £100,000 between them" in page
    assert "438.4" in page
    assert "+0" not in page
