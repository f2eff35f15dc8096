"""The first page of the money is kept, and by no write outlived."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.demonstration.months import live_on
from budgets.limits.setting import set_limits
from budgets.models import Book, Line, LineMonth
from budgets.months.answering import act_on, close_period
from budgets.months.entering import LineSaid, submit_period
from budgets.rules.budget_change import Kind
from budgets.rules.month_entry import Said
from budgets.rules.periods import Period
from budgets.rules.variance import LIMITS
from budgets.versions.answering import answer_proposal
from budgets.versions.proposing import Wanted, propose
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import words

pytestmark = pytest.mark.django_db
MONEY = "/contracts/sandwell/money/"
TODAY = date(2020, 4, 20)
MARCH = Period(ContractYear(2018), 12)
FOSTER = "external_foster_care"


@pytest.fixture
def writes(books, contract, trust_manager, client_officer):
    """Each door by which a contract's money is written."""
    book = Book.objects.get(code="trust")
    trust, council = (participant_for(one, contract.code) for one in (trust_manager, client_officer))
    line = book.lines.get(code=FOSTER)

    def submitted():
        submit_period(by=trust, book=book, period=MARCH, lines=[LineSaid(line, Said(100, 200), None)])

    def answered():
        seen = [LineMonth.objects.get(line=line).latest]
        act_on(by=council, book=book, act="accept", seen=seen, today=TODAY)

    def closed():
        close_period(by=council, book=book, period=MARCH, today=TODAY, incomplete=True)

    def agreed():
        wanted = Wanted(ContractYear(2018), Kind.GROWTH, "More children", {line.pk: 900_000_000}, seen=1)
        proposal = propose(by=trust, book=book, wanted=wanted, today=TODAY)
        answer_proposal(by=council, book=book, proposal=proposal, kind="agreed", today=TODAY)

    return agreed, submitted, answered, closed


def test_every_write_ends_what_is_kept(writes, signed_in, board_reader):
    client, kept = signed_in(board_reader), set()
    for write in writes:
        kept.add(client.get(MONEY)["ETag"])
        write()
    kept.add(client.get(MONEY)["ETag"])

    assert len(kept) == len(writes) + 1


def test_a_kept_page_reads_no_book(books, signed_in, board_reader):
    live_on(Book.objects.get(code="trust"), TODAY)
    client = signed_in(board_reader)
    with CaptureQueriesContext(connection) as first:
        shown = client.get(MONEY)
    with CaptureQueriesContext(connection) as second:
        again = client.get(MONEY)

    assert len(first) <= 10
    assert again.content == shown.content
    assert not [asked for asked in second if Line._meta.db_table in asked["sql"]]
    assert client.get(MONEY, headers={"If-None-Match": shown["ETag"]}).status_code == 304


def test_new_limits_are_seen_at_once(books, signed_in, board_reader, contract):
    client = signed_in(board_reader)
    before = words(client.get(MONEY))
    limits = replace(LIMITS, red=5_000_000_00)
    set_limits(by="The tests", contract=contract, limits=limits, reason="Large sums only")

    assert words(client.get(MONEY)) != before
