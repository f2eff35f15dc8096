"""The page of a recommendation: what its lists say of its actions."""

import pytest
from bs4 import BeautifulSoup

from improvement.actions.settling import agree_end, propose_end
from improvement.plans.stating import Said, state
from improvement.rules.status import Status
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.pages import text, words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/plans/small/recommendations/OR1/"


def row_of(client, title):
    rows = BeautifulSoup(client.get(PAGE).content, "lxml").select("tbody tr")
    return next(text(row) for row in rows if title in text(row))


def test_what_ended_undone_shows_its_outcome_in_place_of_its_statuses(
    signed_in, turn, action, trust_manager, client_officer, plan
):
    client = signed_in(trust_manager)
    assert "T On track" in row_of(client, "Train the leaders")

    propose_end(turn(trust_manager, action("OR1", 1)), words="No longer needed")
    agree_end(turn(client_officer, action("OR1", 1)), words="Agreed")

    ended = row_of(client, "Train the leaders")
    assert ended.endswith("E Closed without being done")
    assert "On track" not in ended


def test_what_was_stated_here_says_who_stated_it(signed_in, board_reader, trust_manager, plan, contract):
    assert "On track Stated on 23 September 2019." in words(signed_in(board_reader).get(PAGE))
    reference = plan.references.get(code="OR1")
    said = {1: Said(Status.COMPLETED, "All are trained")}
    state(by=participant_for(trust_manager, contract.code), references=[reference], said=said, day=TODAY)

    page = words(signed_in(board_reader).get(PAGE))

    assert f"Completed Stated by {trust_manager.display_name} on 20 April 2020." in page


def test_a_title_of_its_own_in_the_overview_is_told(signed_in, board_reader, plan):
    assert "Called in the overview: OR1 “Oversight”." in words(signed_in(board_reader).get(PAGE))
