"""Who is told of a change of a budget: the party for which it waits, then the one that proposed it."""

from datetime import date

import pytest

from budgets.models import Book
from budgets.rules.budget_change import Kind
from budgets.versions.answering import answer_proposal
from budgets.versions.notices import settled_proposals
from budgets.versions.proposing import Wanted, propose
from core.values.months import ContractYear
from notices.models import Notice
from parties.participants import participant_for

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 20)
BUDGET = "the budget of 2018/19: Children's placements."


@pytest.fixture
def book(books):
    return Book.objects.get(code="trust")


@pytest.fixture
def proposes(book, contract):
    """proposes(person, pence): more money for foster care."""

    def proposes(person, pence):
        budgets = {book.lines.get(code="external_foster_care").pk: pence}
        wanted = Wanted(ContractYear(2018), Kind.GROWTH, "More children", budgets, seen=1)
        return propose(by=participant_for(person, contract.code), book=book, wanted=wanted, today=TODAY)

    return proposes


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("words", flat=True))


def settled(user):
    return settled_proposals(Notice.objects.filter(user=user, kind="change_proposed"), TODAY)


def test_each_party_is_told_what_the_other_did(
    proposes, book, finance_lead, trust_manager, council_finance, board_reader, signed_in
):
    proposal = proposes(finance_lead, 900_000_000)
    asked = f"Finance lead of Sandwell Children's Trust proposes to change {BUDGET}"
    assert (told(council_finance), told(trust_manager)) == ([asked], [])
    assert settled(council_finance) == []
    notice = Notice.objects.get(user=council_finance)
    assert signed_in(council_finance).get(notice.path).status_code == 200

    council = participant_for(council_finance, "sandwell")
    answer_proposal(by=council, book=book, proposal=proposal, kind="agreed", today=TODAY)
    agreed = f"Council finance of Sandwell Council agreed to change {BUDGET}"
    assert told(finance_lead) == told(trust_manager) == [agreed]
    assert settled(council_finance) == [notice.pk]
    assert told(board_reader) == []


def test_the_trust_is_asked_too_and_what_is_withdrawn_tells_nobody(
    proposes, book, finance_lead, council_finance
):
    proposal = proposes(council_finance, 910_000_000)
    assert told(finance_lead) == [f"Council finance of Sandwell Council proposes to change {BUDGET}"]

    by = participant_for(council_finance, "sandwell")
    answer_proposal(by=by, book=book, proposal=proposal, kind="withdrawn", today=TODAY)

    assert settled(finance_lead)
    assert len(told(finance_lead)) == 1
    assert told(council_finance) == []
