"""Who is told of a book's month: once for what waits, however many lines and acts it is, and never an amount."""

import pytest

from budgets.months.notices import settled_waiting
from core import clock
from notices.models import Notice
from tests.budgets.months.conftest import FOSTER, SECURE

pytestmark = pytest.mark.django_db
ABOUT = "the money of March 2019: Children's placements."
SUBMITTED = f"Finance lead of Sandwell Children's Trust submitted {ABOUT}"
ASKED = f"Council finance of Sandwell Council asks about {ABOUT}"
ANSWERED = f"Finance lead of Sandwell Children's Trust answered what was asked about {ABOUT}"
ACCEPTED = f"Council finance of Sandwell Council accepted all that was submitted of {ABOUT}"


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("words", flat=True))


def unsettled(user):
    """The kinds of which an e-mail would still tell."""
    notices = list(Notice.objects.filter(user=user).exclude(kind="money_accepted").order_by("pk"))
    settled = settled_waiting(notices, clock.today())
    return [notice.kind for notice in notices if notice.pk not in settled]


def test_what_waits_is_told_once_to_the_party_for_which_it_waits(
    submits, acts, finance_lead, trust_manager, council_finance, client_officer, board_reader, scrutiny_member
):
    submits(FOSTER)
    submits(SECURE)
    assert told(client_officer) == told(council_finance) == [SUBMITTED]
    assert unsettled(council_finance) == ["money_submitted"]

    acts(council_finance, "query", FOSTER)
    acts(council_finance, "query", SECURE)
    assert told(trust_manager) == told(finance_lead) == [ASKED]
    assert (unsettled(trust_manager), unsettled(council_finance)) == (["money_asked"], [])

    acts(finance_lead, "explain", FOSTER)
    acts(finance_lead, "explain", SECURE)
    assert told(client_officer) == [SUBMITTED, ANSWERED]
    assert unsettled(trust_manager) == []

    acts(council_finance, "accept", FOSTER)
    assert told(trust_manager) == [ASKED]
    acts(council_finance, "accept", SECURE)
    assert told(trust_manager) == told(finance_lead) == [ASKED, ACCEPTED]
    assert unsettled(council_finance) == []
    assert told(board_reader) == told(scrutiny_member) == []


def test_whoever_acted_is_told_anew(submits, acts, finance_lead, council_finance):
    submits(FOSTER)
    acts(council_finance, "query", FOSTER)
    submits(FOSTER, actual=200)
    assert told(council_finance) == [SUBMITTED] * 2
    acts(council_finance, "query", FOSTER)
    acts(finance_lead, "dispute", FOSTER)
    acts(council_finance, "accept", FOSTER)
    acts(council_finance, "reopen", FOSTER)

    disputed = f"Finance lead of Sandwell Children's Trust disputed the query about {ABOUT}"
    assert told(council_finance) == [SUBMITTED, SUBMITTED, disputed]
    reopened = f"Council finance of Sandwell Council reopened what was accepted, and asks about {ABOUT}"
    assert told(finance_lead) == [ASKED, ASKED, ACCEPTED, reopened]


def test_a_notice_leads_to_the_month_and_what_was_accepted_is_not_asked_for(
    submits, acts, council_finance, client_officer, signed_in
):
    submits(FOSTER)
    notice = Notice.objects.get(user=client_officer)
    assert signed_in(client_officer).get(notice.path).status_code == 200
    assert "Money submitted" in signed_in(client_officer).get("/contracts/sandwell/notices/").content.decode()

    acts(council_finance, "accept", FOSTER)

    assert settled_waiting([notice], clock.today()) == [notice.pk]
